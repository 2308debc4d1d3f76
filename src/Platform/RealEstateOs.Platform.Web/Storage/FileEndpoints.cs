using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Platform.Storage;

internal static class FileEndpoints
{
    public static IEndpointRouteBuilder MapFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(FileLinks.Route, DownloadFile.Handle).WithTags("Files").AllowAnonymous().AnswersFile("application/octet-stream");
        return app;
    }
}
