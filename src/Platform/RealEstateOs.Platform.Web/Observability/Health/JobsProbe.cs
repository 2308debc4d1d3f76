using Microsoft.Extensions.Diagnostics.HealthChecks;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Platform.Observability.Health;

/// <summary>Does anybody run jobs? The line keeps the name that clients know from the readme.</summary>
internal sealed class JobsProbe(JobFigures figures) : IHealthCheck
{
    public const string Name = "celery";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var runners = figures.Runners();
        return Task.FromResult(runners.Count > 0
            ? ProbeAnswer.Healthy(("workers", runners.Count), ("running", runners.Sum(r => r.Running)))
            : ProbeAnswer.Degraded(("workers", 0), ("error", "No host that runs jobs gave a sign of life within a minute.")));
    }
}
