using System.Text.Json.Serialization;

namespace RealEstateOs.Platform.Observability.Health;

/// <summary>One check of a report.</summary>
internal sealed record CheckReport(ProbeStatus Status, double ResponseTimeMs, IReadOnlyDictionary<string, object?> Details);

/// <summary>The state of the service and of what it stands on.</summary>
internal sealed record HealthReport(
    ProbeStatus Status, DateTimeOffset Timestamp, string Service, string Version, IReadOnlyDictionary<string, CheckReport> Checks,
    double ResponseTimeMs)
{
    [JsonIgnore]
    public int StatusCode => Status == ProbeStatus.Unhealthy ? 503 : 200;
}

/// <summary>The state of the service in short.</summary>
internal sealed record HealthSummary(ProbeStatus Status, DateTimeOffset Timestamp, string Service, string Version);

/// <summary>The report with the figures of this process and its machine.</summary>
internal sealed record HealthDetails(
    ProbeStatus Status, DateTimeOffset Timestamp, string Service, string Version, IReadOnlyDictionary<string, CheckReport> Checks,
    double ResponseTimeMs, ProcessFigures Process, MemoryFigures Memory, DiskFigures Disk);

internal sealed record ProcessFigures(DateTimeOffset StartedAt, double UptimeSeconds, int ProcessorCount, int ThreadCount,
    double ProcessorSeconds, string Runtime);

internal sealed record MemoryFigures(long WorkingSetBytes, long ManagedBytes, long AvailableBytes, int GarbageCollectionsGen2);

internal sealed record DiskFigures(long TotalBytes, long FreeBytes);
