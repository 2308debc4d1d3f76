using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;

namespace RealEstateOs.Crm.Clients;

/// <summary>What a client's body refers to must be there for the user; the lead that it names already stays.</summary>
internal sealed class ClientReferences(IOrganizationDirectory organizations, ILeadReader leads)
{
    public async Task RequireAsync(ClientFields body, Client? before, CancellationToken ct)
    {
        await organizations.RequireAsync(null, body.AssignedAgentId, ct, userMember: "assigned_agent_id");
        if (body.LeadId != before?.LeadId) await leads.RequireAsync(body.LeadId, ct);
    }

    public async Task<string?> CountryAsync(CancellationToken ct) => (await organizations.DefaultsAsync(ct)).Country;
}
