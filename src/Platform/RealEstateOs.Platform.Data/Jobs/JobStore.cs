using System.Text.Json;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// What a run says to its row. It owns the row while the state is running and the number of runs is its own; every statement checks
/// that, so that a run that was given up elsewhere (its host was frozen) can't end a later one, nor commit an effect.
/// </summary>
internal sealed class JobStore(DataSources sources)
{
    // Whoever fetched the Hangfire job may run the row where it waits, or where this very Hangfire job ran it before its host died.
    private const string ClaimSql =
        """
        update platform.jobs set state = 'running', hangfire_id = $2, handed_at = now(), runs = runs + 1, attempts = attempts + 1,
            started_at = now(), finished_at = null, progress = 0, step = null
        where id = $1 and (state = 'queued' or (state = 'running' and hangfire_id = $2))
        returning organization_id, kind, input, runs, attempts, created_by, request_id, resource
        """;

    // One at a time of a recurring kind: a tick finds the row of the one before, unless it is its own from before a crash.
    private const string RecurSql =
        """
        with added as (
            insert into platform.jobs (kind, queue, input, unique_key, hangfire_id, handed_at) values ($1, $2, '{}', 'recurring', $3, now())
            on conflict (kind, coalesce(organization_id, 0), unique_key) where unique_key is not null
                and state in ('queued', 'running') do nothing
            returning id)
        select id from added union all
        select id from platform.jobs where kind = $1 and organization_id is null and unique_key = 'recurring'
            and state in ('queued', 'running') and hangfire_id = $3
        """;

    private const string FinishSql =
        """
        with done as (
            update platform.jobs set state = $3, progress = case when $3 = 'completed' then 100 else progress end, result = $4, error = $5,
                fault = $6, finished_at = clock_timestamp()
            where id = $1 and runs = $2 and state = 'running'
            returning organization_id, created_by, request_id),
        told as (
            insert into platform.outbox (organization_id, event_type, payload, actor_id, request_id, occurred_at)
            select organization_id, $7, $8, created_by, request_id, clock_timestamp() from done where organization_id is not null
                and $8 is not null)
        select count(*) from done
        """;

    private const string AgainSql =
        """
        update platform.jobs set state = 'queued', handed_at = null, run_at = now() + $3, error = $4, fault = $5, attempts = attempts - case
            when $6 then 1 else 0 end
        where id = $1 and runs = $2 and state = 'running'
        """;

    private const string PutBackSql = "update platform.jobs set state = 'queued', handed_at = now(), attempts = attempts - 1 "
        + "where id = $1 and runs = $2 and state = 'running'";

    private const string ProgressSql =
        "update platform.jobs set progress = $3, step = coalesce($4, step) where id = $1 and runs = $2 and state = 'running'";

    /// <summary>Null where the row is done, cancelled, gone, or run by another.</summary>
    public async Task<ClaimedJob?> ClaimAsync(JobId id, long hangfireId, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(ClaimSql);
        command.With(new() { Value = id.Value }, new() { Value = hangfireId });
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        return new ClaimedJob(
            id, row.IsDBNull(0) ? null : new OrganizationId(row.GetInt64(0)), row.GetString(1),
            JsonSerializer.Deserialize<JsonElement>(row.GetString(2), Json.Options), row.GetInt32(3), row.GetInt32(4),
            row.IsDBNull(5) ? null : new UserId(row.GetInt64(5)), row.IsDBNull(6) ? null : row.GetString(6),
            row.IsDBNull(7) ? null : row.GetString(7));
    }

    /// <summary>The row of a recurring kind that is due; null while the one before has not ended.</summary>
    public async Task<JobId?> RecurAsync(JobKind kind, long hangfireId, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(RecurSql);
        command.With(new() { Value = kind.Name }, new() { Value = kind.Queue }, new() { Value = hangfireId });
        return await command.ExecuteScalarAsync(ct) is long id ? new JobId(id) : null;
    }

    public async Task CompleteAsync(ClaimedJob job, JobKind kind, object? result, CancellationToken ct)
    {
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await CompleteAsync(connection, null, job, kind, result, ct);
        OutboxSignal.Raise();
    }

    /// <summary>Completes as part of a transaction; throws <see cref="JobLost"/> where the run no longer owns its row.</summary>
    public static async Task CompleteAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, ClaimedJob job, JobKind kind,
        object? result, CancellationToken ct)
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

    /// <summary>To be tried again; <paramref name="uncounted"/> where nothing was tried.</summary>
    public Task TryAgainAsync(ClaimedJob job, TimeSpan delay, string error, string fault, bool uncounted, CancellationToken ct) =>
        SayAsync(AgainSql, job, ct, new() { Value = delay }, Parameter.Text(error), Parameter.Text(fault), new() { Value = uncounted });

    /// <summary>Its host goes down: Hangfire gives it to another, as if this run had not been.</summary>
    public Task PutBackAsync(ClaimedJob job, CancellationToken ct) => SayAsync(PutBackSql, job, ct);

    public Task ReportAsync(ClaimedJob job, int progress, string? step, CancellationToken ct) =>
        SayAsync(ProgressSql, job, ct, new() { Value = Math.Clamp(progress, 0, 100) }, Parameter.Text(step));

    private async Task SayAsync(string sql, ClaimedJob job, CancellationToken ct, params NpgsqlParameter[] more)
    {
        await using var command = sources.System.CreateCommand(sql);
        command.With(new() { Value = job.Id.Value }, new() { Value = job.Run });
        command.With(more);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<bool> FinishAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, ClaimedJob job, JobKind kind, JobState state, string? result,
        string? error, string? fault, CancellationToken ct)
    {
        var word = Vocabulary.Word(state);
        var told = kind.Announced
            ? OutboxEntry.For(new TaskCompleted(job.Id.Reference(), kind.Name, word, job.Resource, error, job.CreatedBy)) : null;
        await using var command = new NpgsqlCommand(FinishSql, connection, transaction)
        {
            Parameters =
            {
                new() { Value = job.Id.Value }, new() { Value = job.Run }, new() { Value = word },
                Parameter.Json(result), Parameter.Text(error), Parameter.Text(fault), new() { Value = TaskCompleted.Type },
                Parameter.Json(told?.Payload),
            },
        };
        return await command.ExecuteScalarAsync(ct) is 1L;
    }
}

/// <summary>A job that runs, with the number of the run that its statements are checked by.</summary>
internal sealed record ClaimedJob(
    JobId Id, OrganizationId? Organization, string Kind, JsonElement Input, int Run, int Attempt, UserId? CreatedBy, string? RequestId,
    string? Resource);
