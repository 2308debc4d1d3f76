using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Jobs;

internal static class CleanupRegistration
{
    public static IServiceCollection AddCleanups(this IServiceCollection services) => services
        .AddRecurringJob<CleanIdempotencyKeys>("cleanup.idempotency_keys", "0 7 * * * ?")
        .AddRecurringJob<CleanAuditLogs>("cleanup.audit_logs", "0 23 2 * * ?")
        .AddRecurringJob<CleanJobs>("cleanup.jobs", "0 41 2 * * ?")
        .AddRecurringJob<PurgeDeletedRecords>("cleanup.soft_deleted_records", "0 11 3 ? * SUN");
}

/// <summary>Records of requests that may no longer be repeated.</summary>
internal sealed class CleanIdempotencyKeys(DataSources sources) : IRecurringJob
{
    public async Task<object?> RunAsync(JobContext context, CancellationToken ct) => new
    {
        deleted = await sources.DeleteAsync("delete from platform.idempotency_keys where created_at < now() - interval '24 hours'", ct),
    };
}

/// <summary>Audit rows beyond <c>Retention:AuditLogDays</c> (two years).</summary>
internal sealed class CleanAuditLogs(DataSources sources, IConfiguration configuration) : IRecurringJob
{
    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        var days = configuration.GetValue("Retention:AuditLogDays", 730);
        var deleted = await sources.DeleteAsync("delete from platform.audit_logs where created_at < now() - make_interval(days => $1)", ct,
            new NpgsqlParameter { Value = days });
        return new { deleted, older_than_days = days };
    }
}

/// <summary>
/// Jobs long done: completed and cancelled after <c>Retention:JobDays</c> (14), failed after <c>Retention:FailedJobDays</c> (90).
/// </summary>
internal sealed class CleanJobs(DataSources sources, IConfiguration configuration) : IRecurringJob
{
    public async Task<object?> RunAsync(JobContext context, CancellationToken ct) => new
    {
        deleted = await sources.DeleteAsync(
            """
            delete from platform.jobs where finished_at < now() - make_interval(days => $1) and state in ('completed', 'cancelled')
                or finished_at < now() - make_interval(days => $2) and state = 'failed'
            """, ct,
            new NpgsqlParameter { Value = configuration.GetValue("Retention:JobDays", 14) },
            new NpgsqlParameter { Value = configuration.GetValue("Retention:FailedJobDays", 90) }),
    };
}

/// <summary>Deleting across tenants, in the name of a recurring job.</summary>
public static class CleanupSql
{
    private const int Chunk = 5_000;

    public static async Task<int> DeleteAsync(this DataSources sources, string sql, CancellationToken ct,
        params NpgsqlParameter[] parameters)
    {
        await using var command = sources.System.CreateCommand(sql);
        command.CommandTimeout = 600;
        command.With(parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Deletes a few thousand rows at a time, so that no statement holds many; the statement takes how many as its last parameter.
    /// </summary>
    public static async Task<int> DeleteInChunksAsync(this DataSources sources, string sql, CancellationToken ct,
        params NpgsqlParameter[] parameters)
    {
        for (var total = 0; ;)
        {
            var deleted = await sources.DeleteAsync(sql, ct, [.. parameters.Select(p => p.Clone()), new() { Value = Chunk }]);
            total += deleted;
            if (deleted < Chunk) return total;
        }
    }
}
