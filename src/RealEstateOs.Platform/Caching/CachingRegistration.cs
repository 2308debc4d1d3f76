using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RealEstateOs.Platform.Caching;

public static class CachingRegistration
{
    /// <summary>Redis by <c>ConnectionStrings:Redis</c>; connects at the first use, never in the way of the start.</summary>
    public static IServiceCollection AddPlatformCaching(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RedisOptions>()
            .Bind(configuration.GetSection(RedisOptions.Section))
            .PostConfigure(o => o.Connection ??= configuration.GetConnectionString("Redis"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RedisCache>();
        services.TryAddSingleton<RedisSubscriptions>();
        services.TryAddSingleton<NearCache>();
        services.AddHostedService<RedisWarmUp>();
        return services;
    }
}
