using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Platform.Jobs;

internal static class JobEndpoints
{
    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder app)
    {
        app.MapApi("Jobs").MapGet("/status/{id}", GetJobStatus.Handle).NeedsOnlySignIn();
        return app;
    }
}
