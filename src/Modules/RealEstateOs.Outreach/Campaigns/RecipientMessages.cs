using Microsoft.EntityFrameworkCore;
using Npgsql;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Outreach.Campaigns;

/// <summary>Keeps the recipients beside the messages that were posted for them, and stops at the last moment what may not leave any more.</summary>
internal sealed class RecipientMessages(OutreachDb db, LastCheck lastCheck, ILeadWork leads, TagCache tags) : IMessageOwner
{
    public string Prefix => RecipientId.Prefix;

    public async Task<string?> WithholdAsync(long id, long messageId, string recipient, CancellationToken ct)
    {
        var row = await db.Database.SqlQuery<Standing>(
            $"""
             select r.state as "State", r.message_id as "MessageId", c.status as "Status", c.campaign_type as "CampaignType" from outreach.campaign_recipients r join outreach.campaigns c on c.id = r.campaign_id where r.id = {id}
             """).FirstOrDefaultAsync(ct);
        if (row is null) return "deleted";
        if (row.MessageId != messageId || row.State is not ("queued" or "failed")) return row.State;
        if (row.Status == "cancelled") return await SettleAsync(id, messageId, "cancelled", null, ct);
        if (row.Status == "paused") return await PutBackAsync(id, messageId, ct) ? "paused" : await WithholdAsync(id, messageId, recipient, ct);
        var channel = row.CampaignType == "sms" ? MessageChannel.Sms : MessageChannel.Email;
        return await lastCheck.RefusalAsync(channel, recipient, ct) is { } reason ? await SettleAsync(id, messageId, "suppressed", reason, ct) : null;
    }

    public Task SentAsync(long id, MessageSent sent, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"update outreach.campaign_recipients set state = 'sent', sent_at = coalesce(sent_at, now()), reason = null where id = {id}", ct);

    public Task FailedAsync(long id, string reason, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"update outreach.campaign_recipients set state = 'failed', reason = {reason} where id = {id} and state = 'queued'", ct);

    public async Task HappenedAsync(long id, MessageEvent happened, CancellationToken ct)
    {
        string[] marks = happened.Kind switch
        {
            MessageEventKind.Delivered => ["delivered"],
            MessageEventKind.Opened => ["opened"],
            MessageEventKind.Clicked => ["clicked", "opened"],
            MessageEventKind.Bounced or MessageEventKind.Failed => ["bounced"],
            MessageEventKind.Unsubscribed or MessageEventKind.Complained => ["unsubscribed"],
            _ => [],
        };
        foreach (var mark in marks) await MarkAsync(id, mark, happened.At, ct);
        if (happened.Kind != MessageEventKind.Replied) return;
        var found = await db.Database.SqlQuery<Answerer>(
            $"""select r.lead_id as "LeadId", c.campaign_type as "CampaignType" from outreach.campaign_recipients r join outreach.campaigns c on c.id = r.campaign_id where r.id = {id}""").FirstOrDefaultAsync(ct);
        if (found is not null) await leads.RepliedAsync(new LeadId(found.LeadId), found.CampaignType == "sms" ? MessageChannel.Sms : MessageChannel.Email, happened.Text, ct);
    }

    // The first time only, and the counter with it.
    private async Task MarkAsync(long id, string mark, DateTimeOffset at, CancellationToken ct)
    {
        var sql =
            $"""
             with moved as (update outreach.campaign_recipients set {mark}_at = $2 where id = $1 and {mark}_at is null returning campaign_id)
             update outreach.campaigns c set {mark}_count = {mark}_count + 1 from moved where c.id = moved.campaign_id returning c.id, c.xmin
             """;
        await using var command = new NpgsqlCommand(sql, await db.Work.OpenAsync(ct), db.Work.Transaction) { Parameters = { new() { Value = id }, new() { Value = at } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (await reader.ReadAsync(ct)) tags.Track(db.Work, [(new CountedCampaign(new CampaignId(reader.GetInt64(0)), await reader.GetFieldValueAsync<uint>(1, ct)), true)]);
    }

    // Only while it is still paused, seen under a lock: resuming looks for who is pending, and would miss one that comes back after that.
    private async Task<bool> PutBackAsync(long id, long messageId, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
         with held as (
             select c.id from outreach.campaigns c join outreach.campaign_recipients r on r.campaign_id = c.id where r.id = {id} and c.status = 'paused' for share of c)
         update outreach.campaign_recipients r set state = 'pending', message_id = null from held where r.campaign_id = held.id and r.id = {id} and r.message_id = {messageId}
         """, ct) > 0;

    private async Task<string> SettleAsync(long id, long messageId, string state, string? reason, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"update outreach.campaign_recipients set state = {state}, reason = {reason} where id = {id} and message_id = {messageId}", ct);
        return reason ?? state;
    }

    private sealed record Answerer(long LeadId, string CampaignType);

    private sealed record Standing(string State, long? MessageId, string Status, string CampaignType);
}
