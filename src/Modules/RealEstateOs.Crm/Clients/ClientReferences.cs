using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;

namespace RealEstateOs.Crm.Clients;

/// <summary>What a client's body refers to must exist in the organization.</summary>
internal sealed class ClientReferences(IOrganizationDirectory organizations, ILeadDirectory leads)
{
    public async Task RequireAsync(ClientFields body, CancellationToken ct)
    {
        await organizations.RequireAsync(null, body.AssignedAgentId, ct, userMember: "assigned_agent_id");
        await leads.RequireAsync(body.LeadId, ct);
    }

    public async Task<string?> CountryAsync(CancellationToken ct) => (await organizations.DefaultsAsync(ct)).Country;
}
