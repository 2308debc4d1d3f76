using Microsoft.EntityFrameworkCore;
using Npgsql;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Outreach.Campaigns;

/// <summary>
/// Keeps the recipients beside the messages that were posted for them, and stops at the last moment what may not leave any more.
/// </summary>
internal sealed class RecipientMessages(OutreachDb db, LastCheck lastCheck, ILeadWork leads, TagCache tags) : IMessageOwner
{
    public string Prefix => RecipientId.Prefix;

    public async Task<IReadOnlyDictionary<long, string>> WithholdAsync(IReadOnlyCollection<LeavingMessage> messages, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<Standing>(
            $"""
             select r.id as "Id", r.state as "State", r.message_id as "MessageId", c.status as "Status", c.campaign_type as "CampaignType"
             from outreach.campaign_recipients r join outreach.campaigns c on c.id = r.campaign_id
                 where r.id = any({messages.Select(m => m.Id).ToArray()})
             """).ToDictionaryAsync(r => r.Id, ct);
        var withheld = new Dictionary<long, string>();
        foreach (var message in messages)
            if (await WithholdAsync(message, rows.GetValueOrDefault(message.Id), ct) is { } reason) withheld[message.MessageId] = reason;
        foreach (var channel in messages.Where(m => !withheld.ContainsKey(m.MessageId))
            .GroupBy(m => rows[m.Id].CampaignType == "sms" ? MessageChannel.Sms : MessageChannel.Email))
        {
            var refusals = await lastCheck.RefusalsAsync(channel.Key, [.. channel.Select(m => m.Recipient)], ct);
            foreach (var message in channel)
                if (refusals.TryGetValue(message.Recipient, out var reason))
                    withheld[message.MessageId] = await SettleAsync(message.Id, message.MessageId, "suppressed", reason, ct);
        }
        return withheld;
    }

    private async Task<string?> WithholdAsync(LeavingMessage message, Standing? row, CancellationToken ct)
    {
        if (row is null) return "deleted";
        if (row.MessageId != message.MessageId || row.State is not ("queued" or "failed")) return row.State;
        if (row.Status == "cancelled") return await SettleAsync(message.Id, message.MessageId, "cancelled", null, ct);
        if (row.Status != "paused") return null;
        return await PutBackAsync(message.Id, message.MessageId, ct) ? "paused"
            : (await WithholdAsync([message], ct)).GetValueOrDefault(message.MessageId);
    }

    public NpgsqlBatchCommand Sent(long id, MessageSent sent) =>
        new("update outreach.campaign_recipients set state = 'sent', sent_at = coalesce(sent_at, now()), reason = null where id = $1")
        {
            Parameters = { new() { Value = id } },
        };

    public Task FailedAsync(long id, string reason, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"update outreach.campaign_recipients set state = 'failed', reason = {reason} where id = {id} and state = 'queued'", ct);

    public async Task HappenedAsync(long id, MessageEvent happened, CancellationToken ct)
    {
        if (happened.Kind == MessageEventKind.Clicked
            && await Machines.BurstAsync(db, "outreach.campaign_recipients", id, happened, ct) is { } since)
        {
            await TakeBackAsync(id, since, ct);
            happened = happened with { Kind = MessageEventKind.ClickedByMachine };
        }
        string[] marks = happened.Kind switch
        {
            MessageEventKind.OpenedByMachine => ["machine_opened"],
            MessageEventKind.ClickedByMachine => ["machine_clicked"],
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
        if (found is not null) await leads.RepliedAsync(new LeadId(found.LeadId),
            found.CampaignType == "sms" ? MessageChannel.Sms : MessageChannel.Email, happened.Text, ct);
    }

    // The first of several links that a program followed passed for a person's click.
    private Task TakeBackAsync(long id, DateTimeOffset since, CancellationToken ct) => CountAsync(
        """
        with was as (
            select id, campaign_id, coalesce(opened_at >= $2, false) as opened from outreach.campaign_recipients
            where id = $1 and clicked_at >= $2),
        undone as (
            update outreach.campaign_recipients r set clicked_at = null, opened_at = case when was.opened then null else r.opened_at end
            from was where r.id = was.id)
        update outreach.campaigns c set clicked_count = clicked_count - 1, opened_count = opened_count - was.opened::int
        from was where c.id = was.campaign_id returning c.id, c.xmin
        """, id, since, ct);

    // The first time only, and the counter with it.
    private Task MarkAsync(long id, string mark, DateTimeOffset at, CancellationToken ct) => CountAsync(
        $"""
         with moved as (update outreach.campaign_recipients set {mark}_at = $2 where id = $1 and {mark}_at is null returning campaign_id)
         update outreach.campaigns c set {mark}_count = {mark}_count + 1 from moved where c.id = moved.campaign_id returning c.id, c.xmin
         """, id, at, ct);

    private async Task CountAsync(string sql, long id, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, await db.Work.OpenAsync(ct),
            db.Work.Transaction) { Parameters = { new() { Value = id }, new() { Value = at } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (await reader.ReadAsync(ct))
            tags.Track(db.Work,
                [(new CountedCampaign(new CampaignId(reader.GetInt64(0)), await reader.GetFieldValueAsync<uint>(1, ct)), true)]);
    }

    // Only while it is still paused, seen under a lock: resuming looks for who is pending, and would miss one that comes back after that.
    private async Task<bool> PutBackAsync(long id, long messageId, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
         with held as (
             select c.id from outreach.campaigns c join outreach.campaign_recipients r on r.campaign_id = c.id where r.id = {id}
                 and c.status = 'paused' for share of c)
         update outreach.campaign_recipients r set state = 'pending', message_id = null from held where r.campaign_id = held.id
             and r.id = {id} and r.message_id = {messageId}
         """, ct) > 0;

    private async Task<string> SettleAsync(long id, long messageId, string state, string? reason, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"update outreach.campaign_recipients set state = {state}, reason = {reason} where id = {id} and message_id = {messageId}", ct);
        return reason ?? state;
    }

    private sealed record Answerer(long LeadId, string CampaignType);

    private sealed record Standing(long Id, string State, long? MessageId, string Status, string CampaignType);
}
