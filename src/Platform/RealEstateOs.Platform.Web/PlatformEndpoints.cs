using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using RealEstateOs.Platform.Audit;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Events.Live;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Observability.Health;
using RealEstateOs.Platform.Observability.Metrics;
using RealEstateOs.Platform.OpenApi;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Platform;

public static class PlatformEndpoints
{
    /// <summary>The platform's own routes.</summary>
    public static IEndpointRouteBuilder MapPlatform(this IEndpointRouteBuilder app) => app
        .MapLiveEvents()
        .MapOpenApi()
        .MapJobs()
        .MapFiles()
        .MapHealth()
        .MapMetrics()
        .MapAudit();

    private static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder app)
    {
        app.MapApi("Audit").MapGet("/audit-logs", ListAuditLogs.Handle).NeedsInFull(AuditPermissions.Read);
        return app;
    }
}
