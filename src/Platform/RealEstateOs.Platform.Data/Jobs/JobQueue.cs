using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// The one way to have work done in the background. The row is written in the scope's transaction where there is one: a job of
/// a rolled-back change never runs, one of a committed change always does.
/// </summary>
public sealed class JobQueue(UnitOfWork work, DataSources sources, JobKinds kinds, JobEstimates estimates)
{
    private const string Sql =
        """
        insert into platform.jobs (organization_id, kind, queue, input, run_at, resource, unique_key, created_by, request_id)
        values ($1, $2, $3, $4, coalesce($5, now()), $6, $7, $8, $9)
        on conflict (kind, coalesce(organization_id, 0), unique_key) where unique_key is not null
            and state in ('queued', 'running') do nothing
        returning id
        """;

    private const string ExistingSql =
        """
        select id from platform.jobs
        where kind = $1 and coalesce(organization_id, 0) = coalesce($2, 0) and unique_key = $3 and state in ('queued', 'running')
        """;

    /// <summary>
    /// Adds a job of the current tenant. With a <paramref name="uniqueKey"/> an unfinished job of that key is answered instead of a second
    /// one.
    /// </summary>
    public async Task<QueuedJob> EnqueueAsync<TInput>(
        string kind, TInput input, CancellationToken ct, DateTimeOffset? runAt = null, string? resource = null, string? uniqueKey = null)
    {
        var row = Row(kind, input, work.Tenant.Required, runAt, resource, uniqueKey) with { CreatedBy = work.Tenant.User,
            RequestId = work.Origin.RequestId };
        var id = await InsertAsync(await work.OpenAsync(ct), work.Transaction, row, ct);
        if (work.Transaction is null) JobSignal.Raise();
        else work.AfterCommit(_ => { JobSignal.Raise(); return Task.CompletedTask; });
        return new QueuedJob(id, await estimates.CompletionAsync(kind, runAt ?? work.Clock.Now(), ct));
    }

    /// <summary>
    /// Adds a job for a tenant from work that has none (schedules, sign-up), on a transaction of the system's role; committing it is the
    /// caller's.
    /// </summary>
    public async Task<JobId> EnqueueForAsync<TInput>(
        NpgsqlTransaction transaction, OrganizationId organization, string kind, TInput input, CancellationToken ct,
        DateTimeOffset? runAt = null, string? resource = null, string? uniqueKey = null)
    {
        var id = await InsertAsync(transaction.Connection!, transaction, Row(kind, input, organization, runAt, resource, uniqueKey), ct);
        JobSignal.Raise();
        return id;
    }

    /// <summary>
    /// Has each office whose id the statement answers do its own, from a schedule: one unfinished job of the key for each of them.
    /// </summary>
    public async Task<object?> EnqueueForEachAsync<TInput>(string officesSql, string kind, TInput input, string uniqueKey,
        CancellationToken ct, params NpgsqlParameter[] values)
    {
        var offices = new List<OrganizationId>();
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var command = new NpgsqlCommand(officesSql, connection, transaction))
        {
            command.With(values);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) offices.Add(new OrganizationId(reader.GetInt64(0)));
        }
        foreach (var office in offices) await EnqueueForAsync(transaction, office, kind, input, ct, uniqueKey: uniqueKey);
        await transaction.CommitAsync(ct);
        return new { offices = offices.Count };
    }

    /// <summary>Adds work of the installation, at once.</summary>
    public async Task<JobId> EnqueueForInstallationAsync<TInput>(string kind, TInput input, CancellationToken ct, string? uniqueKey = null)
    {
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        var id = await InsertAsync(connection, null, Row(kind, input, null, null, null, uniqueKey), ct);
        JobSignal.Raise();
        return id;
    }

    private JobRow Row<TInput>(string kind, TInput input, OrganizationId? organization, DateTimeOffset? runAt, string? resource,
        string? uniqueKey) =>
            new(kinds.Require(kind, typeof(TInput)), JsonSerializer.Serialize(input, Json.Options), organization, runAt,
                resource, uniqueKey);

    private static async Task<JobId> InsertAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, JobRow row,
        CancellationToken ct)
    {
        // The unfinished twin may end between the two statements; then there is room for a new one.
        for (var attempt = 1; ; attempt++)
        {
            await using var insert = new NpgsqlCommand(Sql, connection, transaction)
            {
                Parameters =
                {
                    Parameter.Long(row.Organization?.Value), new() { Value = row.Kind.Name }, new() { Value = row.Kind.Queue },
                    new() { Value = row.Input, NpgsqlDbType = NpgsqlDbType.Jsonb },
                    Parameter.Time(row.RunAt), Parameter.Text(row.Resource), Parameter.Text(row.UniqueKey),
                    Parameter.Long(row.CreatedBy?.Value), Parameter.Text(row.RequestId),
                },
            };
            if (await insert.ExecuteScalarAsync(ct) is long id) return new JobId(id);
            await using var find = new NpgsqlCommand(ExistingSql, connection, transaction)
            {
                Parameters = { new() { Value = row.Kind.Name }, Parameter.Long(row.Organization?.Value), Parameter.Text(row.UniqueKey) },
            };
            if (await find.ExecuteScalarAsync(ct) is long existing) return new JobId(existing);
            if (attempt == 3)
                throw new InvalidOperationException($"A job '{row.Kind.Name}' with the key '{row.UniqueKey}' comes and goes.");
        }
    }

    private sealed record JobRow(JobKind Kind, string Input, OrganizationId? Organization, DateTimeOffset? RunAt, string? Resource,
        string? UniqueKey)
    {
        public UserId? CreatedBy { get; init; }
        public string? RequestId { get; init; }
    }
}

/// <summary>A job that was written, and when it should be done, as far as the history of its kind tells.</summary>
public sealed record QueuedJob(JobId Id, DateTimeOffset? EstimatedCompletion);
