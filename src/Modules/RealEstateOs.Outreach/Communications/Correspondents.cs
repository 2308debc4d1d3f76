using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Outreach.Communications;

/// <summary>The people whom the signed-in user may write to: leads and clients that they see.</summary>
internal sealed class Correspondents(ILeadReader leads, ILeadAudience audience, ILeadDirectory directory, IClientReader clients)
{
    public Task<LeadContact> LeadAsync(LeadId id, CancellationToken ct) => audience.RequireAsync(leads, id, ct);

    /// <summary>A client who came from a lead stays under the no that they gave as one.</summary>
    public async Task<LeadContact> ClientAsync(ClientId id, CancellationToken ct)
    {
        var client = await clients.ContactAsync(id, ct)
            ?? throw Problem.Invalid(FieldError.Format("client_id", "names no client of the organization"));
        var refused = client.LeadId is { } lead ? await directory.RefusedByAsync(lead, ct) : [];
        return new LeadContact(default, client.FirstName, client.LastName, client.Email, client.Phone, null, null, null,
            client.AssignedAgentId, refused.Contains(MessageChannel.Email), refused.Contains(MessageChannel.Sms));
    }
}
