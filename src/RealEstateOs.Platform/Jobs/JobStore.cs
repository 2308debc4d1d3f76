using System.Text.Json;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// What a runner says to the table. A run owns its row while runner and attempt are its own and the state is running;
/// every statement of a run checks that, so that a run that was given up elsewhere can't end a later one.
/// </summary>
internal sealed class JobStore(DataSources sources)
{
    private const string ClaimSql =
        """
        with free as (select kind, places, turn from unnest($1::text[], $2::int[]) with ordinality as f(kind, places, turn)),
        picked as (
            select p.id from free f cross join lateral (
                select j.id from platform.jobs j where j.state = 'queued' and j.kind = f.kind and j.run_at <= now()
                order by j.run_at, j.id limit f.places for update skip locked) p
            limit $5)
        update platform.jobs j
        set state = 'running', runner = $3, lease_until = now() + $4, attempts = j.attempts + 1, started_at = now(), finished_at = null, progress = 0, step = null
        from picked where j.id = picked.id
        returning j.id, j.organization_id, j.kind, j.input, j.attempts, j.created_by, j.request_id, j.resource
        """;

    private const string FinishSql =
        """
        with done as (
            update platform.jobs set state = $4, progress = case when $4 = 'completed' then 100 else progress end, result = $5, error = $6, fault = $7,
                finished_at = clock_timestamp(), lease_until = null
            where id = $1 and runner = $2 and attempts = $3 and state = 'running'
            returning organization_id, created_by, request_id),
        told as (
            insert into platform.outbox (organization_id, event_type, payload, actor_id, request_id, occurred_at)
            select organization_id, $8, $9, created_by, request_id, clock_timestamp() from done where organization_id is not null and $9 is not null)
        select count(*) from done
        """;

    private const string RequeueSql =
        """
        update platform.jobs set state = 'queued', runner = null, lease_until = null, run_at = now() + $4, error = coalesce($5, error), fault = coalesce($6, fault),
            attempts = attempts - case when $7 then 1 else 0 end
        where id = $1 and runner = $2 and attempts = $3 and state = 'running'
        """;

    private const string ProgressSql =
        "update platform.jobs set progress = $4, step = coalesce($5, step) where id = $1 and runner = $2 and attempts = $3 and state = 'running'";

    private const string RenewSql = "update platform.jobs set lease_until = now() + $3 where id = any($1) and runner = $2 and state = 'running' returning id";

    private const string SeenSql =
        """
        insert into platform.job_runners (name, started_at, seen_at, running, capacity) values ($1, now(), now(), $2, $3)
        on conflict (name) do update set seen_at = now(), running = excluded.running, capacity = excluded.capacity
        """;

    private const string RecoverSql =
        """
        update platform.jobs set state = 'queued', runner = null, lease_until = null, run_at = now(), fault = 'The host that ran it went away.'
        where state = 'running' and lease_until < now()
        """;

    private const string ForgetSql = "delete from platform.job_runners where seen_at < now() - interval '1 hour'";

    public async Task<List<ClaimedJob>> ClaimAsync(IReadOnlyCollection<(string Kind, int Places)> free, int most, string runner, TimeSpan lease, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(ClaimSql);
        command.With(
            new() { Value = free.Select(f => f.Kind).ToArray() }, new() { Value = free.Select(f => f.Places).ToArray() }, new() { Value = runner }, new() { Value = lease }, new() { Value = most });
        var claimed = new List<ClaimedJob>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            claimed.Add(new ClaimedJob(
                new JobId(reader.GetInt64(0)), reader.IsDBNull(1) ? null : new OrganizationId(reader.GetInt64(1)), reader.GetString(2),
                JsonSerializer.Deserialize<JsonElement>(reader.GetString(3), Json.Options), runner, reader.GetInt32(4),
                reader.IsDBNull(5) ? null : new UserId(reader.GetInt64(5)), reader.IsDBNull(6) ? null : reader.GetString(6), reader.IsDBNull(7) ? null : reader.GetString(7)));
        }
        return claimed;
    }

    public async Task CompleteAsync(ClaimedJob job, JobKind kind, object? result, CancellationToken ct)
    {
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await CompleteAsync(connection, null, job, kind, result, ct);
        OutboxSignal.Raise();
    }

    /// <summary>Completes as part of a transaction; throws <see cref="JobLost"/> where the run no longer owns its row.</summary>
    public static async Task CompleteAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, ClaimedJob job, JobKind kind, object? result, CancellationToken ct)
    {
        var json = result is null ? null : JsonSerializer.Serialize(result, result.GetType(), Json.Options);
        if (!await FinishAsync(connection, transaction, job, kind, JobState.Completed, json, null, null, ct)) throw new JobLost();
    }

    public async Task FailAsync(ClaimedJob job, JobKind kind, string error, string? fault, CancellationToken ct)
    {
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await FinishAsync(connection, null, job, kind, JobState.Failed, null, error, fault, ct);
        OutboxSignal.Raise();
    }

    /// <summary>Puts a job back into the queue; <paramref name="uncounted"/> where the attempt was none (a shutdown).</summary>
    public async Task RequeueAsync(ClaimedJob job, TimeSpan delay, string? error, string? fault, bool uncounted, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(RequeueSql);
        command.With(
            new() { Value = job.Id.Value }, new() { Value = job.Runner }, new() { Value = job.Attempt }, new() { Value = delay },
            Parameter.Text(error), Parameter.Text(fault), new() { Value = uncounted });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task ReportAsync(ClaimedJob job, int progress, string? step, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(ProgressSql);
        command.With(
            new() { Value = job.Id.Value }, new() { Value = job.Runner }, new() { Value = job.Attempt }, new() { Value = Math.Clamp(progress, 0, 100) }, Parameter.Text(step));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A sign of life: keeps the leases, answers those that are still this runner's, and frees what dead hosts held.</summary>
    public async Task<HashSet<long>> RenewAsync(string runner, long[] jobs, int capacity, TimeSpan lease, CancellationToken ct)
    {
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(RenewSql) { Parameters = { new() { Value = jobs }, new() { Value = runner }, new() { Value = lease } } },
                new(SeenSql) { Parameters = { new() { Value = runner }, new() { Value = jobs.Length }, new() { Value = capacity } } },
                new(RecoverSql), new(ForgetSql),
            },
        };
        var mine = new HashSet<long>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) mine.Add(reader.GetInt64(0));
        return mine;
    }

    public async Task LeaveAsync(string runner, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand("delete from platform.job_runners where name = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = runner });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<bool> FinishAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, ClaimedJob job, JobKind kind, JobState state, string? result, string? error, string? fault, CancellationToken ct)
    {
        var word = Vocabulary.Word(state);
        var told = kind.Announced ? OutboxEntry.For(new TaskCompleted(job.Id.Reference(), kind.Name, word, job.Resource, error, job.CreatedBy)) : null;
        await using var command = new NpgsqlCommand(FinishSql, connection, transaction)
        {
            Parameters =
            {
                new() { Value = job.Id.Value }, new() { Value = job.Runner }, new() { Value = job.Attempt }, new() { Value = word },
                Parameter.Json(result), Parameter.Text(error), Parameter.Text(fault), new() { Value = TaskCompleted.Type }, Parameter.Json(told?.Payload),
            },
        };
        return await command.ExecuteScalarAsync(ct) is 1L;
    }
}

/// <summary>A job that a runner took, with the attempt that its statements are checked by.</summary>
internal sealed record ClaimedJob(
    JobId Id, OrganizationId? Organization, string Kind, JsonElement Input, string Runner, int Attempt, UserId? CreatedBy, string? RequestId, string? Resource);
