using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Platform.Observability.Health;

internal sealed class DatabaseProbe(DataSources databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        await using var connection = await databases.System.OpenConnectionAsync(cancellationToken);
        await using var query = new NpgsqlCommand("select 1", connection);
        return await query.ExecuteScalarAsync(cancellationToken) is 1
            ? ProbeAnswer.Healthy(("connection", "ok"), ("query_test", "passed"))
            : ProbeAnswer.Unhealthy(("connection", "ok"), ("query_test", "failed"));
    }
}

/// <summary>Ready is who finds the schema that it was built for.</summary>
internal sealed class SchemaProbe(DataSources databases, MigrationRunner migrations) : IHealthCheck
{
    private int? _complete;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        if (_complete is not { } known)
        {
            var wanted = migrations.Names;
            await using var connection = await databases.System.OpenConnectionAsync(cancellationToken);
            await using var query = new NpgsqlCommand("select count(*) from platform.schema_history where module || '/' || name = any($1)",
                connection)
            {
                Parameters = { new() { Value = wanted.ToArray() } },
            };
            var applied = (long)(await query.ExecuteScalarAsync(cancellationToken))!;
            if (applied < wanted.Count) return ProbeAnswer.Unhealthy(("migrations", wanted.Count), ("missing", wanted.Count - applied));
            _complete = known = wanted.Count; // Migrations only go forward.
        }
        return ProbeAnswer.Healthy(("migrations", known), ("missing", 0));
    }
}

internal sealed class RedisProbe(RedisCache redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        if (!redis.IsConfigured) return ProbeAnswer.Degraded(("connection", "not configured"));
        if (!(await redis.InfoAsync(cancellationToken)).TryGet(out var info)) return ProbeAnswer.Degraded(("connection", "away"));
        return ProbeAnswer.Healthy(
            ("connected_clients", int.TryParse(info.GetValueOrDefault("connected_clients"), out var clients) ? clients : null),
            ("used_memory_human", info.GetValueOrDefault("used_memory_human")),
            ("redis_version", info.GetValueOrDefault("redis_version")));
    }
}

/// <summary>Where uploaded and generated files lie: can it be used and, of a folder, is there room?</summary>
internal sealed class StorageProbe(IConfiguration configuration, IFileStore store) : IHealthCheck
{
    private const long LeastFreeBytes = 200L * 1024 * 1024;

    private readonly string _folder = StorageRegistration.FolderOf(configuration);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        if (store is not LocalFileStore)
        {
            await store.ProbeAsync(cancellationToken);
            return ProbeAnswer.Healthy(("connection", "ok"), ("buckets", 1), ("store", store.Name));
        }
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, $".probe-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(file, "ok", cancellationToken);
        var read = await File.ReadAllTextAsync(file, cancellationToken);
        File.Delete(file);
        var free = new DriveInfo(_folder).AvailableFreeSpace;
        var buckets = Directory.EnumerateDirectories(_folder).Count();
        return read == "ok" && free >= LeastFreeBytes
            ? ProbeAnswer.Healthy(("connection", "ok"), ("buckets", buckets), ("free_bytes", free))
            : ProbeAnswer.Degraded(("connection", read == "ok" ? "ok" : "failed"), ("buckets", buckets), ("free_bytes", free));
    }
}
