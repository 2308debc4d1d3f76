using Microsoft.Extensions.Hosting;

namespace RealEstateOs.Platform.Caching;

/// <summary>Connects beside the start, so that the first request doesn't find Redis "away" for want of a connection.</summary>
internal sealed class RedisWarmUp(RedisCache redis) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => redis.ConnectAsync(stoppingToken);
}
