using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace RealEstateOs.Platform.RateLimits;

public static class RateLimitRegistration
{
    /// <summary>Limits and quotas by section <c>RateLimits</c>; needs <c>AddPlatformCaching</c>.</summary>
    public static IServiceCollection AddPlatformRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RateLimitOptions>().Bind(configuration.GetSection(RateLimitOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LocalCounts>(_ => new LocalCounts());
        services.TryAddSingleton<RateCounter>();
        services.TryAddSingleton<QuotaGate>();
        services.TryAddScoped<PlanQuotas>();
        return services;
    }

    /// <summary>After routing and authentication, before authorization.</summary>
    public static IApplicationBuilder UsePlatformRateLimits(this IApplicationBuilder app) => app.UseMiddleware<RateLimitMiddleware>();

    /// <summary>Calls of these endpoints count for nobody: probes, metrics, static pages.</summary>
    public static TBuilder WithoutRateLimit<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(RateLimits.WithoutRateLimit.Mark);
}

internal sealed class WithoutRateLimit
{
    public static readonly WithoutRateLimit Mark = new();
}
