using Hangfire;
using Hangfire.Storage;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Jobs;

/// <summary>Counts of the whole installation, or of one organization; without a word about whose jobs they are.</summary>
public sealed class JobFigures(DataSources sources, JobKinds kinds, JobStorage hangfire, TimeProvider clock)
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromMinutes(1);

    private const string QueuesSql =
        """
        select queue, count(*) filter (where state = 'queued'), count(*) filter (where state = 'running'),
            count(*) filter (where state = 'failed'),
            count(*) filter (where state = 'completed' and finished_at > now() - interval '1 hour'),
            extract(epoch from now() - min(run_at) filter (where state = 'queued' and run_at <= now())),
            avg(extract(epoch from finished_at - started_at)) filter (where state = 'completed' and finished_at > now() - interval '1 hour')
        from platform.jobs where ($1::bigint is null or organization_id = $1)
            and (state in ('queued', 'running', 'failed') or finished_at > now() - interval '1 hour') group by queue
        """;

    /// <summary>Every queue of this version, and what waits, runs and failed in it, of all or of one organization's.</summary>
    public async Task<IReadOnlyList<QueueFigures>> QueuesAsync(OrganizationId? only, CancellationToken ct)
    {
        var found = new Dictionary<string, QueueFigures>();
        await using var command = sources.System.CreateCommand(QueuesSql);
        command.Parameters.Add(Parameter.Long(only?.Value));
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct))
            found[r.GetString(0)] = new QueueFigures(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4),
                Number(r, 5), Number(r, 6));
        foreach (var queue in kinds.All.Select(k => k.Queue)) found.TryAdd(queue, new QueueFigures(queue, 0, 0, 0, 0, null, null));
        return [.. found.Values.OrderBy(q => q.Queue, StringComparer.Ordinal)];
    }

    /// <summary>The hosts that run jobs and gave a sign of life within a minute.</summary>
    public IReadOnlyList<RunnerFigures> Runners()
    {
        var (monitor, since) = (hangfire.GetMonitoringApi(), clock.GetUtcNow() - SignOfLife);
        var running = monitor.ProcessingJobs(0, 1000).CountBy(job => job.Value?.ServerId ?? "").ToDictionary();
        return [.. from server in monitor.Servers()
                   where Utc(server.Heartbeat) > since
                   orderby server.StartedAt
                   select new RunnerFigures(server.Name, Utc(server.StartedAt)!.Value, Utc(server.Heartbeat)!.Value,
                       running.GetValueOrDefault(server.Name), server.WorkersCount)];
    }

    public IReadOnlyList<RecurringFigures> Recurring()
    {
        using var connection = hangfire.GetConnection();
        return [.. connection.GetRecurringJobs().OrderBy(r => r.NextExecution)
            .Select(r => new RecurringFigures(r.Id, r.Cron, Utc(r.NextExecution), Utc(r.LastExecution), Lower(r.LastJobState)))];
    }

    // Hangfire's times are UTC and say nothing about it.
    private static DateTimeOffset? Utc(DateTime? time) =>
        time is { } t ? new DateTimeOffset(DateTime.SpecifyKind(t, DateTimeKind.Utc)) : null;

    private static double? Number(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    private static string? Lower(string? state) => state?.ToLowerInvariant();
}

/// <param name="Queue">Name of the queue.</param>
/// <param name="Queued">Jobs that wait.</param>
/// <param name="Running">Jobs that run now.</param>
/// <param name="Failed">Jobs that were given up: the dead letters.</param>
/// <param name="CompletedLastHour">Jobs that were done within the last hour.</param>
/// <param name="OldestWaitingSeconds">How long the oldest waits; null where none does.</param>
/// <param name="AverageSeconds">Mean run time of those done within the last hour; null without any.</param>
public sealed record QueueFigures(string Queue, long Queued, long Running, long Failed, long CompletedLastHour,
    double? OldestWaitingSeconds, double? AverageSeconds);

/// <param name="Name">Name of the host and its process.</param>
/// <param name="StartedAt">When it began to run jobs.</param>
/// <param name="LastHeartbeat">Its last sign of life.</param>
/// <param name="Running">Jobs that it runs now.</param>
/// <param name="Capacity">Jobs that it can run at once.</param>
public sealed record RunnerFigures(string Name, DateTimeOffset StartedAt, DateTimeOffset LastHeartbeat, int Running, int Capacity);

/// <param name="Kind">The kind of job.</param>
/// <param name="Cron">When it runs, as a cron expression in UTC.</param>
/// <param name="NextRun">When it runs next; null where it is not planned.</param>
/// <param name="PreviousRun">When it last ran; null for never.</param>
/// <param name="LastState">How the last run ended, in Hangfire's words; null for never.</param>
public sealed record RecurringFigures(string Kind, string Cron, DateTimeOffset? NextRun, DateTimeOffset? PreviousRun, string? LastState);
