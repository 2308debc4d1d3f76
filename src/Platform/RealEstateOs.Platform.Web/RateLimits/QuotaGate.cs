using System.Collections.Concurrent;
using RealEstateOs.Platform.Caching;

namespace RealEstateOs.Platform.RateLimits;

/// <summary>Whether a quota had room, what is left of it and when there will be more.</summary>
public readonly record struct QuotaDecision(bool IsAllowed, int Limit, int Remaining, DateTimeOffset ResetAt);

/// <summary>Quotas of a plan (<see cref="PlanLimits"/>). A refusal is a 429 <c>RATE_002</c>.</summary>
public sealed class QuotaGate
{
    private const string EnterScript = """
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
        if not redis.call('ZSCORE', KEYS[1], ARGV[3]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
        redis.call('ZADD', KEYS[1], ARGV[4], ARGV[3])
        redis.call('PEXPIREAT', KEYS[1], redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2])
        return 1
        """;

    private const string LeaveScript = "return redis.call('ZREM', KEYS[1], ARGV[1])";

    private readonly RateCounter _counter;
    private readonly RedisCache _redis;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Dictionary<string, long>> _local = new(StringComparer.Ordinal);

    public QuotaGate(RedisCache redis, TimeProvider clock)
        : this(new RateCounter(redis, new LocalCounts(), clock), redis, clock)
    {
    }

    internal QuotaGate(RateCounter counter, RedisCache redis, TimeProvider clock)
    {
        _counter = counter;
        _redis = redis;
        _clock = clock;
    }

    /// <summary>
    /// Takes one of <paramref name="limit"/> per <paramref name="window"/> for a subject such as <c>org_5</c>, or nothing.
    /// </summary>
    public async Task<QuotaDecision> TryTakeAsync(string subject, string quota, int limit, TimeSpan window, CancellationToken ct = default)
    {
        var decision = await _counter.TakeAsync([new RateWindow(quota, $"quota:{quota}:{subject}", limit, window)], ct);
        return new QuotaDecision(decision.IsAllowed, limit, decision.Remaining, decision.ResetAt);
    }

    /// <summary>What was taken for nothing.</summary>
    public Task GiveBackAsync(string subject, string quota, int limit, TimeSpan window) =>
        _counter.GiveBackAsync(new RateWindow(quota, $"quota:{quota}:{subject}", limit, window));

    /// <summary>
    /// One of at most <paramref name="limit"/> at the same time. Entering again prolongs; who never leaves is forgotten after
    /// <paramref name="lease"/>.
    /// </summary>
    public async Task<bool> TryEnterAsync(string subject, string quota, string holder, int limit, TimeSpan lease,
        CancellationToken ct = default)
    {
        var key = Key(subject, quota);
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var until = now + (long)lease.TotalMilliseconds;
        var reply = await _redis.EvaluateAsync(EnterScript, [key], [now, limit, holder, until], ct);
        return reply.TryGet(out var entered) ? (bool)entered : EnterLocally(key, holder, limit, now, until);
    }

    public async Task LeaveAsync(string subject, string quota, string holder, CancellationToken ct = default)
    {
        var key = Key(subject, quota);
        if (_local.TryGetValue(key, out var holders))
            lock (holders) holders.Remove(holder);
        await _redis.EvaluateAsync(LeaveScript, [key], [holder], ct);
    }

    private static string Key(string subject, string quota) => $"slots:{quota}:{subject}";

    private bool EnterLocally(string key, string holder, int limit, long now, long until)
    {
        var holders = _local.GetOrAdd(key, _ => new Dictionary<string, long>(StringComparer.Ordinal));
        lock (holders)
        {
            foreach (var (name, ends) in holders)
                if (ends <= now) holders.Remove(name);
            if (!holders.ContainsKey(holder) && holders.Count >= limit) return false;
            holders[holder] = until;
            return true;
        }
    }
}
