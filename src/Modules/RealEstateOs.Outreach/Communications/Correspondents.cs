using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Outreach.Communications;

/// <summary>Somebody who is to be written to, and by which way.</summary>
/// <param name="Who">lead or client.</param>
/// <param name="Address">Empty where there is none, which is a refusal, too.</param>
/// <param name="Refusal">Why nothing may leave, as a sentence; null where it may.</param>
internal sealed record Correspondent(string Who, LeadContact Person, MessageChannel Channel, string Address, string? Refusal)
{
    public static string NoAddress(MessageChannel channel) =>
        $"has no valid {(channel == MessageChannel.Email ? "e-mail address" : "phone number")}, so nothing can be sent";

    public string FullName => $"{Person.FirstName} {Person.LastName}".Trim();
}

/// <summary>The people whom the signed-in user may write to: leads and clients that they see.</summary>
internal sealed class Correspondents(ILeadReader leads, ILeadAudience audience, ILeadDirectory directory, IClientReader clients,
    CommunicationPost post)
{
    /// <summary>Either of a lead or of a client; a 422 where the user sees none.</summary>
    public async Task<Correspondent> FindAsync(LeadId? lead, ClientId? client, MessageChannel channel, CancellationToken ct)
    {
        var (who, person) = client is { } id ? ("client", await ClientAsync(id, ct))
            : ("lead", await audience.RequireAsync(leads, lead!.Value, ct));
        var address = (channel == MessageChannel.Email ? EmailAddress.Normalise(person.Email) : person.Phone) ?? "";
        var refusal = address.Length == 0 ? $"The {who} {Correspondent.NoAddress(channel)}."
            : (channel == MessageChannel.Email ? person.MailRefused : person.TextRefused) ? $"The {who} has said no to such messages."
            : await post.WhyNotAsync(channel, address, who, ct);
        return new Correspondent(who, person, channel, address, refusal);
    }

    /// <summary>A client who came from a lead stays under the no that they gave as one.</summary>
    private async Task<LeadContact> ClientAsync(ClientId id, CancellationToken ct)
    {
        var client = await clients.ContactAsync(id, ct)
            ?? throw Problem.Invalid(FieldError.Format("client_id", "names no client of the organization"));
        var refused = client.LeadId is { } lead ? await directory.RefusedByAsync(lead, ct) : [];
        return new LeadContact(default, client.FirstName, client.LastName, client.Email, client.Phone, null, null, null,
            client.AssignedAgentId, refused.Contains(MessageChannel.Email), refused.Contains(MessageChannel.Sms));
    }
}
