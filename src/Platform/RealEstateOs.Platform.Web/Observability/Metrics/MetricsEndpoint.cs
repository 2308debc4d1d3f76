using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealEstateOs.Platform.Observability.Logs;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.Platform.Observability.Metrics;

public static class MetricsEndpoint
{
    /// <summary>Prometheus's text format; no operation of the API, so not in its description.</summary>
    public static IEndpointRouteBuilder MapMetrics(this IEndpointRouteBuilder routes)
    {
        routes.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous().WithoutRateLimit().WithMetadata(QuietRequest.Mark)
            .ExcludeFromDescription();
        return routes;
    }
}
