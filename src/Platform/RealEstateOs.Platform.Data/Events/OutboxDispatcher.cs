using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Events;

/// <summary>
/// Gives committed events their position. Ids are taken before the commit, so a lower one may appear after a higher one;
/// positions are handed out by one host at a time, in batches that commit one after the other, so that whoever has read
/// up to n has missed nothing below. The lock and the updates share one session: a leader that has lost its lock can't write.
/// </summary>
internal sealed class OutboxDispatcher(
    DataSources sources, OutboxHints hints, IOptions<EventsOptions> options, TimeProvider clock, ILogger<OutboxDispatcher> log)
    : BackgroundService
{
    private const long LockKey = 0x5245_4F53_4F55_5442;
    private const int Batch = 1_000;
    private static readonly TimeSpan Standby = TimeSpan.FromSeconds(1);

    // Events that are committed one after the other travel together: a round costs the same for one and for fifty.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private static readonly string AssignSql =
        $"""
        with batch as (
            select id, row_number() over (order by id) as place
            from (select id from platform.outbox where position is null order by id limit {Batch} for update skip locked) as waiting),
        placed as (
            update platform.outbox as o set position = $1 + batch.place from batch where o.id = batch.id returning o.position)
        select setval('platform.outbox_position', max(position)) from placed having count(*) > 0
        """;

    // The sequence remembers the last position even when retention has emptied the table.
    private const string LastSql =
        """
        select greatest((select case when is_called then last_value else 0 end from platform.outbox_position),
            (select coalesce(max(position), 0) from platform.outbox))
        """;

    private bool troubled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LeadAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!troubled) log.LogWarning("Events wait to be dispatched: {Reason}", e.Message);
                troubled = true;
            }
            if (await WaitAsync(Standby, stoppingToken)) hints.PassOn();
        }
    }

    private async Task LeadAsync(CancellationToken ct)
    {
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        if (await ScalarAsync(connection, $"select pg_try_advisory_lock({LockKey})", ct) is not true) return;
        hints.Leads = true;
        log.LogInformation("This host dispatches events now");
        try
        {
            var last = (long)(await ScalarAsync(connection, LastSql, ct))!;
            while (!ct.IsCancellationRequested)
            {
                var before = last;
                if (await AssignAsync(connection, last, ct) is { } next) hints.Announce(last = next);
                troubled = false;
                if (last - before < Batch && await WaitAsync(hints.Patience(options.Value.Poll), ct))
                    await Task.Delay(Gathering, clock, ct);
            }
        }
        finally
        {
            hints.Leads = false;
            await UnlockAsync(connection);
        }
    }

    private async Task<bool> WaitAsync(TimeSpan longest, CancellationToken ct)
    {
        try
        {
            return await hints.ToDispatch.WaitAsync(longest, clock, ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<long?> AssignAsync(NpgsqlConnection connection, long last, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(AssignSql,
            connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = last } } };
        return (long?)await command.ExecuteScalarAsync(ct);
    }

    // The pool resets a session only at its next use, and would keep the lock until then.
    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        try
        {
            await ScalarAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The session has died, and its lock with it.
        }
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }
}
