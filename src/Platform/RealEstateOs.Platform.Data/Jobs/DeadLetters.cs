using System.Globalization;
using Hangfire;
using Npgsql;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Jobs;

/// <summary>The failed jobs of the current tenant: counted, put back into the queue, deleted. Each act is audited.</summary>
public sealed class DeadLetters(UnitOfWork work, IBackgroundJobClient hangfire)
{
    // A job whose twin (same unique key) is already waiting or running would be refused by the index.
    private const string Replayable =
        """
        j.state = 'failed' and j.organization_id = platform.current_organization() and not exists (
            select 1 from platform.jobs twin
            where twin.kind = j.kind and twin.organization_id = j.organization_id and twin.unique_key = j.unique_key
                and twin.state in ('queued', 'running'))
        """;

    // Of failed twins only the first goes back: the index has room for one.
    private const string First =
        """
        (j.unique_key is null or not exists (
            select 1 from platform.jobs elder
            where elder.kind = j.kind and elder.organization_id = j.organization_id and elder.unique_key = j.unique_key
                and elder.state = 'failed' and elder.id < j.id))
        """;

    private const string Reset = "state = 'queued', attempts = 0, run_at = now(), error = null, fault = null, finished_at = null, "
        + "handed_at = null, progress = 0, step = null";

    public async Task<DeadLetterStats> StatsAsync(CancellationToken ct)
    {
        const string sql =
            """
            select queue, count(*), min(finished_at), max(finished_at) from platform.jobs
            where state = 'failed' and organization_id = platform.current_organization() group by queue order by queue
            """;
        var queues = new Dictionary<string, long>();
        DateTimeOffset? oldest = null, newest = null;
        await using var command = await CommandAsync(sql, ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            queues[reader.GetString(0)] = reader.GetInt64(1);
            var (first, last) = (reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3));
            oldest = oldest is null || first < oldest ? first : oldest;
            newest = newest is null || last > newest ? last : newest;
        }
        return new DeadLetterStats(queues.Values.Sum(), queues, oldest, newest);
    }

    /// <summary>False where there is no such failed job; a job whose twin is under way stays where it is.</summary>
    public async Task<bool> ReplayAsync(JobId id, CancellationToken ct)
    {
        await using var command = await CommandAsync($"update platform.jobs j set {Reset} where j.id = $1 and {Replayable}", ct,
            new NpgsqlParameter { Value = id.Value });
        if (await command.ExecuteNonQueryAsync(ct) == 0) return false;
        await AuditAsync("replayed", [id], ct);
        return true;
    }

    /// <summary>Replays the oldest first; a dry run only tells which.</summary>
    public async Task<IReadOnlyList<JobId>> ReplayAsync(string? queue, int most, bool dryRun, CancellationToken ct)
    {
        const string oldest = "select j.id from platform.jobs j "
            + $"where {Replayable} and {First} and ($1 is null or j.queue = $1 or j.kind = $1) order by j.id limit $2";
        var sql = dryRun ? oldest : $"update platform.jobs set {Reset} where id in ({oldest} for update skip locked) returning id";
        var ids = new List<JobId>();
        await using (var command = await CommandAsync(sql, ct, Parameter.Text(queue), new NpgsqlParameter { Value = most }))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) ids.Add(new JobId(reader.GetInt64(0)));
        if (!dryRun && ids.Count > 0) await AuditAsync("replayed", ids, ct);
        return ids;
    }

    /// <summary>Forgets the job, and takes it off the operators' dashboard.</summary>
    public async Task<bool> DeleteAsync(JobId id, CancellationToken ct)
    {
        const string sql = "delete from platform.jobs where id = $1 and state = 'failed' "
            + "and organization_id = platform.current_organization() returning coalesce(hangfire_id, 0)";
        await using var command = await CommandAsync(sql, ct, new NpgsqlParameter { Value = id.Value });
        if (await command.ExecuteScalarAsync(ct) is not long known) return false;
        await AuditAsync("deleted", [id], ct);
        work.AfterCommit(_ => Task.Run(() => hangfire.Delete(known.ToString(CultureInfo.InvariantCulture))));
        return true;
    }

    private async Task<NpgsqlCommand> CommandAsync(string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, await work.OpenAsync(ct), work.Transaction);
        command.With(parameters);
        return command;
    }

    private async Task AuditAsync(string action, IEnumerable<JobId> jobs, CancellationToken ct)
    {
        await Ledger.WriteAsync(work, [.. jobs.Select(id => new AuditEntry(action, "job", id.Value, "{}"))], [], [], commits: false, ct);
        work.AfterCommit(_ => { JobSignal.Raise(); return Task.CompletedTask; });
    }
}

/// <param name="TotalFailed">Jobs that were given up and not put back.</param>
/// <param name="ByQueue">The same by queue; queues without any are left out.</param>
/// <param name="OldestFailedAt">When the first of them was given up; null without any.</param>
/// <param name="NewestFailedAt">When the last of them was given up; null without any.</param>
public sealed record DeadLetterStats(long TotalFailed, IReadOnlyDictionary<string, long> ByQueue, DateTimeOffset? OldestFailedAt,
    DateTimeOffset? NewestFailedAt);
