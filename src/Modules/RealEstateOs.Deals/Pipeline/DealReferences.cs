using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>Refuses what a deal names but the organization doesn't have: another tenant's property does not exist.</summary>
internal sealed class DealReferences(IPropertyDirectory properties, ILeadDirectory leads, IClientDirectory clients, IOrganizationDirectory organizations)
{
    public async Task RequireAsync(DealFields body, CancellationToken ct)
    {
        if (body.PropertyId is { } property) await properties.RequireAsync([property], ct);
        await leads.RequireAsync(body.LeadId, ct);
        await clients.RequireAsync(body.ClientId, ct);
        await organizations.RequireAsync(body.TeamId, body.AssignedTo, ct, userMember: "assigned_to");
    }
}
