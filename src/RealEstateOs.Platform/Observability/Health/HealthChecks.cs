using Microsoft.Extensions.Logging;

namespace RealEstateOs.Platform.Observability.Health;

/// <summary>Asks all probes at the same time and waits for none longer than its limit.</summary>
internal sealed partial class HealthChecks(IEnumerable<IHealthProbe> probes, TimeProvider clock, ILogger<HealthChecks> logger)
{
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(800);

    public async Task<HealthReport> RunAsync(bool onlyVital, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var asked = probes.Where(probe => probe.IsVital || !onlyVital).ToArray();
        var reports = await Task.WhenAll(asked.Select(probe => Ask(probe, ct)));
        var checks = new Dictionary<string, CheckReport>(StringComparer.Ordinal);
        foreach (var (probe, report) in asked.Zip(reports)) checks[probe.Name] = report;
        var status = reports.Select(report => report.Status).DefaultIfEmpty(ProbeStatus.Healthy).Max();
        return new HealthReport(status, clock.GetUtcNow(), ServiceInfo.Name, ServiceInfo.Version, checks, Since(started));
    }

    private async Task<CheckReport> Ask(IHealthProbe probe, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var result = await Result(probe, ct);
        return new CheckReport(result.Status, Since(started), result.Details);
    }

    private async Task<ProbeResult> Result(IHealthProbe probe, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(Limit);
        var token = limited.Token;
        try
        {
            // Not every driver heeds its token when the other side hangs.
            return await Task.Run(() => probe.CheckAsync(token), token).WaitAsync(Limit, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return Failed(probe, $"no answer within {Limit.TotalMilliseconds:0} ms");
        }
#pragma warning disable CA1031 // whatever a probe throws is what it found
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(logger, e, probe.Name);
            return Failed(probe, "failed");
        }
    }

    private static ProbeResult Failed(IHealthProbe probe, string error) =>
        probe.IsVital ? ProbeResult.Unhealthy(("error", error)) : ProbeResult.Degraded(("error", error));

    private double Since(long started) => Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 1);

    [LoggerMessage(LogLevel.Debug, "Health probe {Probe} failed")]
    private static partial void LogFailed(ILogger logger, Exception e, string probe);
}
