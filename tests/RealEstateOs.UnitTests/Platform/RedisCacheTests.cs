using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RealEstateOs.Platform.Caching;

namespace RealEstateOs.UnitTests.Platform;

public sealed class RedisCacheTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly PrivateRedis _redis = new();

    public ValueTask InitializeAsync() => _redis.InitializeAsync();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task What_is_set_is_read_back_and_gone_when_deleted()
    {
        var cache = _redis.PatientCache();
        await ReachAsync(cache);
        Assert.True((await cache.SetAsync("text", "Dubai Marina", Minute)).Or(false));
        Assert.True((await cache.SetAsync("bytes", [0, 1, 255], Minute)).Or(false));

        Assert.Equal("Dubai Marina", (await cache.GetAsync("text")).Or("away"));
        Assert.Equal([0, 1, 255], (await cache.GetBytesAsync("bytes")).Or([]));
        Assert.True((await cache.DeleteAsync("text")).Or(false));
        var gone = await cache.GetAsync("text");
        Assert.True(gone.IsAvailable);
        Assert.Null(gone.Or("away"));
    }

    // The first connection of a busy machine may take longer than a call waits.
    private static async Task ReachAsync(RedisCache cache)
    {
        for (var i = 0; i < 200 && (await cache.GetAsync("reach")).IsAway; i++) await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_key_is_claimed_by_the_first_only()
    {
        var cache = _redis.PatientCache();
        await ReachAsync(cache);
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => cache.SetIfAbsentAsync("claim", $"{i}", Minute)));
        Assert.Single(claims, claim => claim.Or(false));
    }

    [Fact]
    public async Task A_stopped_server_is_away_at_once_logged_once_and_used_again_when_back()
    {
        var log = new RecordedLog<RedisCache>();
        var cache = _redis.Cache(log);
        await ReachAsync(cache);
        Assert.Equal(7, (int)(await cache.EvaluateAsync("return 7", [], [])).Or(null!));
        // A machine under load may be late to reach it at first, and say so.
        int Told(LogLevel level) => log.Entries.Count(entry => entry.Level == level);
        var (warnings, tidings) = (Told(LogLevel.Warning), Told(LogLevel.Information));

        await _redis.Stop();
        await PrivateRedis.Eventually(async () => (await cache.GetAsync("x")).IsAway);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 1_000; i++) Assert.True((await cache.GetAsync("x")).IsAway);
        Assert.True(watch.Elapsed < OfTimeouts(1_000) / 2, $"1,000 calls took {watch.Elapsed}");
        Assert.Equal(warnings + 1, Told(LogLevel.Warning));

        await _redis.Start();
        await PrivateRedis.Eventually(async () => (await cache.GetAsync("x")).IsAvailable);
        // The new server doesn't know the script any more.
        Assert.Equal(7, (int)(await cache.EvaluateAsync("return 7", [], [])).Or(null!));
        Assert.Equal(tidings + 1, Told(LogLevel.Information));
    }

    // What as many calls would take if each waited for its own time-out; half of it leaves a slow machine its time.
    private static TimeSpan OfTimeouts(int calls) => calls * TimeSpan.FromMilliseconds(new RedisOptions().TimeoutMilliseconds);

    [Fact]
    public async Task A_frozen_server_holds_nobody_up()
    {
        var cache = _redis.Cache();
        await cache.SetAsync("kept", "yes", Minute);
        _redis.Freeze();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++) Assert.True((await cache.GetAsync("kept")).IsAway);
        Assert.True(watch.Elapsed < OfTimeouts(100) / 2, $"100 calls took {watch.Elapsed}");

        _redis.Thaw();
        await PrivateRedis.Eventually(async () => (await cache.GetAsync("kept")).Or(null) == "yes");
    }

    [Fact]
    public async Task Without_an_address_everything_is_away()
    {
        var cache = _redis.NoCache();
        Assert.True((await cache.SetAsync("x", "y", Minute)).IsAway);
    }

    [Fact]
    public async Task A_subscription_made_while_Redis_is_away_begins_with_Redis_and_outlives_a_restart()
    {
        await _redis.Stop();
        var subscriptions = _redis.Subscriptions();
        var received = new List<string>();
        var reconnected = 0;
        subscriptions.Reconnected += () => Interlocked.Increment(ref reconnected);
        using var subscription = subscriptions.Subscribe("news", message => { lock (received) received.Add(message); });
        await _redis.Start();
        var cache = _redis.Cache();
        await Heard("first");

        await _redis.Stop();
        await _redis.Start();
        await Heard("second");
        Assert.True(reconnected > 0);

        Task Heard(string message) => PrivateRedis.Eventually(async () =>
        {
            await cache.PublishAsync("news", message);
            lock (received) return received.Contains(message);
        });
    }
}
