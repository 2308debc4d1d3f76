using RealEstateOs.Platform.Observability.Health;

namespace RealEstateOs.Platform.Jobs;

/// <summary>Does anybody run jobs? The line keeps the name that clients know from the readme.</summary>
internal sealed class JobsProbe(JobFigures figures) : IHealthProbe
{
    public string Name => "celery";

    public Task<ProbeResult> CheckAsync(CancellationToken ct) => Task.Run(() =>
    {
        var runners = figures.Runners();
        return runners.Count > 0
            ? ProbeResult.Healthy(("workers", runners.Count), ("running", runners.Sum(r => r.Running)))
            : ProbeResult.Degraded(("workers", 0), ("error", "No host that runs jobs gave a sign of life within a minute."));
    }, ct);
}
