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
/// <param name="ResponseTimeMs">How long the check took, in milliseconds.</param>
/// <param name="Details">What it found, by name.</param>
/// <param name="Status">healthy, degraded or unhealthy.</param>
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
/// <param name="Timestamp">When it was checked.</param>
/// <param name="Service">Name of the product.</param>
/// <param name="Version">Version of the product.</param>
/// <param name="Checks">Each part that the service stands on, by name.</param>
/// <param name="ResponseTimeMs">How long all checks took, in milliseconds.</param>
/// <param name="Status">healthy, degraded (something that it can do without is missing) or unhealthy (it can't serve).</param>
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
/// <param name="Timestamp">When it was checked.</param>
/// <param name="Service">Name of the product.</param>
/// <param name="Version">Version of the product.</param>
/// <param name="Status">healthy, degraded (something that it can do without is missing) or unhealthy (it can't serve).</param>
internal sealed record HealthSummary(HealthStatus Status, DateTimeOffset Timestamp, string Service, string Version);

/// <summary>The report with the figures of this process and its machine.</summary>
/// <param name="Timestamp">When it was checked.</param>
/// <param name="Service">Name of the product.</param>
/// <param name="Version">Version of the product.</param>
/// <param name="Checks">Each part that the service stands on, by name.</param>
/// <param name="ResponseTimeMs">How long all checks took, in milliseconds.</param>
/// <param name="Process">The process that answers.</param>
/// <param name="Memory">Its memory.</param>
/// <param name="Disk">The disk that it writes to.</param>
/// <param name="Status">healthy, degraded (something that it can do without is missing) or unhealthy (it can't serve).</param>
internal sealed record HealthDetails(
    HealthStatus Status, DateTimeOffset Timestamp, string Service, string Version, IReadOnlyDictionary<string, CheckReport> Checks,
    double ResponseTimeMs, ProcessFigures Process, MemoryFigures Memory, DiskFigures Disk);

/// <param name="StartedAt">When the process began.</param>
/// <param name="UptimeSeconds">Since then.</param>
/// <param name="ProcessorCount">Cores that it may use.</param>
/// <param name="ThreadCount">Its threads.</param>
/// <param name="ProcessorSeconds">Processor time since it began, of all cores.</param>
/// <param name="Runtime">Version of .NET.</param>
internal sealed record ProcessFigures(DateTimeOffset StartedAt, double UptimeSeconds, int ProcessorCount, int ThreadCount,
    double ProcessorSeconds, string Runtime);

/// <param name="WorkingSetBytes">Memory that the process holds.</param>
/// <param name="ManagedBytes">Of it, what .NET's objects take.</param>
/// <param name="AvailableBytes">What it may take in all.</param>
/// <param name="GarbageCollectionsGen2">Full garbage collections since it began.</param>
internal sealed record MemoryFigures(long WorkingSetBytes, long ManagedBytes, long AvailableBytes, int GarbageCollectionsGen2);

/// <param name="TotalBytes">Size of the disk.</param>
/// <param name="FreeBytes">What is left of it.</param>
internal sealed record DiskFigures(long TotalBytes, long FreeBytes);
