using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace RealEstateOs.Platform.Caching;

/// <summary>
/// Channels that stay subscribed through outages. What was published meanwhile is lost: a subscriber who may miss nothing
/// reads its source again on <see cref="Reconnected"/>.
/// </summary>
public sealed partial class RedisSubscriptions(IOptions<RedisOptions> options, TimeProvider clock, ILogger<RedisSubscriptions> logger)
    : IAsyncDisposable
{
    private readonly RedisOptions _options = options.Value;
    private readonly RedisConnection _connection = new(options.Value, keepsOrder: true);
    private readonly CancellationTokenSource _stopping = new();
    private int _listensForReconnect;

    /// <summary>Messages may have been missed until now.</summary>
    public event Action? Reconnected;

    /// <summary>
    /// Calls back for each message, in order, until disposed; also when Redis is away at the moment. Don't block in the callback.
    /// </summary>
    public Subscription Subscribe(string channel, Action<string> onMessage)
    {
        var subscription = new Subscription(this, _options.KeyPrefix + channel, onMessage);
        if (_connection.IsConfigured) _ = Task.Run(() => KeepTrying(subscription));
        return subscription;
    }

    private async Task KeepTrying(Subscription subscription)
    {
        while (!subscription.IsOver && !_stopping.IsCancellationRequested)
        {
            try
            {
                var multiplexer = await _connection.Multiplexer;
                if (Interlocked.Exchange(ref _listensForReconnect, 1) == 0) multiplexer.ConnectionRestored += OnRestored;
                if (multiplexer.IsConnected)
                {
                    await multiplexer.GetSubscriber().SubscribeAsync(subscription.Channel, subscription.Handler)
                        .WaitAsync(TimeSpan.FromSeconds(2), clock, _stopping.Token);
                    subscription.Subscriber = multiplexer.GetSubscriber();
                    if (subscription.IsOver) await Remove(subscription);
                    return;
                }
            }
            catch (Exception e) when (RedisFaults.MeansAway(e))
            {
                LogNotYet(logger, subscription.Channel, e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(500), clock, CancellationToken.None);
        }
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs e)
    {
        if (e.ConnectionType == ConnectionType.Subscription) Reconnected?.Invoke();
    }

    private async Task Remove(Subscription subscription)
    {
        try
        {
            await (await _connection.Multiplexer).GetSubscriber().UnsubscribeAsync(subscription.Channel, subscription.Handler)
                .WaitAsync(TimeSpan.FromSeconds(2), clock);
        }
        catch (Exception e) when (RedisFaults.MeansAway(e))
        {
            LogNotYet(logger, subscription.Channel, e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _connection.DisposeAsync();
        _stopping.Dispose();
    }

    private void LogFailure(Exception e, string channel) => LogFailed(logger, e, channel);

    [LoggerMessage(LogLevel.Debug, "Redis channel {Channel} has to wait: {Reason}")]
    private static partial void LogNotYet(ILogger logger, string channel, string reason);

    [LoggerMessage(LogLevel.Error, "A subscriber of Redis channel {Channel} failed")]
    private static partial void LogFailed(ILogger logger, Exception e, string channel);

    /// <summary>One subscriber of a channel, until disposed.</summary>
    public sealed class Subscription : IDisposable
    {
        private readonly RedisSubscriptions _owner;
        private int _over;

        internal Subscription(RedisSubscriptions owner, string channel, Action<string> onMessage)
        {
            _owner = owner;
            Channel = channel;
            Handler = (_, message) =>
            {
                if (IsOver) return;
                try
                {
                    onMessage((string?)message ?? "");
                }
#pragma warning disable CA1031 // one failing subscriber may not end the delivery to the others
                catch (Exception e)
#pragma warning restore CA1031
                {
                    owner.LogFailure(e, channel);
                }
            };
        }

        /// <summary>Does what is published now arrive, as far as this host knows?</summary>
        public bool IsHeard => Subscriber?.IsConnected(Channel) == true;

        internal string Channel { get; }

        internal ISubscriber? Subscriber { get; set; }

        internal Action<RedisChannel, RedisValue> Handler { get; }

        internal bool IsOver => Volatile.Read(ref _over) == 1;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _over, 1) == 0 && _owner._connection.IsConfigured) _ = Task.Run(() => _owner.Remove(this));
        }
    }
}
