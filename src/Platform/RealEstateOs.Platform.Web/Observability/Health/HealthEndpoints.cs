using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Observability.Logs;
using RealEstateOs.Platform.Observability.Metrics;
using RealEstateOs.Platform.RateLimits;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Platform.Observability.Health;

public static class HealthEndpoints
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        var probes = routes.MapGroup("").WithTags("Health").WithoutRateLimit().WithMetadata(QuietRequest.Mark);
        probes.MapGet("/health", Report).AllowAnonymous().Produces<HealthReport>().Produces<HealthReport>(503);
        probes.MapGet("/healthz", Summary).AllowAnonymous().Produces<HealthSummary>().Produces<HealthSummary>(503);
        probes.MapGet("/live", Live).AllowAnonymous().Produces<HealthSummary>();
        probes.MapGet("/ready", Ready).AllowAnonymous().Produces<HealthReport>().Produces<HealthReport>(503);
        probes.MapGet("/api/v1/health", Summary).AllowAnonymous().Produces<HealthSummary>().Produces<HealthSummary>(503)
            .WithName("getHealthSummary");
        probes.MapGet("/api/v1/health/details", Details).NeedsOnlySignIn().Produces<HealthDetails>().Produces<HealthDetails>(503);
        return routes;
    }

    /// <summary>Each check with its time; 503 when the service can't serve, 200 when it is whole or only degraded.</summary>
    private static async Task<IResult> Report(HealthCheckService checks, TimeProvider clock, CancellationToken ct) =>
        Answer(await AskAsync(checks, clock, onlyVital: false, ct));

    /// <summary>The overall state in one word.</summary>
    private static async Task<IResult> Summary(HealthCheckService checks, TimeProvider clock, CancellationToken ct)
    {
        var report = await AskAsync(checks, clock, onlyVital: false, ct);
        return Write(new HealthSummary(report.Status, report.Timestamp, report.Service, report.Version), report.StatusCode);
    }

    /// <summary>The process runs; nothing else is asked, because a restart would not bring a database back.</summary>
    private static IResult Live(TimeProvider clock) =>
        Write(new HealthSummary(HealthStatus.Healthy, clock.GetUtcNow(), ServiceInfo.Name, ServiceInfo.Version), 200);

    /// <summary>Ready for traffic: the database answers and its schema is complete.</summary>
    private static async Task<IResult> Ready(HealthCheckService checks, TimeProvider clock, CancellationToken ct) =>
        Answer(await AskAsync(checks, clock, onlyVital: true, ct));

    /// <summary>All checks, with the figures of process, memory and disk.</summary>
    private static async Task<IResult> Details(HealthCheckService checks, IConfiguration configuration, TimeProvider clock,
        CancellationToken ct)
    {
        var report = await AskAsync(checks, clock, onlyVital: false, ct);
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime).ToUniversalTime();
        var memory = GC.GetGCMemoryInfo();
        var disk = new DriveInfo(StorageRegistration.FolderOf(configuration));
        var details = new HealthDetails(
            report.Status, report.Timestamp, report.Service, report.Version, report.Checks, report.ResponseTimeMs,
            new ProcessFigures(
                started, Math.Round((report.Timestamp - started).TotalSeconds, 1), Environment.ProcessorCount, process.Threads.Count,
                Math.Round(process.TotalProcessorTime.TotalSeconds, 1), RuntimeInformation.FrameworkDescription),
            new MemoryFigures(process.WorkingSet64, GC.GetTotalMemory(false), memory.TotalAvailableMemoryBytes, GC.CollectionCount(2)),
            new DiskFigures(disk.TotalSize, disk.AvailableFreeSpace));
        return Write(details, report.StatusCode);
    }

    private static async Task<HealthReport> AskAsync(HealthCheckService checks, TimeProvider clock, bool onlyVital, CancellationToken ct) =>
        HealthReport.Of(await checks.CheckHealthAsync(c => !onlyVital || c.Tags.Contains(ProbeRegistration.Vital), ct), clock.GetUtcNow());

    private static IResult Answer(HealthReport report) => Write(report, report.StatusCode);

    private static IResult Write<T>(T body, int status) => TypedResults.Json(body, Json.Options, "application/json", status);
}
