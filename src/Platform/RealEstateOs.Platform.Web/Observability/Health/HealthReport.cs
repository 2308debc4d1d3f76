using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RealEstateOs.Platform.Observability.Metrics;
using Checked = Microsoft.Extensions.Diagnostics.HealthChecks.HealthReport;

namespace RealEstateOs.Platform.Observability.Health;

/// <summary>What a probe found; the details are public.</summary>
internal static class ProbeAnswer
{
    public static HealthCheckResult Healthy(params (string Name, object? Value)[] details) => Of(HealthStatus.Healthy, details);

    public static HealthCheckResult Degraded(params (string Name, object? Value)[] details) => Of(HealthStatus.Degraded, details);

    public static HealthCheckResult Unhealthy(params (string Name, object? Value)[] details) => Of(HealthStatus.Unhealthy, details);

    private static HealthCheckResult Of(HealthStatus status, (string Name, object? Value)[] details) =>
        new(status, data: details.ToDictionary(detail => detail.Name, detail => detail.Value!, StringComparer.Ordinal));
}

/// <summary>One check of a report.</summary>
internal sealed record CheckReport(HealthStatus Status, double ResponseTimeMs, IReadOnlyDictionary<string, object> Details)
{
    // What went wrong inside is nobody's business.
    public static CheckReport Of(HealthReportEntry entry)
    {
        var error = entry.Exception is OperationCanceledException
            ? $"no answer within {ProbeRegistration.Limit.TotalMilliseconds:0} ms" : "failed";
        return new(entry.Status, HealthReport.Milliseconds(entry.Duration),
            entry.Exception is null ? entry.Data : new Dictionary<string, object> { ["error"] = error });
    }
}

/// <summary>The state of the service and of what it stands on.</summary>
internal sealed record HealthReport(
    HealthStatus Status, DateTimeOffset Timestamp, string Service, string Version, IReadOnlyDictionary<string, CheckReport> Checks,
    double ResponseTimeMs)
{
    [JsonIgnore]
    public int StatusCode => Status == HealthStatus.Unhealthy ? 503 : 200;

    public static HealthReport Of(Checked report, DateTimeOffset now) =>
        new(report.Status, now, ServiceInfo.Name, ServiceInfo.Version,
            report.Entries.ToDictionary(e => e.Key, e => CheckReport.Of(e.Value)), Milliseconds(report.TotalDuration));

    public static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}

/// <summary>The state of the service in short.</summary>
internal sealed record HealthSummary(HealthStatus Status, DateTimeOffset Timestamp, string Service, string Version);

/// <summary>The report with the figures of this process and its machine.</summary>
internal sealed record HealthDetails(
    HealthStatus Status, DateTimeOffset Timestamp, string Service, string Version, IReadOnlyDictionary<string, CheckReport> Checks,
    double ResponseTimeMs, ProcessFigures Process, MemoryFigures Memory, DiskFigures Disk);

internal sealed record ProcessFigures(DateTimeOffset StartedAt, double UptimeSeconds, int ProcessorCount, int ThreadCount,
    double ProcessorSeconds, string Runtime);

internal sealed record MemoryFigures(long WorkingSetBytes, long ManagedBytes, long AvailableBytes, int GarbageCollectionsGen2);

internal sealed record DiskFigures(long TotalBytes, long FreeBytes);
