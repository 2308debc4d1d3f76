using System.Collections.Concurrent;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Caching;

/// <summary>
/// What every request asks and few change, in this host's memory. A change is announced to all hosts before it commits, and again
/// after it; from then on nobody remembers that key for a while, so that a reader who was under way can't keep its old answer. An
/// announcement that is lost makes an answer two seconds old at most; while this host hears none, it remembers nothing.
/// </summary>
public sealed class NearCache : IDisposable
{
    private const string Channel = "near:changed";
    private const int SweepEvery = 4_096;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2), Forgotten = TimeSpan.FromSeconds(40);

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly RedisCache redis;
    private readonly RedisSubscriptions.Subscription changes;
    private readonly TimeProvider clock;
    private int kept;

    public NearCache(RedisCache redis, RedisSubscriptions subscriptions, TimeProvider clock)
    {
        (this.redis, this.clock) = (redis, clock);
        changes = subscriptions.Subscribe(Channel, keys => Forget(keys.Split(' ')));
    }

    public T? Find<T>(string key) where T : class =>
        entries.TryGetValue(key, out var entry) && entry.Until > Now && changes.IsHeard ? entry.Value as T : null;

    /// <summary>Remembers an answer under a key without spaces, unless it is about to change.</summary>
    public void Keep(string key, object value)
    {
        if (!changes.IsHeard) return;
        var (now, entry) = (Now, new Entry(value, Now + Kept.Ticks));
        entries.AddOrUpdate(key, entry, (_, standing) => standing.Until > now ? standing : entry);
        if (Interlocked.Increment(ref kept) % SweepEvery == 0) Sweep(now);
    }

    /// <summary>What these keys stand for is about to change.</summary>
    public void ForgetWith(UnitOfWork work, IReadOnlyCollection<string> keys)
    {
        if (keys.Count == 0) return;
        work.BeforeCommit(_ => AnnounceAsync(keys));
        work.AfterCommit(_ => AnnounceAsync(keys));
    }

    private long Now => clock.GetUtcNow().Ticks;

    private async Task AnnounceAsync(IReadOnlyCollection<string> keys)
    {
        Forget(keys);
        foreach (var some in keys.Chunk(1_000)) await redis.PublishAsync(Channel, string.Join(' ', some));
    }

    private void Forget(IEnumerable<string> keys)
    {
        var mark = new Entry(null, Now + Forgotten.Ticks);
        foreach (var key in keys) entries[key] = mark;
    }

    private void Sweep(long now)
    {
        foreach (var old in entries.Where(e => e.Value.Until <= now)) entries.TryRemove(old);
    }

    public void Dispose() => changes.Dispose();

    /// <summary>Without a value, a mark: nothing may be remembered until then.</summary>
    private sealed record Entry(object? Value, long Until);
}
