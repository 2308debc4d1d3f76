using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;

namespace RealEstateOs.Crm.Clients;

/// <summary>What a client's body refers to must be there for the user; the lead that it names already stays.</summary>
internal sealed class ClientReferences(IOrganizationDirectory organizations, ILeadReader leads)
{
    /// <summary>Answers the lead that the client will name: the body's, or the one that it was merged into.</summary>
    public async Task<LeadId?> RequireAsync(ClientFields body, Client? before, CancellationToken ct)
    {
        await organizations.RequireAsync(null, body.AssignedAgentId, ct, userMember: "assigned_agent_id");
        return body.LeadId == before?.LeadId ? body.LeadId : await leads.RequireAsync(body.LeadId, ct);
    }

    public async Task<string?> CountryAsync(CancellationToken ct) => (await organizations.DefaultsAsync(ct)).Country;
}
