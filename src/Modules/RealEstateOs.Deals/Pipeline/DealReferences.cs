using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>
/// Refuses what a deal is to name but the user doesn't see; what it names already stays, also in a whole that is written back.
/// </summary>
internal sealed class DealReferences(IPropertyReader properties, ILeadReader leads, IClientReader clients,
    IOrganizationDirectory organizations)
{
    /// <summary>Answers the lead that the deal will name: the body's, or the one that it was merged into.</summary>
    public async Task<LeadId?> RequireAsync(DealFields body, Deal? before, CancellationToken ct)
    {
        if (body.PropertyId is { } property && property != before?.PropertyId) await properties.RequireAsync([property], ct);
        if (body.ClientId != before?.ClientId) await clients.RequireAsync(body.ClientId, ct);
        await organizations.RequireAsync(body.TeamId, body.AssignedTo, ct, userMember: "assigned_to");
        return body.LeadId == before?.LeadId ? body.LeadId : await leads.RequireAsync(body.LeadId, ct);
    }
}
