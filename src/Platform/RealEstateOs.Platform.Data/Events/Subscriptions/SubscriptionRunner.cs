using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Events.Subscriptions;

/// <summary>
/// Runs the subscriptions, each in the order of events and on one host at a time. One look at the new events finds all that have
/// something to do; now and then a longer one finds what was left behind by a failure or by a host that died.
/// </summary>
internal sealed class SubscriptionRunner : BackgroundService
{
    private const int Batch = 400, Together = 50, AtOnce = 4;

    private const string StartSql =
        """
        insert into platform.subscriptions (name, position)
        select name, (select coalesce(max(position), 0) from platform.outbox) from unnest($1::text[]) as t(name)
        on conflict (name) do nothing
        """;

    private const string HeadSql = "select coalesce(max(position), 0) from platform.outbox";

    private const string ReadySql =
        $"select ({HeadSql}), exists (select from platform.subscriptions where name = $1 and (retry_at is null or retry_at <= $2))";

    // What happened since the last look, by type; the head is never beyond what the second statement saw.
    private const string NewSql = "select distinct event_type from platform.outbox where position > $1";

    private readonly string dueSql, skipSql;

    /// <summary>
    /// The next events of a subscription. The place stands in a subquery, so that every plan begins there: a join was planned as a walk
    /// through all that is kept, for each batch. <c>$5</c> is how far this host has looked already.
    /// </summary>
    internal static string NextSql(string? condition) =>
        $"""
         select {EventContext.Columns} from platform.outbox as o
         where o.position > (select greatest(s.position, $5) from platform.subscriptions as s where s.name = $1
             and (s.retry_at is null or s.retry_at <= $4))
             and ($2::text[] is null or o.event_type = any($2)){(condition is null ? "" : $" and ({condition})")}
         order by o.position limit $3
         """;

    private readonly WakeUp wake = new();
    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> looked = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim slots = new(AtOnce);
    private readonly SubscriptionList subscriptions;
    private readonly EventDelivery delivery;
    private readonly DataSources sources;
    private readonly OutboxHints hints;
    private readonly EventsOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<SubscriptionRunner> log;
    private bool rowsExist;
    private long seen;
    private long? skipped; // up to where all cursors were moved, while nothing was due

    public SubscriptionRunner(
        SubscriptionList subscriptions, EventDelivery delivery, DataSources sources, OutboxHints hints, IOptions<EventsOptions> options,
        TimeProvider clock,
        ILogger<SubscriptionRunner> log)
    {
        (this.subscriptions, this.delivery, this.sources, this.hints, this.options, this.clock, this.log) =
            (subscriptions, delivery, sources, hints, options.Value, clock, log);
        (dueSql, skipSql) = Statements(subscriptions);
        hints.Dispatched += wake.Signal;
    }

    private static (string Due, string Skip) Statements(SubscriptionList subscriptions)
    {
        var conditions = subscriptions.ByName.Values.Where(s => s.Condition is not null)
            .Select(s => $" and (s.name <> '{s.Name}' or ({s.Condition}))");
        var wanted =
            $"""
             exists (select from platform.outbox as o
                 where o.position > s.position
                     and (w.types is null or o.event_type = any(string_to_array(w.types, ','))){string.Concat(conditions)})
             """;
        const string own = "from platform.subscriptions as s join unnest($1::text[], $2::text[]) as w(name, types) on w.name = s.name";
        var due = $"select ({HeadSql}), array(select s.name {own} where (s.retry_at is null or s.retry_at <= $3) and {wanted})";
        // Moves cursors past what nobody there wants, so that the question above stays short and retention may pass.
        var skip =
            $"""
             update platform.subscriptions as moved set position = ahead.head
             from (select s.name, ({HeadSql}) as head {own} where s.attempts = 0 and not {wanted} for update of s skip locked) as ahead
             where moved.name = ahead.name and moved.position < ahead.head
             """;
        return (due, skip);
    }

    // Before the host takes requests, so that a new subscription misses nothing that they do.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (subscriptions.ByName.Count > 0) await EnsureRowsAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning("Subscriptions start later: {Reason}", e.Message);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (subscriptions.ByName.Count == 0) return;
        var (troubled, told, lookedAt) = (false, false, 0L);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!rowsExist) await EnsureRowsAsync(stoppingToken);
                if (told && clock.GetElapsedTime(lookedAt) < options.Poll)
                {
                    await StartNewAsync(stoppingToken);
                }
                else
                {
                    await StartDueAsync(stoppingToken);
                    lookedAt = clock.GetTimestamp();
                }
                troubled = false;
                told = await wake.WaitAsync(hints.Patience(options.Poll), clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!troubled) log.LogWarning("Subscriptions wait: {Reason}", e.Message);
                troubled = true;
                await Task.Delay(options.Poll, clock, CancellationToken.None);
            }
        }
        await Task.WhenAll(running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task StartNewAsync(CancellationToken ct)
    {
        await using var batch = sources.System.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(HeadSql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(NewSql) { Parameters = { new() { Value = seen } } });
        var types = new List<string>();
        await using (var rows = await batch.ExecuteReaderAsync(ct))
        {
            await rows.ReadAsync(ct);
            var head = rows.GetInt64(0);
            await rows.NextResultAsync(ct);
            while (await rows.ReadAsync(ct)) types.Add(rows.GetString(0));
            seen = head;
        }
        foreach (var subscription in subscriptions.ByName.Values)
            if (types.Exists(subscription.Wants)) Start(subscription.Name, ct);
    }

    private async Task StartDueAsync(CancellationToken ct)
    {
        var (head, due) = await DueAsync(ct);
        seen = head;
        foreach (var name in due) Start(name, ct);
        if (due.Length == 0 && head == skipped) return;
        await using var skip = Command(skipSql);
        await skip.ExecuteNonQueryAsync(ct);
        skipped = due.Length == 0 ? head : null;
    }

    private async Task<(long Head, string[] Due)> DueAsync(CancellationToken ct)
    {
        await using var command = Command(dueSql);
        command.Parameters.Add(Now());
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), row.GetFieldValue<string[]>(1));
    }

    // One that runs looks once more before it ends; what comes in between is found by the next look.
    private void Start(string name, CancellationToken ct)
    {
        if (!running.ContainsKey(name)) running[name] = Task.Run(() => RunAsync(subscriptions.ByName[name], ct), CancellationToken.None);
    }

    private async Task RunAsync(Subscription subscription, CancellationToken ct)
    {
        // This task may reach its end before the starter has noted it.
        while (!running.ContainsKey(subscription.Name)) await Task.Yield();
        try
        {
            await slots.WaitAsync(ct);
            try
            {
                await DrainAsync(subscription, ct);
            }
            finally
            {
                slots.Release();
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Subscription {Subscription} waits: {Reason}", subscription.Name, e.Message);
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            running.TryRemove(subscription.Name, out _);
        }
    }

    private async Task DrainAsync(Subscription subscription, CancellationToken ct)
    {
        while (true)
        {
            var (head, isReady, events) = await NextAsync(subscription, ct);
            if (!isReady) return;
            foreach (var run in Runs(events, subscription.TakesMany ? Batch : Together))
                if (await delivery.DeliverAsync(subscription, run, ct) != Delivered.Yes) return;
            if (events.Length == Batch) continue;
            if (events.Length == 0 || events[^1].Position < head) looked[subscription.Name] = head;
            if (events.Length == 0) return;
        }
    }

    /// <summary>Events of one organization that follow each other.</summary>
    private static IEnumerable<ArraySegment<EventContext>> Runs(EventContext[] events, int most)
    {
        for (var (start, end) = (0, 1); start < events.Length; end++)
        {
            if (end < events.Length && end - start < most && events[end].OrganizationId == events[start].OrganizationId) continue;
            yield return new ArraySegment<EventContext>(events, start, end - start);
            start = end;
        }
    }

    // Where fewer come than asked for, all up to the head has been looked at.
    private async Task<(long Head, bool IsReady, EventContext[] Events)> NextAsync(Subscription subscription, CancellationToken ct)
    {
        await using var batch = sources.System.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ReadySql) { Parameters = { new() { Value = subscription.Name }, Now() } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(NextSql(subscription.Condition))
        {
            Parameters =
            {
                new() { Value = subscription.Name },
                new() { Value = (object?)subscription.TypeList ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = Batch }, Now(), new() { Value = looked.GetValueOrDefault(subscription.Name) },
            },
        });
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await rows.ReadAsync(ct);
        var (head, isReady) = (rows.GetInt64(0), rows.GetBoolean(1));
        await rows.NextResultAsync(ct);
        return (head, isReady, [.. await EventContext.ReadAsync(rows, ct)]);
    }

    private async Task EnsureRowsAsync(CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(StartSql);
        command.Parameters.Add(new() { Value = subscriptions.Names });
        await command.ExecuteNonQueryAsync(ct);
        rowsExist = true;
    }

    private NpgsqlParameter Now() => new() { Value = clock.GetUtcNow(), NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private NpgsqlCommand Command(string sql)
    {
        var command = sources.System.CreateCommand(sql);
        command.Parameters.Add(new() { Value = subscriptions.Names });
        command.Parameters.Add(new() { Value = subscriptions.Types, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return command;
    }

    public override void Dispose()
    {
        hints.Dispatched -= wake.Signal;
        slots.Dispose();
        base.Dispose();
    }
}
