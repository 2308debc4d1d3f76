using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Deliveries;

/// <summary>
/// Decides for the deliveries of a table whether one may still leave, and notes that it left, that it failed and what the provider reports.
/// </summary>
internal abstract class DeliveryOwner(OutreachDb db, ISuppressionList suppressions, ILeadWork leads) : IMessageOwner
{
    /// <summary>Nobody follows two links of a mail within.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(2);

    private const string StandingSql =
        """
        select id as "Id", state as "State", message_id as "MessageId", channel as "Channel", lead_id as "LeadId", hold as "Hold" from (
        """ + AllDeliveries.Sql + ") d where id = any({0}) and kind = ";

    // Two links within a moment are a program's, and the first of them had passed for a person's click.
    private const string Clicked =
        """
        last_link = coalesce($3, d.last_link), last_link_at = case when $3 is null then d.last_link_at else $2 end,
        machine_clicked_at = case when is_burst then coalesce(d.machine_clicked_at, $2) else d.machine_clicked_at end,
        clicked_at = case when not is_burst then coalesce(d.clicked_at, $2) when d.clicked_at < $4 then d.clicked_at end,
        opened_at = case when not is_burst then coalesce(d.opened_at, $2)
            when (d.clicked_at >= $4 and d.opened_at >= $4) is not true then d.opened_at end
        """;

    protected OutreachDb Db { get; } = db;

    protected ILeadWork Leads { get; } = leads;

    public abstract string Prefix { get; }

    protected abstract string Table { get; }

    public async Task<IReadOnlyDictionary<long, string>> WithholdAsync(IReadOnlyCollection<LeavingMessage> messages, CancellationToken ct)
    {
        var rows = (await StandingAsync([.. messages.Select(m => m.Id)], ct)).ToDictionary(r => r.Id);
        var withheld = new Dictionary<long, string>();
        foreach (var message in messages)
            if (await StopAsync(message, rows.GetValueOrDefault(message.Id), ct) is { } reason) withheld[message.MessageId] = reason;
        foreach (var channel in messages.Where(m => !withheld.ContainsKey(m.MessageId)).GroupBy(m => rows[m.Id].By))
        {
            var refusals = await suppressions.FindAsync(channel.Key, [.. channel.Select(m => m.Recipient)], ct);
            foreach (var message in channel)
                if (refusals.TryGetValue(message.Recipient, out var reason))
                    withheld[message.MessageId] = await SettleAsync(message, RecipientState.Suppressed, Vocabulary.Word(reason), ct);
        }
        return withheld;
    }

    private async Task<string?> StopAsync(LeavingMessage message, Standing? row, CancellationToken ct) => row switch
    {
        null => "deleted",
        _ when row.MessageId != message.MessageId || row.State is not ("queued" or "failed") => row.State,
        { Hold: null } => null,
        { Hold: not "paused" } => await SettleAsync(message, RecipientState.Cancelled, row.Hold, ct),
        _ when await PutBackAsync(message, ct) => "paused",
        _ => (await WithholdAsync([message], ct)).GetValueOrDefault(message.MessageId),
    };

    public NpgsqlBatchCommand Sent(long id, MessageSent sent) =>
        new($"update {Table} set state = 'sent', sent_at = coalesce(sent_at, $2), reason = null where id = $1")
        {
            Parameters = { new() { Value = id }, new() { Value = Db.Work.Clock.Now() } },
        };

    public virtual Func<CancellationToken, Task>? AfterSent(long id, MessageSent sent) => null;

    public Task FailedAsync(long id, string reason, CancellationToken ct) =>
        Db.Work.ExecuteAsync($"update {Table} set state = 'failed', reason = $2 where id = $1 and state = 'queued'", ct,
            new() { Value = id }, new() { Value = reason });

    public async Task HappenedAsync(long id, MessageEvent happened, CancellationToken ct)
    {
        var sql =
            $"""
             with before as (
                 select *, coalesce(last_link <> $3 and last_link_at >= $4, false) as is_burst from {Table} where id = $1 for update),
             after as (update {Table} d set {ChangesOf(happened.Kind)} from before where d.id = before.id returning d.*)
             """;
        await NoteAsync(sql, ct, new() { Value = id }, new() { Value = happened.At },
            new() { Value = (object?)happened.Link ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
            new() { Value = happened.At - Burst });
        if (happened.Kind == MessageEventKind.Replied && await StandingAsync([id], ct) is [{ LeadId: { } lead } row])
            await Leads.RepliedAsync(new LeadId(lead), row.By, happened.Text, ct);
        await FollowAsync(id, happened, ct);
    }

    /// <summary>Runs a statement that begins with the row <c>before</c> and <c>after</c>.</summary>
    protected virtual Task NoteAsync(string sql, CancellationToken ct, params NpgsqlParameter[] values) =>
        Db.Work.ExecuteAsync(sql + "select from after", ct, values);

    /// <summary>What else follows from what a provider or a reader did.</summary>
    protected virtual Task FollowAsync(long id, MessageEvent happened, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Paused meanwhile: it waits where it came from. False where it goes on again by now.</summary>
    protected virtual Task<bool> PutBackAsync(LeavingMessage message, CancellationToken ct) => Task.FromResult(true);

    // The first time counts; who clicks has opened, whether or not images were shown.
    private static string ChangesOf(MessageEventKind kind) => kind switch
    {
        MessageEventKind.Clicked => Clicked,
        MessageEventKind.OpenedByMachine => First("machine_opened_at"),
        MessageEventKind.ClickedByMachine => First("machine_clicked_at"),
        MessageEventKind.Bounced or MessageEventKind.Failed => First("bounced_at"),
        MessageEventKind.Complained => $"{First("complained_at")}, {First("unsubscribed_at")}",
        _ => First($"{Vocabulary.Word(kind)}_at"),
    };

    private static string First(string column) => $"{column} = coalesce(d.{column}, $2)";

    private async Task<string> SettleAsync(LeavingMessage message, RecipientState state, string reason, CancellationToken ct)
    {
        await Db.Work.ExecuteAsync($"update {Table} set state = $2, reason = nullif($3, $2) where id = $1 and message_id = $4", ct,
            new() { Value = message.Id }, new() { Value = Vocabulary.Word(state) }, new() { Value = reason },
            new() { Value = message.MessageId });
        return reason;
    }

    private Task<List<Standing>> StandingAsync(long[] ids, CancellationToken ct)
    {
        var sql = $"{StandingSql}'{Prefix}'"; // in the text: a plan for all mails leaves the other tables out
        return Db.Database.SqlQueryRaw<Standing>(sql, ids).ToListAsync(ct);
    }

    private sealed record Standing(long Id, string State, long? MessageId, string Channel, long? LeadId, string? Hold)
    {
        public MessageChannel By => Channel == "sms" ? MessageChannel.Sms : MessageChannel.Email;
    }
}
