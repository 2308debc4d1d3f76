using StackExchange.Redis;

namespace RealEstateOs.Platform.Caching;

/// <summary>One multiplexer, made at its first use, that goes on trying by itself for as long as Redis is away.</summary>
internal sealed class RedisConnection(RedisOptions options, bool keepsOrder) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<ConnectionMultiplexer>? _multiplexer;

    public bool IsConfigured => !string.IsNullOrWhiteSpace(options.Connection);

    public Task<ConnectionMultiplexer> Multiplexer
    {
        get
        {
            lock (_gate)
            {
                if (_multiplexer is null or { IsFaulted: true }) _multiplexer = Task.Run(Connect);
                return _multiplexer;
            }
        }
    }

    private async Task<ConnectionMultiplexer> Connect()
    {
        var settings = ConfigurationOptions.Parse(options.Connection!);
        settings.AbortOnConnectFail = false;
        settings.ConnectTimeout = settings.SyncTimeout = settings.ResponseTimeout = 1_000;
        settings.KeepAlive = 5;
        settings.ReconnectRetryPolicy = new ExponentialRetry(200, 2_000);
        settings.ClientName = "real-estate-os";
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(settings);
        // Ordered completion lets one slow continuation hold up every other answer: only subscriptions need it.
        multiplexer.PreserveAsyncOrder = keepsOrder;
        return multiplexer;
    }

    public async ValueTask DisposeAsync()
    {
        Task<ConnectionMultiplexer>? multiplexer;
        lock (_gate) multiplexer = _multiplexer;
        if (multiplexer is null) return;
        await ((Task)multiplexer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (multiplexer.IsCompletedSuccessfully) await (await multiplexer).CloseAsync(allowCommandsToComplete: false);
    }
}
