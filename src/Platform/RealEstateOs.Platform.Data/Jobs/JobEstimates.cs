using System.Collections.Concurrent;
using Npgsql;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Jobs;

/// <summary>How long jobs of a kind take here: the median of the last 200 that completed, whoever asked for them.</summary>
public sealed class JobEstimates(DataSources sources, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private const string Sql =
        """
        select percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at))
        from (select started_at, finished_at from platform.jobs where kind = $1 and state = 'completed' order by finished_at desc
            limit 200) recent
        """;

    private readonly ConcurrentDictionary<string, (TimeSpan? Median, DateTimeOffset Until)> known = new();

    /// <summary>Null where no such job has completed yet.</summary>
    public async Task<TimeSpan?> MedianAsync(string kind, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(kind, out var entry) && now < entry.Until) return entry.Median;
        await using var command = sources.System.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = kind });
        TimeSpan? median = await command.ExecuteScalarAsync(ct) is double seconds ? TimeSpan.FromSeconds(seconds) : null;
        known[kind] = (median, now + Kept);
        return median;
    }

    /// <summary>When a job that starts at the given time should be done.</summary>
    public async Task<DateTimeOffset?> CompletionAsync(string kind, DateTimeOffset start, CancellationToken ct) =>
        start + await MedianAsync(kind, ct);
}
