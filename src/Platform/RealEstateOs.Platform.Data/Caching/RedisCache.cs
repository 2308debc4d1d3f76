using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace RealEstateOs.Platform.Caching;

/// <summary>The product's only way to Redis. No operation throws because Redis is away, and none waits for long.</summary>
public sealed partial class RedisCache
{
    private readonly RedisConnection _connection;
    private readonly RedisOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<RedisCache> _logger;
    private long _hungAt;
    private bool _isAway;

    internal RedisCache(RedisConnection connection, IOptions<RedisOptions> options, TimeProvider clock, ILogger<RedisCache> logger) =>
        (_connection, _options, _clock, _logger) = (connection, options.Value, clock, logger);

    /// <summary>False when no address is configured.</summary>
    public bool IsConfigured => _connection.IsConfigured;

    /// <summary>The value, or null when there is none.</summary>
    public Task<RedisReply<string?>> GetAsync(string key, CancellationToken ct = default) =>
        Ask(async db => (string?)await db.StringGetAsync(Key(key)), ct);

    /// <summary>The value, or null when there is none.</summary>
    public Task<RedisReply<byte[]?>> GetBytesAsync(string key, CancellationToken ct = default) =>
        Ask(async db => (byte[]?)await db.StringGetAsync(Key(key)), ct);

    public Task<RedisReply<bool>> SetAsync(string key, string value, TimeSpan lifetime, CancellationToken ct = default) =>
        Ask(db => db.StringSetAsync(Key(key), value, lifetime), ct);

    public Task<RedisReply<bool>> SetAsync(string key, byte[] value, TimeSpan lifetime, CancellationToken ct = default) =>
        Ask(db => db.StringSetAsync(Key(key), value, lifetime), ct);

    /// <summary>True when the key was free and is now ours.</summary>
    public Task<RedisReply<bool>> SetIfAbsentAsync(string key, string value, TimeSpan lifetime, CancellationToken ct = default) =>
        Ask(db => db.StringSetAsync(Key(key), value, lifetime, When.NotExists), ct);

    /// <summary>True when the key existed.</summary>
    public Task<RedisReply<bool>> DeleteAsync(string key, CancellationToken ct = default) =>
        Ask(db => db.KeyDeleteAsync(Key(key)), ct);

    /// <summary>Runs a script on keys given without the prefix; faults of the script itself throw.</summary>
    public Task<RedisReply<RedisResult>> EvaluateAsync(string script, IEnumerable<string> keys, RedisValue[] arguments,
        CancellationToken ct = default)
    {
        var prefixed = keys.Select(Key).ToArray();
        return Ask(db => db.ScriptEvaluateAsync(script, prefixed, arguments), ct);
    }

    /// <summary>How many subscribers this server handed the message to.</summary>
    public Task<RedisReply<long>> PublishAsync(string channel, string message, CancellationToken ct = default) =>
        Ask(db => db.PublishAsync(RedisChannel.Literal(_options.KeyPrefix + channel), message), ct);

    /// <summary>The server's own figures (<c>INFO</c>), for health pages.</summary>
    public Task<RedisReply<IReadOnlyDictionary<string, string>>> InfoAsync(CancellationToken ct = default) =>
        Ask(async db => Figures((string?)await db.ExecuteAsync("INFO") ?? ""), ct);

    private RedisKey Key(string key) => _options.KeyPrefix + key;

    private async Task<RedisReply<T>> Ask<T>(Func<IDatabase, Task<T>> operation, CancellationToken ct)
    {
        if (!IsConfigured || IsHung()) return default;
        var patience = TimeSpan.FromMilliseconds(_options.TimeoutMilliseconds);
        try
        {
            var multiplexer = await _connection.Multiplexer.WaitAsync(patience, ct);
            if (!multiplexer.IsConnected) return Away<T>("not connected");
            var value = await operation(multiplexer.GetDatabase()).WaitAsync(patience, ct);
            if (_isAway && Interlocked.Exchange(ref _isAway, false)) LogBack();
            return new RedisReply<T>(value);
        }
        catch (Exception e) when (MeansAway(e))
        {
            if (e is TimeoutException) Volatile.Write(ref _hungAt, _clock.GetTimestamp());
            return Away<T>(e.Message);
        }
    }

    // The client hangs up on a silent server only after a while; until then nobody else waits for it, and one call in a while tries it.
    private bool IsHung() => Volatile.Read(ref _hungAt) is var since and not 0
        && _clock.GetElapsedTime(since) < TimeSpan.FromMilliseconds(_options.RetryAfterMilliseconds);

    private RedisReply<T> Away<T>(string reason)
    {
        if (!Interlocked.Exchange(ref _isAway, true)) LogAway(reason);
        return default;
    }

    /// <summary>
    /// A server that is loading, full or read-only is as good as away; a wrong command or script is our own fault and throws.
    /// </summary>
    private static bool MeansAway(Exception e) => e switch
    {
        RedisServerException server => !(server.Message.StartsWith("ERR", StringComparison.Ordinal)
            || server.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal)),
        RedisException or TimeoutException or ObjectDisposedException => true, // the client's own time-out is no RedisException
        _ => false,
    };

    private static IReadOnlyDictionary<string, string> Figures(string info)
    {
        var figures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in info.Split('\n', StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) figures[line[..colon]] = line[(colon + 1)..];
        }
        return figures;
    }

    [LoggerMessage(LogLevel.Warning, "Redis is away ({Reason}); the product goes on without it")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "Redis is back")]
    private partial void LogBack();
}
