using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Events.Subscriptions;

/// <summary>
/// Runs the subscriptions, each in the order of events and on one host at a time. One question per wake-up finds all that
/// have something to do.
/// </summary>
internal sealed class SubscriptionRunner : BackgroundService
{
    private const int Batch = 50, AtOnce = 4;
    private static readonly TimeSpan Housekeeping = TimeSpan.FromSeconds(10);

    private const string StartSql =
        """
        insert into platform.subscriptions (name, position)
        select name, (select coalesce(max(position), 0) from platform.outbox) from unnest($1::text[]) as t(name)
        on conflict (name) do nothing
        """;

    private const string Wanted =
        "exists (select from platform.outbox as o where o.position > s.position and (w.types is null or o.event_type = any(string_to_array(w.types, ','))))";

    private const string DueSql =
        $"""
         select s.name from platform.subscriptions as s join unnest($1::text[], $2::text[]) as w(name, types) on w.name = s.name
         where (s.retry_at is null or s.retry_at <= $3) and {Wanted}
         """;

    // Moves cursors past what nobody there wants, so that the question above stays short and retention may pass.
    private const string SkipSql =
        $"""
         update platform.subscriptions as moved set position = ahead.head
         from (select s.name, (select max(position) from platform.outbox) as head
               from platform.subscriptions as s join unnest($1::text[], $2::text[]) as w(name, types) on w.name = s.name
               where s.attempts = 0 and not {Wanted} for update of s skip locked) as ahead
         where moved.name = ahead.name and moved.position < ahead.head
         """;

    // The place stands in a subquery, so that every plan begins there: a join was planned as a walk through all that is kept, for each batch.
    internal const string NextSql =
        $"""
         select {EventContext.Columns} from platform.outbox as o
         where o.position > (select s.position from platform.subscriptions as s where s.name = $1 and (s.retry_at is null or s.retry_at <= $4))
             and ($2::text[] is null or o.event_type = any($2))
         order by o.position limit $3
         """;

    private readonly WakeUp wake = new();
    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim slots = new(AtOnce);
    private readonly SubscriptionList subscriptions;
    private readonly EventDelivery delivery;
    private readonly DataSources sources;
    private readonly OutboxHints hints;
    private readonly EventsOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<SubscriptionRunner> log;
    private bool rowsExist;

    public SubscriptionRunner(
        SubscriptionList subscriptions, EventDelivery delivery, DataSources sources, OutboxHints hints, IOptions<EventsOptions> options, TimeProvider clock,
        ILogger<SubscriptionRunner> log)
    {
        (this.subscriptions, this.delivery, this.sources, this.hints, this.options, this.clock, this.log) =
            (subscriptions, delivery, sources, hints, options.Value, clock, log);
        hints.Dispatched += wake.Signal;
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
        var (troubled, kept) = (false, clock.GetTimestamp());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!rowsExist) await EnsureRowsAsync(stoppingToken);
                await StartDueAsync(stoppingToken);
                if (clock.GetElapsedTime(kept) > Housekeeping)
                {
                    await using var skip = Command(SkipSql);
                    await skip.ExecuteNonQueryAsync(stoppingToken);
                    kept = clock.GetTimestamp();
                }
                troubled = false;
                await wake.WaitAsync(options.Poll, clock, stoppingToken);
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

    private async Task StartDueAsync(CancellationToken ct)
    {
        await using var command = Command(DueSql);
        command.Parameters.Add(Now());
        var due = new List<string>();
        await using (var rows = await command.ExecuteReaderAsync(ct))
            while (await rows.ReadAsync(ct)) due.Add(rows.GetString(0));
        foreach (var name in due.Where(name => !running.ContainsKey(name)))
            running[name] = Task.Run(() => RunAsync(subscriptions.ByName[name], ct), CancellationToken.None);
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
            var events = await NextAsync(subscription, ct);
            if (events.Count == 0) return;
            foreach (var happened in events)
                if (await delivery.DeliverAsync(subscription, happened, ct) != Delivered.Yes) return;
        }
    }

    private async Task<List<EventContext>> NextAsync(Subscription subscription, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(NextSql);
        command.Parameters.Add(new() { Value = subscription.Name });
        command.Parameters.Add(new() { Value = (object?)subscription.TypeList ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = Batch });
        command.Parameters.Add(Now());
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await EventContext.ReadAsync(rows, ct);
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
