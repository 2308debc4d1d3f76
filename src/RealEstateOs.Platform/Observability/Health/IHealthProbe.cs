namespace RealEstateOs.Platform.Observability.Health;

public enum ProbeStatus
{
    Healthy,
    Degraded,
    Unhealthy,
}

/// <summary>What a probe found; the details are public.</summary>
public sealed record ProbeResult(ProbeStatus Status, IReadOnlyDictionary<string, object?> Details)
{
    public static ProbeResult Healthy(params (string Name, object? Value)[] details) => new(ProbeStatus.Healthy, Members(details));

    public static ProbeResult Degraded(params (string Name, object? Value)[] details) => new(ProbeStatus.Degraded, Members(details));

    public static ProbeResult Unhealthy(params (string Name, object? Value)[] details) => new(ProbeStatus.Unhealthy, Members(details));

    private static Dictionary<string, object?> Members((string Name, object? Value)[] details) =>
        details.ToDictionary(detail => detail.Name, detail => detail.Value, StringComparer.Ordinal);
}

/// <summary>One line of <c>/health</c>. Register it in DI and it is asked.</summary>
public interface IHealthProbe
{
    /// <summary>The name under <c>checks</c>.</summary>
    string Name { get; }

    /// <summary>Without this nothing can be served: its failure is "unhealthy" and ends readiness; that of others is "degraded".</summary>
    bool IsVital => false;

    /// <summary>May throw, and may hang: both count as failed.</summary>
    Task<ProbeResult> CheckAsync(CancellationToken ct);
}
