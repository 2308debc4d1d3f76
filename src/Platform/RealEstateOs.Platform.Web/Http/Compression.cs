using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// Answers in Brotli or gzip for clients that take it. What is read only, and holds no secret: beside text of a stranger's choosing the
/// length of a compressed secret tells what it is.
/// </summary>
internal static class Compression
{
    private static readonly string[] Kept = ["/api/v1/auth", "/auth", "/account", "/files", "/hangfire"];

    public static IServiceCollection AddPlatformCompression(this IServiceCollection services) => services
        .AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json", "text/csv", "text/html", "text/plain", "text/css", "text/javascript", "text/calendar",
                "application/xml", "text/xml"];
        })
        .Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest)
        .Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);

    public static IApplicationBuilder UsePlatformCompression(this IApplicationBuilder app) =>
        app.UseWhen(context => MayShrink(context.Request), branch => branch.UseResponseCompression());

    private static bool MayShrink(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && !Kept.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
