using Microsoft.Extensions.Configuration;
using Npgsql;
using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Platform.Observability.Health;

internal sealed class DatabaseProbe(DataSources databases) : IHealthProbe
{
    public string Name => "database";

    public bool IsVital => true;

    public async Task<ProbeResult> CheckAsync(CancellationToken ct)
    {
        await using var connection = await databases.System.OpenConnectionAsync(ct);
        await using var query = new NpgsqlCommand("select 1", connection);
        return await query.ExecuteScalarAsync(ct) is 1
            ? ProbeResult.Healthy(("connection", "ok"), ("query_test", "passed"))
            : ProbeResult.Unhealthy(("connection", "ok"), ("query_test", "failed"));
    }
}

/// <summary>Ready is who finds the schema that it was built for.</summary>
internal sealed class SchemaProbe(DataSources databases, MigrationRunner migrations) : IHealthProbe
{
    private int? _complete;

    public string Name => "schema";

    public bool IsVital => true;

    public async Task<ProbeResult> CheckAsync(CancellationToken ct)
    {
        if (_complete is not { } known)
        {
            var wanted = migrations.Names;
            await using var connection = await databases.System.OpenConnectionAsync(ct);
            await using var query = new NpgsqlCommand("select count(*) from platform.schema_history where module || '/' || name = any($1)",
                connection)
            {
                Parameters = { new() { Value = wanted.ToArray() } },
            };
            var applied = (long)(await query.ExecuteScalarAsync(ct))!;
            if (applied < wanted.Count) return ProbeResult.Unhealthy(("migrations", wanted.Count), ("missing", wanted.Count - applied));
            _complete = known = wanted.Count; // Migrations only go forward.
        }
        return ProbeResult.Healthy(("migrations", known), ("missing", 0));
    }
}

internal sealed class RedisProbe(RedisCache redis) : IHealthProbe
{
    public string Name => "redis";

    public async Task<ProbeResult> CheckAsync(CancellationToken ct)
    {
        if (!redis.IsConfigured) return ProbeResult.Degraded(("connection", "not configured"));
        if (!(await redis.InfoAsync(ct)).TryGet(out var info)) return ProbeResult.Degraded(("connection", "away"));
        return ProbeResult.Healthy(
            ("connected_clients", int.TryParse(info.GetValueOrDefault("connected_clients"), out var clients) ? clients : null),
            ("used_memory_human", info.GetValueOrDefault("used_memory_human")),
            ("redis_version", info.GetValueOrDefault("redis_version")));
    }
}

/// <summary>Where uploaded and generated files lie: can it be used and, of a folder, is there room?</summary>
internal sealed class StorageProbe(IConfiguration configuration, IFileStore store) : IHealthProbe
{
    private const long LeastFreeBytes = 200L * 1024 * 1024;

    private readonly string _folder = DiskFolders.Storage(configuration);

    public string Name => "storage";

    public async Task<ProbeResult> CheckAsync(CancellationToken ct)
    {
        if (store is not LocalFileStore)
        {
            await store.ProbeAsync(ct);
            return ProbeResult.Healthy(("connection", "ok"), ("buckets", 1), ("store", store.Name));
        }
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, $".probe-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(file, "ok", ct);
        var read = await File.ReadAllTextAsync(file, ct);
        File.Delete(file);
        var free = new DriveInfo(_folder).AvailableFreeSpace;
        var buckets = Directory.EnumerateDirectories(_folder).Count();
        return read == "ok" && free >= LeastFreeBytes
            ? ProbeResult.Healthy(("connection", "ok"), ("buckets", buckets), ("free_bytes", free))
            : ProbeResult.Degraded(("connection", read == "ok" ? "ok" : "failed"), ("buckets", buckets), ("free_bytes", free));
    }
}

internal static class DiskFolders
{
    public static string Storage(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Storage:Directory"] ?? Path.Combine(configuration["DataFolder"] ?? ".data", "files"));
}
