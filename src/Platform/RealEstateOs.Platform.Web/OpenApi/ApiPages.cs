using System.Text;
using Microsoft.AspNetCore.Builder;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>The pages that show /openapi.json: Swagger UI at /docs, ReDoc at /redoc. Neither calls anybody but this host.</summary>
internal static class ApiPages
{
    private const string Title = "Real Estate OS API", Document = "/openapi.json";

    // Swagger UI writes styles into its page, and shows pictures of its own as data.
    private const string OwnHostOnly =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; "
            + "frame-ancestors 'none'";

    // The page that comes with ReDoc asks Google for its letters.
    private const string ReDocPage =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
            <meta charset="utf-8">
            <title>%(DocumentTitle)</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link href="index.css" rel="stylesheet">
        </head>
        <body>
            <div id="redoc-container"></div>
            <script type="module" src="index.js"></script>
        </body>
        </html>
        """;

    /// <summary>
    /// They stand before routing, because they are files, not endpoints; requests for anything else don't pass through them.
    /// </summary>
    public static void UseApiPages(this IApplicationBuilder app)
    {
        app.UseWhen(context => context.Request.Path == "/", root => root.Run(context =>
        {
            context.Response.Redirect("/docs");
            return Task.CompletedTask;
        }));
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/docs") || context.Request.Path.StartsWithSegments("/redoc"),
            AddPages);
    }

    private static void AddPages(IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = OwnHostOnly;
            return next(context);
        });
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.SwaggerEndpoint(Document, "Real Estate OS");
            options.DocumentTitle = Title;
            options.DocExpansion(DocExpansion.None);
            options.DefaultModelsExpandDepth(-1);
            options.EnableDeepLinking();
            options.EnablePersistAuthorization();
            options.DisplayRequestDuration();
            options.EnableFilter();
        });
        app.UseReDoc(options =>
        {
            options.RoutePrefix = "redoc";
            options.SpecUrl = Document;
            options.DocumentTitle = Title;
            options.IndexStream = () => new MemoryStream(Encoding.UTF8.GetBytes(ReDocPage));
            options.ConfigObject.AdditionalItems["disableTelemetry"] = true;
        });
    }
}
