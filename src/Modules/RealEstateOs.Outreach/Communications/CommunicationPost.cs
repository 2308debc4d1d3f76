using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Communications;

/// <summary>Posts communications, each within the transaction of its row.</summary>
internal sealed class CommunicationPost(OutreachDb db, Mailbox mailbox, Letters letters, ISuppressionList suppressions, CurrentUser user,
    TimeProvider clock)
{
    /// <summary>A sentence where the address is on the suppression list.</summary>
    /// <param name="who">Whose address it is: <c>owner</c>, <c>lead</c>.</param>
    public async Task<string?> WhyNotAsync(MessageChannel channel, string recipient, string who, CancellationToken ct) =>
        (await suppressions.FindAsync(channel, [recipient], ct)).TryGetValue(recipient, out var reason)
            ? $"The {who} may not be written to: the address is on the suppression list ({Vocabulary.Word(reason)})." : null;

    /// <summary>Writes down what the signed-in user writes to a person who may be written to, and posts it.</summary>
    public async Task<Communication> WriteAsync(Communication message, Correspondent to, OrganizationDefaults office, Person? author,
        CancellationToken ct)
    {
        (message.Channel, message.Address, message.State) = (to.Channel, to.Address, RecipientState.Queued);
        (message.CreatedBy, message.CreatedAt) = (user.Id, clock.Now());
        db.Add(message);
        await db.SaveChangesAsync(ct);
        await PostAsync(message, office, author, to.FullName, ct);
        return message;
    }

    /// <summary>The job that sends it, and when it leaves; null where that is at once.</summary>
    public async Task<(PostedMessage Posted, DateTimeOffset? Later)> PostAsync(Communication communication, OrganizationDefaults office,
        Person? author, string? toName, CancellationToken ct)
    {
        var (reference, token, now) = (communication.Id.Reference(), TrackedLinks.NewToken(), clock.Now());
        var later = communication.Channel == MessageChannel.Sms && QuietHours.Next(communication.Address, now, office.TimeZone) is var at
            && at > now ? at : (DateTimeOffset?)null;
        var posted = communication.Channel == MessageChannel.Sms
            ? await mailbox.PostAsync(new Sms(communication.Address, communication.Body) { Reference = reference }, ct, later)
            : await mailbox.PostAsync(
                letters.Memo(communication.Address, communication.Subject ?? "", communication.Body, communication.IsHtml, token,
                    reference, office, author) with { ToName = toName }, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
             update outreach.communications set state = 'queued', message_id = {posted.Id}, job_id = {posted.Job.Value}, token = {token}
             where id = {communication.Id.Value}
             """, ct);
        return (posted, later);
    }
}
