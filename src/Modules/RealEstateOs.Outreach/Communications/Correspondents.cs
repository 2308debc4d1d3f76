using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Outreach.Communications;

/// <summary>The people whom the signed-in user may write to: leads and clients that they see.</summary>
internal sealed class Correspondents(ILeadReader leads, ILeadAudience audience, IClientReader clients)
{
    public Task<LeadContact> LeadAsync(LeadId id, CancellationToken ct) => audience.RequireAsync(leads, id, ct);

    /// <summary>A client who came from a lead stays under the no that they gave as one.</summary>
    public async Task<LeadContact> ClientAsync(ClientId id, CancellationToken ct)
    {
        var client = await clients.ContactAsync(id, ct)
            ?? throw Problem.Invalid(FieldError.Format("client_id", "names no client of the organization"));
        var lead = client.LeadId is { } from && await audience.PageAsync(new LeadWish { LeadIds = [from] }, null, 1, ct) is [var found]
            ? found : null;
        return new LeadContact(default, client.FirstName, client.LastName, client.Email, client.Phone, null, null, null,
            client.AssignedAgentId, lead?.MailRefused == true, lead?.TextRefused == true);
    }
}
