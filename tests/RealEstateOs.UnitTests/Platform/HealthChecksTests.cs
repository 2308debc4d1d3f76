using System.Diagnostics;
using RealEstateOs.Platform.Observability.Health;

namespace RealEstateOs.UnitTests.Platform;

public sealed class HealthChecksTests
{
    [Fact]
    public async Task All_well_is_healthy()
    {
        var report = await Run(new Probe("database", true, _ => Task.FromResult(ProbeResult.Healthy(("connection", "ok")))));
        Assert.Equal(ProbeStatus.Healthy, report.Status);
        Assert.Equal(200, report.StatusCode);
        Assert.Equal("ok", report.Checks["database"].Details["connection"]);
    }

    [Fact]
    public async Task A_hanging_database_is_unhealthy_and_not_waited_for()
    {
        var watch = Stopwatch.StartNew();
        var report = await Run(new Probe("database", true, async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20), CancellationToken.None);
            return ProbeResult.Healthy();
        }));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}"); // not the 20 s that the database hangs
        Assert.Equal(503, report.StatusCode);
    }

    [Fact]
    public async Task A_failing_side_service_only_degrades_and_says_nothing_of_the_inside()
    {
        var report = await Run(
            new Probe("database", true, _ => Task.FromResult(ProbeResult.Healthy())),
            new Probe("redis", false, _ => throw new InvalidOperationException("password=geheim")));
        Assert.Equal(ProbeStatus.Degraded, report.Status);
        Assert.Equal(200, report.StatusCode);
        Assert.Equal("failed", report.Checks["redis"].Details["error"]);
    }

    [Fact]
    public async Task Readiness_asks_the_vital_probes_only()
    {
        var checks = new HealthChecks(
            [new Probe("database", true, _ => Task.FromResult(ProbeResult.Healthy())),
                new Probe("redis", false, _ => throw new InvalidOperationException())],
            TimeProvider.System, new RecordedLog<HealthChecks>());
        var report = await checks.RunAsync(onlyVital: true, TestContext.Current.CancellationToken);
        Assert.Equal(["database"], report.Checks.Keys);
        Assert.Equal(ProbeStatus.Healthy, report.Status);
    }

    private static Task<HealthReport> Run(params IHealthProbe[] probes) =>
        new HealthChecks(probes, TimeProvider.System, new RecordedLog<HealthChecks>()).RunAsync(onlyVital: false,
            TestContext.Current.CancellationToken);

    private sealed class Probe(string name, bool vital, Func<CancellationToken, Task<ProbeResult>> check) : IHealthProbe
    {
        public string Name => name;

        public bool IsVital => vital;

        public Task<ProbeResult> CheckAsync(CancellationToken ct) => check(ct);
    }
}
