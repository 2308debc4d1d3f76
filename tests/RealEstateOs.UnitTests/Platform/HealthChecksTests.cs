using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RealEstateOs.Platform.Observability.Health;
using HealthReport = RealEstateOs.Platform.Observability.Health.HealthReport;

namespace RealEstateOs.UnitTests.Platform;

public sealed class HealthChecksTests
{
    private static readonly Func<CancellationToken, Task<HealthCheckResult>> Fine =
        _ => Task.FromResult(ProbeAnswer.Healthy(("connection", "ok")));

    [Fact]
    public async Task All_well_is_healthy()
    {
        var report = await AskAsync(("database", true, Fine));
        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(200, report.StatusCode);
        Assert.Equal("ok", report.Checks["database"].Details["connection"]);
    }

    [Fact]
    public async Task A_hanging_database_is_unhealthy_and_not_waited_for()
    {
        var watch = Stopwatch.StartNew();
        var report = await AskAsync(("database", true, async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20), CancellationToken.None);
            return ProbeAnswer.Healthy();
        }));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}"); // not the 20 s that the database hangs
        Assert.Equal(503, report.StatusCode);
        Assert.Equal("no answer within 800 ms", report.Checks["database"].Details["error"]);
    }

    [Fact]
    public async Task A_failing_side_service_only_degrades_and_says_nothing_of_the_inside()
    {
        var report = await AskAsync(("database", true, Fine),
            ("redis", false, _ => throw new InvalidOperationException("password=geheim")));
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Equal(200, report.StatusCode);
        Assert.Equal("failed", report.Checks["redis"].Details["error"]);
    }

    private static async Task<HealthReport> AskAsync(
        params (string Name, bool Vital, Func<CancellationToken, Task<HealthCheckResult>> Check)[] probes)
    {
        var checks = new ServiceCollection().AddLogging().AddHealthChecks();
        foreach (var (name, vital, check) in probes) checks.AddProbe(name, vital, _ => new Probe(check));
        await using var services = checks.Services.BuildServiceProvider();
        return HealthReport.Of(
            await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken),
            DateTimeOffset.UnixEpoch);
    }

    private sealed class Probe(Func<CancellationToken, Task<HealthCheckResult>> check) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
            check(cancellationToken);
    }
}
