using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Jobs;

/// <summary>Counts of the whole installation, or of one organization; without a word about whose jobs they are.</summary>
public sealed class JobFigures(DataSources sources, JobKinds kinds)
{
    private const string QueuesSql =
        """
        select queue, count(*) filter (where state = 'queued'), count(*) filter (where state = 'running'), count(*) filter (where state = 'failed'),
            count(*) filter (where state = 'completed' and finished_at > now() - interval '1 hour'),
            extract(epoch from now() - min(run_at) filter (where state = 'queued' and run_at <= now())),
            avg(extract(epoch from finished_at - started_at)) filter (where state = 'completed' and finished_at > now() - interval '1 hour')
        from platform.jobs where ($1::bigint is null or organization_id = $1) and (state in ('queued', 'running', 'failed') or finished_at > now() - interval '1 hour') group by queue
        """;

    private const string RunnersSql = "select name, started_at, seen_at, running, capacity from platform.job_runners where seen_at > now() - interval '1 minute' order by started_at";

    private const string RecurringSql =
        """
        select t.trigger_name, c.cron_expression, t.next_fire_time, t.prev_fire_time,
            (select j.state from platform.jobs j where j.kind = t.trigger_name and j.organization_id is null order by j.id desc limit 1)
        from quartz.qrtz_triggers t join quartz.qrtz_cron_triggers c using (sched_name, trigger_name, trigger_group)
        where t.trigger_group = 'recurring' order by t.next_fire_time
        """;

    /// <summary>Every queue of this version, and what waits, runs and failed in it, of all or of one organization's.</summary>
    public async Task<IReadOnlyList<QueueFigures>> QueuesAsync(OrganizationId? only, CancellationToken ct)
    {
        var found = (await ReadAsync(QueuesSql, r => new QueueFigures(
            r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.IsDBNull(5) ? null : r.GetDouble(5), r.IsDBNull(6) ? null : r.GetDouble(6)), ct, new NpgsqlParameter { Value = (object?)only?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint })).ToDictionary(q => q.Queue);
        foreach (var queue in kinds.All.Select(k => k.Queue)) found.TryAdd(queue, new QueueFigures(queue, 0, 0, 0, 0, null, null));
        return [.. found.Values.OrderBy(q => q.Queue, StringComparer.Ordinal)];
    }

    /// <summary>The hosts that run jobs and gave a sign of life within a minute.</summary>
    public Task<IReadOnlyList<RunnerFigures>> RunnersAsync(CancellationToken ct) => ReadAsync(RunnersSql, r => new RunnerFigures(
        r.GetString(0), r.GetFieldValue<DateTimeOffset>(1), r.GetFieldValue<DateTimeOffset>(2), r.GetInt32(3), r.GetInt32(4)), ct);

    public Task<IReadOnlyList<RecurringFigures>> RecurringAsync(CancellationToken ct) => ReadAsync(RecurringSql, r => new RecurringFigures(
        r.GetString(0), r.GetString(1), Ticks(r, 2), Ticks(r, 3), r.IsDBNull(4) ? null : r.GetString(4)), ct);

    // Quartz keeps times as ticks, and none as zero or less.
    private static DateTimeOffset? Ticks(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) || reader.GetInt64(column) <= 0 ? null : new DateTimeOffset(reader.GetInt64(column), TimeSpan.Zero);

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        var rows = new List<T>();
        await using var command = sources.System.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }
}

public sealed record QueueFigures(string Queue, long Queued, long Running, long Failed, long CompletedLastHour, double? OldestWaitingSeconds, double? AverageSeconds);

public sealed record RunnerFigures(string Name, DateTimeOffset StartedAt, DateTimeOffset LastHeartbeat, int Running, int Capacity);

public sealed record RecurringFigures(string Kind, string Cron, DateTimeOffset? NextRun, DateTimeOffset? PreviousRun, string? LastState);
