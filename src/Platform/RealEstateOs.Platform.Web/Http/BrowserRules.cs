using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// What browsers may do with the API. Other origins are named in <c>Cors:Origins</c> (or CORS_ORIGINS, comma separated);
/// in Development every local one may. Tokens travel in headers, never in cookies, so no credentials are allowed.
/// </summary>
internal static class BrowserRules
{
    private static readonly string[] Readable =
        ["ETag", "Link", "Location", "Retry-After", "X-Total-Count", "X-Request-ID", "Idempotency-Replayed", "RateLimit",
            "RateLimit-Policy",
         "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Content-Disposition", UnknownParameters.Header,
         UnknownMembers.Header];

    public static IServiceCollection AddBrowserRules(this IServiceCollection services, IConfiguration configuration,
        IHostEnvironment environment)
    {
        var origins = configuration.GetSection("Cors:Origins").Get<string[]>()
            ?? configuration["CORS_ORIGINS"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            policy.AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(Readable).SetPreflightMaxAge(TimeSpan.FromHours(1));
            if (environment.IsDevelopment() && origins.Length == 0)
                policy.SetIsOriginAllowed(origin => Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.IsLoopback);
            else policy.WithOrigins(origins);
        }));
    }

    public static IApplicationBuilder UseBrowserRules(this IApplicationBuilder app) => app
        .Use((context, next) =>
        {
            context.Response.OnStarting(() => // an error clears what was set before it
            {
                context.Response.Headers.XContentTypeOptions = "nosniff";
                context.Response.Headers["Referrer-Policy"] = "no-referrer";
                // No page of ours is framed, those that ask for passwords least.
                if (context.Response.Headers.ContentSecurityPolicy.Count == 0)
                    (context.Response.Headers.ContentSecurityPolicy, context.Response.Headers.XFrameOptions) =
                        ("frame-ancestors 'none'", "DENY");
                return Task.CompletedTask;
            });
            return next(context);
        })
        .UseCors();
}
