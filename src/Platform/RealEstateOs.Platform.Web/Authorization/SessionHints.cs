using System.Globalization;
using RealEstateOs.Platform.Caching;

namespace RealEstateOs.Platform.Authorization;

/// <summary>
/// Tells this host and, through Redis, the others which sessions have ended or may do something else now, so that what is open for long
/// (a stream) asks at once. A hint only: whoever keeps something open also asks by itself now and then.
/// </summary>
public sealed class SessionHints : IDisposable
{
    private const string Channel = "sessions:changed";

    private readonly RedisCache redis;
    private readonly RedisSubscriptions subscriptions;
    private readonly IDisposable subscribed;

    public SessionHints(RedisCache redis, RedisSubscriptions subscriptions)
    {
        (this.redis, this.subscriptions) = (redis, subscriptions);
        subscriptions.Reconnected += DoubtAll;
        subscribed = subscriptions.Subscribe(Channel, message => Changed?.Invoke(Read(message)));
    }

    /// <summary>Sessions that changed; null where any may have. Handlers don't block.</summary>
    public event Action<IReadOnlySet<long>?>? Changed;

    /// <summary>Called once the change is committed.</summary>
    public Task AnnounceAsync(IReadOnlyCollection<long> sessions)
    {
        Changed?.Invoke(sessions.ToHashSet());
        return redis.PublishAsync(Channel, string.Join(',', sessions.Select(s => s.ToString(CultureInfo.InvariantCulture))));
    }

    private void DoubtAll() => Changed?.Invoke(null);

    private static HashSet<long> Read(string message) =>
        [.. message.Split(',').Select(
            part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var session) ? session : 0)];

    public void Dispose()
    {
        subscriptions.Reconnected -= DoubtAll;
        subscribed.Dispose();
    }
}
