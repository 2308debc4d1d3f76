using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.UnitTests.Platform;

public sealed class RateCounterTests(PrivateRedis redis) : IClassFixture<PrivateRedis>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly RedisCache _cache = redis.PatientCache();
    private readonly RedisCache _away = redis.NoCache();
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 1, 20, 10, 30, 0, TimeSpan.Zero));
    private readonly string _subject = Guid.NewGuid().ToString("N");

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_limit_is_reached_exactly_and_a_refusal_counts_for_nothing(bool withRedis)
    {
        var counter = Counter(withRedis);
        var window = Window("minute", 5, Minute);
        for (var left = 4; left >= 0; left--)
        {
            var taken = await counter.TakeAsync([window], default);
            Assert.True(taken.IsAllowed);
            Assert.Equal(left, taken.Remaining);
        }
        for (var i = 0; i < 3; i++) Assert.False((await counter.TakeAsync([window], default)).IsAllowed);

        _clock.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(4, (await counter.TakeAsync([window], default)).Remaining);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Half_a_window_later_half_of_the_last_one_still_counts(bool withRedis)
    {
        var counter = Counter(withRedis);
        var window = Window("minute", 10, Minute);
        for (var i = 0; i < 10; i++) await counter.TakeAsync([window], default);
        _clock.Pass(TimeSpan.FromSeconds(90));

        var accepted = 0;
        while ((await counter.TakeAsync([window], default)).IsAllowed) accepted++;
        Assert.Equal(5, accepted);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Who_waits_until_the_named_moment_is_served_and_not_a_second_earlier(bool withRedis)
    {
        var counter = Counter(withRedis);
        var window = Window("minute", 7, Minute);
        var random = new Random(17);
        var refusals = 0;
        for (var i = 0; i < 300; i++)
        {
            _clock.Pass(TimeSpan.FromMilliseconds(random.Next(0, 9_000)));
            var decision = await counter.TakeAsync([window], default);
            if (decision.IsAllowed) continue;
            refusals++;
            var wait = decision.ResetAt - _clock.GetUtcNow();
            _clock.Pass(wait - TimeSpan.FromMilliseconds(1_001));
            if (wait > TimeSpan.FromMilliseconds(1_001)) Assert.False((await counter.TakeAsync([window], default)).IsAllowed);
            _clock.Pass(TimeSpan.FromMilliseconds(1_001));
            Assert.True((await counter.TakeAsync([window], default)).IsAllowed);
        }
        Assert.True(refusals > 10, $"only {refusals} refusals");
    }

    [Fact]
    public async Task Redis_and_the_process_decide_alike()
    {
        var (inRedis, inProcess) = (Counter(true), Counter(false));
        RateWindow[] windows = [Window("minute", 20, Minute), Window("hour", 200, TimeSpan.FromHours(1))];
        var random = new Random(5);
        var refused = 0;
        for (var i = 0; i < 1_500; i++)
        {
            _clock.Pass(TimeSpan.FromMilliseconds(random.Next(0, 5_000)));
            var expected = await inProcess.TakeAsync(windows, default);
            Assert.Equal(expected, await inRedis.TakeAsync(windows, default));
            if (!expected.IsAllowed) refused++;
        }
        Assert.InRange(refused, 100, 1_400);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_full_hour_takes_nothing_from_the_minute_and_is_named(bool withRedis)
    {
        var counter = Counter(withRedis);
        var (minute, hour) = (Window("minute", 10, Minute), Window("hour", 3, TimeSpan.FromHours(1)));
        for (var i = 0; i < 3; i++) Assert.Equal("hour", (await counter.TakeAsync([minute, hour], default)).Tightest.Policy);
        var refused = await counter.TakeAsync([minute, hour], default);
        Assert.False(refused.IsAllowed);
        Assert.Equal("hour", refused.Tightest.Policy);
        Assert.Equal(6, (await counter.TakeAsync([minute], default)).Remaining);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Of_a_crowd_at_the_same_moment_exactly_the_limit_gets_in(bool withRedis)
    {
        var counter = Counter(withRedis);
        var window = Window("minute", 30, Minute);
        var decisions = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => counter.TakeAsync([window], default))));
        Assert.Equal(30, decisions.Count(decision => decision.IsAllowed));
    }

    [Fact]
    public void A_flood_of_addresses_costs_bounded_memory()
    {
        var local = new LocalCounts(capacity: 100);
        var refused = 0;
        for (var i = 0; i < 10_000; i++)
            if (!local.Take([new RateWindow("minute", $"{i}", 1, Minute)], 1_000).IsAllowed) refused++;
        Assert.Equal(0, refused);
        Assert.InRange(local.Size, 1, 100);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_quota_tells_what_is_left(bool withRedis)
    {
        var gate = new QuotaGate(Counter(withRedis), withRedis ? _cache : _away, _clock);
        for (var left = 19; left >= 0; left--)
            Assert.Equal(left, (await gate.TryTakeAsync(_subject, "reports-per-day", 20, TimeSpan.FromDays(1))).Remaining);
        var refused = await gate.TryTakeAsync(_subject, "reports-per-day", 20, TimeSpan.FromDays(1));
        Assert.False(refused.IsAllowed);
        Assert.Equal(20, refused.Limit);
        Assert.True((await gate.TryTakeAsync(_subject + "-other", "reports-per-day", 20, TimeSpan.FromDays(1))).IsAllowed);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Places_are_given_back_on_leaving_or_when_the_lease_ends(bool withRedis)
    {
        var gate = new QuotaGate(Counter(withRedis), withRedis ? _cache : _away, TimeProvider.System);
        var lease = TimeSpan.FromSeconds(4);
        Task<bool> Enter(string holder) => gate.TryEnterAsync(_subject, "workflows", holder, 2, lease);

        Assert.True(await Enter("exec_1"));
        Assert.True(await Enter("exec_2"));
        Assert.True(await Enter("exec_2"));
        Assert.False(await Enter("exec_3"));
        await gate.LeaveAsync(_subject, "workflows", "exec_1");
        Assert.True(await Enter("exec_3"));
        Assert.False(await Enter("exec_4"));
        for (var i = 0; i < 300 && !await Enter("exec_4"); i++) await Task.Delay(100);
        Assert.True(await Enter("exec_4"));
    }

    private RateCounter Counter(bool withRedis) => new(withRedis ? _cache : _away, new LocalCounts(), _clock);

    private RateWindow Window(string policy, int limit, TimeSpan length) => new(policy, $"{_subject}:{policy}", limit, length);
}
