using System.ComponentModel.DataAnnotations;

namespace RealEstateOs.Platform.Caching;

/// <summary>Section <c>Redis</c>; the address itself is <c>ConnectionStrings:Redis</c>.</summary>
public sealed class RedisOptions
{
    public const string Section = "Redis";

    /// <summary>Address and settings in StackExchange.Redis's notation; empty means that there is no Redis.</summary>
    public string? Connection { get; set; }

    /// <summary>Stands before every key and channel, so that installations can share a server.</summary>
    public string KeyPrefix { get; set; } = "reos:";

    /// <summary>No call waits longer.</summary>
    [Range(10, 10_000)]
    public int TimeoutMilliseconds { get; set; } = 300;

    /// <summary>How long nobody tries again after a call that was not answered in time.</summary>
    [Range(50, 60_000)]
    public int RetryAfterMilliseconds { get; set; } = 1_000;
}
