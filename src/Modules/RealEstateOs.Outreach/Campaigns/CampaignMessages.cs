using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Campaigns;

/// <summary>Writes the messages of a batch of recipients and posts them in the transaction that marks the recipients queued.</summary>
internal sealed class CampaignMessages(OutreachDb db, Mailbox mailbox, IOrganizationDirectory organizations, Letters letters)
{
    /// <summary>The next recipients behind this one, so that no batch walks over those who are posted already.</summary>
    /// <returns>How many were posted, and the last of them.</returns>
    public Task<(int Count, RecipientId Last)> PostBatchAsync(Campaign campaign, RecipientId after, int size,
        CancellationToken ct) => db.Work.InTransactionAsync<(int Count, RecipientId Last)>(async () =>
        {
            // Who pauses or cancels waits for this batch, and the next one sees it.
            var status = await db.Database.SqlQuery<string>(
                $"select status as \"Value\" from outreach.campaigns where id = {campaign.Id.Value} for update").SingleAsync(ct);
            if (status != "in_progress") return default;
            var batch = await db.CampaignRecipients.FromSql($"select * from outreach.campaign_recipients where id > {after.Value}")
                .AsNoTracking().Where(r => r.CampaignId == campaign.Id && r.State == RecipientState.Pending)
                .OrderBy(r => r.Id).Take(size).ToListAsync(ct);
            if (batch.Count == 0) return default;
            var office = await organizations.DefaultsAsync(ct);
            var posted = campaign.CampaignType == CampaignType.Email
                ? await mailbox.PostManyAsync(batch.ConvertAll(
                    r => letters.Mail(To(r, office), campaign.Subject ?? campaign.Name, campaign.Content)), ct)
                : await mailbox.PostManyAsync(batch.ConvertAll(
                    r => letters.Text(To(r, office), campaign.Content, office.TimeZone)), ct);
            const string sql =
                """
                update outreach.campaign_recipients r set state = 'queued', message_id = t.message
                from unnest($1::bigint[], $2::bigint[]) as t(id, message) where r.id = t.id and r.state = 'pending'
                """;
            await db.Work.ExecuteAsync(sql, ct, new() { Value = batch.Select(r => r.Id.Value).ToArray() },
                new() { Value = posted.ToArray() });
            return (batch.Count, batch[^1].Id);
        }, ct);

    private static Addressee To(CampaignRecipient recipient, OrganizationDefaults office) => new(
        recipient.Address, recipient.Token!, recipient.Id.Reference(),
        recipient.Variables.Deserialize<Dictionary<string, string?>>(Json.Options)!, office.Name);
}
