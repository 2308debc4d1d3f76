using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RealEstateOs.Platform.Observability.Health;
using RealEstateOs.Platform.Observability.Logs;
using RealEstateOs.Platform.Observability.Metrics;

namespace RealEstateOs.Platform.Observability;

public static class ObservabilityRegistration
{
    public static IServiceCollection AddPlatformObservability(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogs(configuration);
        services.AddTelemetry(configuration);
        services.AddHealthChecks().AddProbe<DatabaseProbe>("database", vital: true).AddProbe<SchemaProbe>("schema", vital: true)
            .AddProbe<RedisProbe>("redis").AddProbe<StorageProbe>("storage").AddProbe<JobsProbe>(JobsProbe.Name);
        return services;
    }

    /// <summary>Outermost but for <c>UseForwardedClients</c>: request id, and one line a request.</summary>
    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app) => app.UseMiddleware<RequestLogMiddleware>();
}
