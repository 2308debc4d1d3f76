using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace RealEstateOs.Platform.Caching;

/// <summary>
/// Channels that stay subscribed through outages. What was published meanwhile is lost: a subscriber who may miss nothing
/// reads its source again on <see cref="Reconnected"/>.
/// </summary>
public sealed partial class RedisSubscriptions
{
    private readonly RedisConnection connection;
    private readonly RedisOptions options;
    private readonly ILogger<RedisSubscriptions> logger;

    internal RedisSubscriptions(RedisConnection connection, IOptions<RedisOptions> options, ILogger<RedisSubscriptions> logger) =>
        (this.connection, this.options, this.logger) = (connection, options.Value, logger);

    /// <summary>Messages may have been missed until now.</summary>
    public event Action? Reconnected
    {
        add => connection.Restored += value;
        remove => connection.Restored -= value;
    }

    /// <summary>
    /// Calls back for each message, in order, until disposed; also when Redis is away at the moment. Don't block in the callback.
    /// </summary>
    public Subscription Subscribe(string channel, Action<string> onMessage) =>
        new(connection.IsConfigured ? BeginAsync(RedisChannel.Literal(options.KeyPrefix + channel), onMessage) : null);

    private async Task<(ISubscriber, ChannelMessageQueue)> BeginAsync(RedisChannel channel, Action<string> onMessage)
    {
        var subscriber = (await connection.Multiplexer).GetSubscriber();
        // Not waited for: what can't be subscribed now is when Redis comes. Only a queue keeps the order.
        var queue = subscriber.Subscribe(channel, CommandFlags.FireAndForget);
        queue.OnMessage(message =>
        {
            try
            {
                onMessage((string?)message.Message ?? "");
            }
#pragma warning disable CA1031 // the queue would swallow it without a word
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFailed(e, message.Channel.ToString());
            }
        });
        return (subscriber, queue);
    }

    [LoggerMessage(LogLevel.Error, "A subscriber of Redis channel {Channel} failed")]
    private partial void LogFailed(Exception e, string channel);

    /// <summary>One subscriber of a channel, until disposed.</summary>
    public sealed class Subscription : IDisposable
    {
        private readonly Task<(ISubscriber Redis, ChannelMessageQueue Queue)>? begun;

        internal Subscription(Task<(ISubscriber, ChannelMessageQueue)>? begun) => this.begun = begun;

        /// <summary>Does what is published now arrive, as far as this host knows?</summary>
        public bool IsHeard => begun is { IsCompletedSuccessfully: true, Result: var (redis, queue) }
            && redis.SubscribedEndpoint(queue.Channel) is not null && redis.IsConnected(queue.Channel);

        public void Dispose() =>
            begun?.ContinueWith(b => b.Result.Queue.Unsubscribe(CommandFlags.FireAndForget), TaskContinuationOptions.OnlyOnRanToCompletion);
    }
}
