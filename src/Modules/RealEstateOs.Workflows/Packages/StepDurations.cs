using Npgsql;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Workflows.Packages;

/// <summary>How long kinds of steps take on this installation: the median of their last 200 completions, whoever's they were.</summary>
internal sealed class StepDurations(DataSources sources, WorkflowSteps kinds, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private const string Sql =
        """
        select k.kind, percentile_cont(0.5) within group (order by extract(epoch from r.finished_at - r.started_at))
        from unnest($1::text[]) as k(kind)
        cross join lateral (
            select s.started_at, s.finished_at from workflows.steps s
            where s.kind = k.kind and s.status = 'completed' order by s.finished_at desc limit 200) as r
        group by k.kind
        """;

    private volatile Measured known = new(new Dictionary<string, TimeSpan>(), DateTimeOffset.MinValue);

    private sealed record Measured(IReadOnlyDictionary<string, TimeSpan> Medians, DateTimeOffset Until);

    /// <summary>Kinds that never completed here are left out.</summary>
    public async Task<IReadOnlyDictionary<string, TimeSpan>> KnownAsync(CancellationToken ct)
    {
        if (known is { } measured && clock.GetUtcNow() < measured.Until) return measured.Medians;
        await using var command = sources.System.CreateCommand(Sql); // across tenants: only how long, never whose
        command.Parameters.Add(new NpgsqlParameter { Value = kinds.All.Select(k => k.Name).ToArray() });
        var read = new Dictionary<string, TimeSpan>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) read[reader.GetString(0)] = TimeSpan.FromSeconds(reader.GetDouble(1));
        known = new(read, clock.GetUtcNow() + Kept);
        return read;
    }
}
