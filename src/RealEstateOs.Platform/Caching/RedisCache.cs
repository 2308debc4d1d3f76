using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace RealEstateOs.Platform.Caching;

/// <summary>The product's only way to Redis. No operation throws because Redis is away, and none waits for long.</summary>
public sealed class RedisCache : IAsyncDisposable
{
    private readonly RedisOptions _options;
    private readonly TimeSpan _timeout;
    private readonly RedisCircuit _circuit;
    private readonly RedisConnection _commands;

    public RedisCache(IOptions<RedisOptions> options, TimeProvider clock, ILogger<RedisCache> logger)
    {
        _options = options.Value;
        _timeout = TimeSpan.FromMilliseconds(_options.TimeoutMilliseconds);
        _circuit = new RedisCircuit(TimeSpan.FromMilliseconds(_options.RetryAfterMilliseconds), clock, logger);
        _commands = new RedisConnection(_options, keepsOrder: false);
    }

    /// <summary>False when no address is configured.</summary>
    public bool IsConfigured => _commands.IsConfigured;

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
        Ask(db => db.PublishAsync(_options.KeyPrefix + channel, message), ct);

    /// <summary>The server's own figures (<c>INFO</c>), for health pages.</summary>
    public Task<RedisReply<IReadOnlyDictionary<string, string>>> InfoAsync(CancellationToken ct = default) =>
        Ask(async db => Figures((string?)await db.ExecuteAsync("INFO") ?? ""), ct);

    /// <summary>Takes the time that a first connection needs, which no single call waits for.</summary>
    internal async Task ConnectAsync(CancellationToken ct)
    {
        if (!IsConfigured) return;
        await ((Task)_commands.Multiplexer.WaitAsync(ct)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await InfoAsync(ct);
    }

    public async ValueTask DisposeAsync() => await _commands.DisposeAsync();

    private RedisKey Key(string key) => _options.KeyPrefix + key;

    private async Task<RedisReply<T>> Ask<T>(Func<IDatabase, Task<T>> operation, CancellationToken ct)
    {
        if (!IsConfigured || !_circuit.MayTry()) return default;
        try
        {
            var value = await Answer(operation).WaitAsync(_timeout, ct);
            _circuit.Succeeded();
            return new RedisReply<T>(value);
        }
        catch (Exception e) when (RedisFaults.MeansAway(e))
        {
            _circuit.Failed(e);
            return default;
        }
    }

    private async Task<T> Answer<T>(Func<IDatabase, Task<T>> operation)
    {
        var database = (await _commands.Multiplexer).GetDatabase();
        try
        {
            return await operation(database);
        }
        catch (RedisServerException e) when (RedisFaults.ScriptWasForgotten(e))
        {
            return await operation(database);
        }
    }

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
}
