using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Observability.Logs;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.Platform.Observability.Metrics;

public static class MetricsEndpoint
{
    /// <summary>Prometheus's text format; no operation of the API, so not in its description.</summary>
    public static IEndpointRouteBuilder MapMetrics(this IEndpointRouteBuilder routes)
    {
        // Resolved here, so that measuring begins before the first request.
        var pipeline = routes.ServiceProvider.GetRequiredService<TelemetryPipeline>();
        routes.MapGet("/metrics", () => TypedResults.Text(pipeline.Prometheus.Scrape(), "text/plain; version=0.0.4", Encoding.UTF8))
            .AllowAnonymous().WithoutRateLimit().WithMetadata(QuietRequest.Mark).ExcludeFromDescription();
        return routes;
    }
}
