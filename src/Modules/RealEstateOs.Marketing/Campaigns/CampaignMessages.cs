using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Marketing.Campaigns;

/// <summary>Writes the messages of a batch of recipients and posts them in the transaction that marks the recipients queued.</summary>
internal sealed class CampaignMessages(MarketingDb db, Mailbox mailbox, IOrganizationDirectory organizations, TrackedLinks links, TimeProvider clock)
{
    public async Task<int> PostBatchAsync(Campaign campaign, int size, CancellationToken ct)
    {
        var office = await organizations.DefaultsAsync(ct);
        await db.Work.BeginAsync(ct);
        try
        {
            // Who pauses or cancels waits for this batch, and the next one sees it.
            var status = await db.Database.SqlQuery<string>($"select status as \"Value\" from marketing.campaigns where id = {campaign.Id.Value} for update").SingleAsync(ct);
            if (status != "in_progress") return 0;
            var batch = await db.Recipients.AsNoTracking().Where(r => r.CampaignId == campaign.Id && r.State == RecipientState.Pending).OrderBy(r => r.Id).Take(size).ToListAsync(ct);
            if (batch.Count == 0) return 0;
            var posted = campaign.CampaignType == CampaignType.Email
                ? await mailbox.PostManyAsync(batch.ConvertAll(r => Mail(campaign, r, office.Name)), ct)
                : await mailbox.PostManyAsync(batch.ConvertAll(r => Text(campaign, r, office.TimeZone)), ct);
            const string sql =
                """
                update marketing.campaign_recipients r set state = 'queued', message_id = t.message
                from unnest($1::bigint[], $2::bigint[]) as t(id, message) where r.id = t.id and r.state = 'pending'
                """;
            await using var command = new NpgsqlCommand(sql, db.Work.Connection, db.Work.Transaction)
            {
                Parameters = { new() { Value = batch.Select(r => r.Id.Value).ToArray() }, new() { Value = posted.ToArray() } },
            };
            await command.ExecuteNonQueryAsync(ct);
            await db.Work.CommitAsync(ct);
            return batch.Count;
        }
        finally
        {
            await db.Work.RollbackAsync();
        }
    }

    private Mail Mail(Campaign campaign, CampaignRecipient recipient, string company)
    {
        var values = recipient.Variables.Deserialize<Dictionary<string, string?>>(Json.Options)!;
        var unsubscribe = links.Unsubscribe(recipient.Token);
        values["unsubscribe_url"] = unsubscribe;
        var footer = $"You receive this because you are in contact with {company}. Unsubscribe: {unsubscribe}";
        var html = MessageTemplate.Html(links.Track(campaign.Content, recipient.Token), values)
            + $"\n<p style=\"color:#777;font-size:12px\">You receive this because you are in contact with {WebUtility.HtmlEncode(company)}. <a href=\"{unsubscribe}\">Unsubscribe</a></p>"
            + $"<img src=\"{links.Pixel(recipient.Token)}\" width=\"1\" height=\"1\" alt=\"\">";
        var text = MessageTemplate.IsHtml(campaign.Content)
            ? MessageTemplate.WithoutTags(MessageTemplate.Html(campaign.Content, values)) : MessageTemplate.Text(campaign.Content, values);
        return new Mail(recipient.Address, MessageTemplate.Text(campaign.Subject ?? campaign.Name, values), $"{text}\n\n-- \n{footer}\n")
        {
            ToName = values["full_name"], Html = html, Reference = recipient.Id.Reference(),
            Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = $"<{unsubscribe}>", ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click" },
        };
    }

    private (Sms, DateTimeOffset) Text(Campaign campaign, CampaignRecipient recipient, string zone)
    {
        var values = recipient.Variables.Deserialize<Dictionary<string, string?>>(Json.Options)!;
        values["unsubscribe_url"] = links.Unsubscribe(recipient.Token);
        return (new Sms(recipient.Address, MessageTemplate.Text(campaign.Content, values)) { Reference = recipient.Id.Reference() }, QuietHours.Next(recipient.Address, clock.Now(), zone));
    }
}
