using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Events;

/// <summary>
/// Wake-ups between writers, the dispatcher and readers, within this host and through Redis between hosts. Hints only:
/// everybody also looks by itself now and then, so that without Redis events come later, not never.
/// </summary>
internal sealed class OutboxHints : IDisposable
{
    private const string CommittedChannel = "outbox:committed", DispatchedChannel = "outbox:dispatched";

    private readonly RedisCache redis;
    private readonly RedisSubscriptions subscriptions;
    private readonly RedisSubscriptions.Subscription[] subscribed;

    public OutboxHints(RedisCache redis, RedisSubscriptions subscriptions)
    {
        (this.redis, this.subscriptions) = (redis, subscriptions);
        OutboxSignal.Committed += ToDispatch.Signal;
        subscriptions.Reconnected += WakeAll;
        subscribed =
        [
            subscriptions.Subscribe(CommittedChannel, _ => WakeLeader()),
            subscriptions.Subscribe(DispatchedChannel, _ => WakeReaders()),
        ];
    }

    /// <summary>Rows may wait for their position.</summary>
    public WakeUp ToDispatch { get; } = new();

    /// <summary>Rows got their position; handlers don't block.</summary>
    public event Action? Dispatched;

    /// <summary>Does this host hand out the positions?</summary>
    public bool Leads { get; set; }

    /// <summary>How long to wait for a hint before one looks by oneself: twice as long while those of other hosts are heard.</summary>
    public TimeSpan Patience(TimeSpan alone) => Array.TrueForAll(subscribed, s => s.IsHeard) ? 2 * alone : alone;

    /// <summary>Says to the leading host that this one has committed events.</summary>
    public void PassOn() => _ = redis.PublishAsync(CommittedChannel, "");

    /// <summary>Wakes the readers of all hosts.</summary>
    public void Announce(long lastPosition)
    {
        WakeReaders();
        _ = redis.PublishAsync(DispatchedChannel, lastPosition.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private void WakeLeader()
    {
        if (Leads) ToDispatch.Signal();
    }

    private void WakeReaders() => Dispatched?.Invoke();

    private void WakeAll()
    {
        WakeLeader();
        WakeReaders();
    }

    public void Dispose()
    {
        OutboxSignal.Committed -= ToDispatch.Signal;
        subscriptions.Reconnected -= WakeAll;
        foreach (var subscription in subscribed) subscription.Dispose();
    }
}
