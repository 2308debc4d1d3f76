using Microsoft.EntityFrameworkCore;
using Npgsql;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Outreach.Campaigns;

/// <summary>Keeps the recipients beside the messages that were posted for them, and the counters of their campaigns.</summary>
internal sealed class RecipientMessages(OutreachDb db, ISuppressionList suppressions, ILeadWork leads, TagCache tags)
    : DeliveryOwner(db, suppressions, leads)
{
    private static readonly string[] Counted =
        ["delivered", "opened", "clicked", "machine_opened", "machine_clicked", "bounced", "unsubscribed"];

    private static readonly string CountSql =
        $"""
         update outreach.campaigns c set
             {Each(m => $"{m}_count = {m}_count + (after.{m}_at is not null)::int - (before.{m}_at is not null)::int")}
         from before, after where c.id = after.campaign_id
             and ({Each(m => $"after.{m}_at")}) is distinct from ({Each(m => $"before.{m}_at")}) returning c.id, c.xmin
         """;

    public override string Prefix => RecipientId.Prefix;

    protected override string Table => "outreach.campaign_recipients";

    protected override async Task NoteAsync(string sql, CancellationToken ct, params NpgsqlParameter[] values)
    {
        await using var command = new NpgsqlCommand(sql + CountSql, await Db.Work.OpenAsync(ct), Db.Work.Transaction);
        command.Parameters.AddRange(values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (await reader.ReadAsync(ct))
            tags.Track(Db.Work,
                [(new CountedCampaign(new CampaignId(reader.GetInt64(0)), await reader.GetFieldValueAsync<uint>(1, ct)), true)]);
    }

    // Only while it is still paused, seen under a lock: resuming looks for who is pending, and would miss one that comes back after that.
    protected override async Task<bool> PutBackAsync(LeavingMessage message, CancellationToken ct) => await Db.Database.ExecuteSqlAsync(
        $"""
         with held as (
             select c.id from outreach.campaigns c join outreach.campaign_recipients r on r.campaign_id = c.id where r.id = {message.Id}
                 and c.status = 'paused' for share of c)
         update outreach.campaign_recipients r set state = 'pending', message_id = null from held where r.campaign_id = held.id
             and r.id = {message.Id} and r.message_id = {message.MessageId}
         """, ct) > 0;

    private static string Each(Func<string, string> column) => string.Join(", ", Counted.Select(column));
}
