using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace RealEstateOs.Platform.Caching;

/// <summary>
/// This host's connection, for commands and subscriptions. It is made beside the start and comes back by itself after each outage.
/// </summary>
internal sealed class RedisConnection : IHostedService, IAsyncDisposable
{
    private readonly RedisOptions options;
    private readonly Lazy<Task<ConnectionMultiplexer>> multiplexer;

    public RedisConnection(IOptions<RedisOptions> options) =>
        (this.options, multiplexer) = (options.Value, new Lazy<Task<ConnectionMultiplexer>>(ConnectAsync));

    /// <summary>What was published until now may have been missed.</summary>
    public event Action? Restored;

    /// <summary>False when no address is configured.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(options.Connection);

    public Task<ConnectionMultiplexer> Multiplexer => multiplexer.Value;

    // Not awaited: the start does not wait for Redis, and the first request need not find it away for want of a connection.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsConfigured) _ = Multiplexer;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var settings = ConfigurationOptions.Parse(options.Connection!);
        settings.ClientName = "real-estate-os";
        settings.AbortOnConnectFail = false;
        settings.AllowAdmin = true; // INFO, for health pages, counts as an administrator's
        settings.ConnectTimeout = settings.SyncTimeout = 1_000;
        // A server that says nothing for four times as long, though it is asked, has hung: the client then hangs up.
        settings.AsyncTimeout = options.TimeoutMilliseconds;
        settings.KeepAlive = 5;
        settings.ReconnectRetryPolicy = new LinearRetry(500);
        // A command that nobody waits for any more must not be carried out when Redis is back.
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        var connection = await ConnectionMultiplexer.ConnectAsync(settings);
        connection.ConnectionRestored += (_, _) => Restored?.Invoke();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (multiplexer.IsValueCreated) await (await Multiplexer).CloseAsync(allowCommandsToComplete: false);
    }
}
