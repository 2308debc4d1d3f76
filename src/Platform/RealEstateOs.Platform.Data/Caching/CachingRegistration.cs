using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace RealEstateOs.Platform.Caching;

public static class CachingRegistration
{
    /// <summary>Redis by <c>ConnectionStrings:Redis</c>; connects beside the start, never in its way.</summary>
    public static IServiceCollection AddPlatformCaching(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RedisOptions>()
            .Bind(configuration.GetSection(RedisOptions.Section))
            .PostConfigure(o => o.Connection ??= configuration.GetConnectionString("Redis"))
            .ValidateDataAnnotations()
            .Validate(o => CanBeRead(o.Connection), "ConnectionStrings:Redis is not in StackExchange.Redis's notation: "
                + "host:6379,password=…")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RedisConnection>();
        services.AddHostedService(p => p.GetRequiredService<RedisConnection>());
        services.AddSingleton(p => new RedisCache(p.GetRequiredService<RedisConnection>(), p.GetRequiredService<IOptions<RedisOptions>>(),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<RedisCache>>()));
        services.AddSingleton(p => new RedisSubscriptions(p.GetRequiredService<RedisConnection>(),
            p.GetRequiredService<IOptions<RedisOptions>>(), p.GetRequiredService<ILogger<RedisSubscriptions>>()));
        services.TryAddSingleton<NearCache>();
        return services;
    }

    private static bool CanBeRead(string? connection)
    {
        if (string.IsNullOrWhiteSpace(connection)) return true;
        try
        {
            return ConfigurationOptions.Parse(connection).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
