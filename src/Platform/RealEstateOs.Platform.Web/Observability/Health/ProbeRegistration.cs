using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RealEstateOs.Platform.Observability.Health;

internal static class ProbeRegistration
{
    /// <summary>The tag of checks that readiness asks.</summary>
    public const string Vital = "vital";

    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(800);

    /// <summary>
    /// One line of <c>/health</c>. Without a vital one nothing can be served: its failure is "unhealthy" and ends readiness; that of
    /// others is "degraded".
    /// </summary>
    public static IHealthChecksBuilder AddProbe<T>(this IHealthChecksBuilder checks, string name, bool vital = false)
        where T : class, IHealthCheck
    {
        checks.Services.AddSingleton<T>();
        return checks.AddProbe(name, vital, services => services.GetRequiredService<T>());
    }

    internal static IHealthChecksBuilder AddProbe(this IHealthChecksBuilder checks, string name, bool vital,
        Func<IServiceProvider, IHealthCheck> probe) => checks.Add(new HealthCheckRegistration(name,
            services => new Punctual(probe(services)), vital ? HealthStatus.Unhealthy : HealthStatus.Degraded,
            vital ? [Vital] : [], Limit));

    // Not every driver heeds its token when the other side hangs.
    private sealed class Punctual(IHealthCheck probe) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
            Task.Run(() => probe.CheckHealthAsync(context, cancellationToken), cancellationToken).WaitAsync(cancellationToken);
    }
}
