using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.UnitTests.Platform;

public sealed class RateLimitMiddlewareTests : IAsyncLifetime
{
    private readonly PrivateRedis _redis = new();

    public ValueTask InitializeAsync() => _redis.InitializeAsync();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task The_sixty_first_anonymous_request_in_a_minute_is_told_when_to_come_back()
    {
        // A moment without Redis would begin a count of its own.
        await using var app = await Serve(settings: ("Redis:TimeoutMilliseconds", "10000"));
        using var client = app.GetTestClient();
        var remaining = new List<int>();
        HttpResponseMessage response;
        while ((response = await client.GetAsync("/thing")).StatusCode == HttpStatusCode.OK)
            remaining.Add(int.Parse(One(response, "X-RateLimit-Remaining"), CultureInfo.InvariantCulture));

        // A minute may turn while this runs; the sequence then continues with the share of the last one.
        Assert.Equal(59, remaining[0]);
        Assert.InRange(remaining.Count, 60, 62);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("RATE_001", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("60", One(response, "X-RateLimit-Limit"));
        Assert.Equal("0", One(response, "X-RateLimit-Remaining"));
        var wait = int.Parse(One(response, "Retry-After"), CultureInfo.InvariantCulture);
        Assert.InRange(wait, 1, 120);
        Assert.Equal($"\"ip-minute\";r=0;t={wait}", One(response, "RateLimit"));
        Assert.Equal("\"ip-minute\";q=60;w=60, \"ip-hour\";q=1000;w=3600, \"ip-day\";q=10000;w=86400", One(response, "RateLimit-Policy"));
        var reset = long.Parse(One(response, "X-RateLimit-Reset"), CultureInfo.InvariantCulture);
        Assert.InRange(reset - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), wait - 2, wait + 1);
    }

    [Fact]
    public async Task A_signed_in_user_has_the_limits_of_plan_and_team()
    {
        await using var app = await Serve(new RateLimitCaller(7, 3, "premium", 4));
        using var client = app.GetTestClient();
        using var response = await client.GetAsync("/thing");
        Assert.Equal("\"user-minute\";q=100;w=60, \"user-hour\";q=5000;w=3600, \"team-hour\";q=4000;w=3600",
            One(response, "RateLimit-Policy"));
        Assert.Equal("100", One(response, "X-RateLimit-Limit"));
    }

    [Fact]
    public async Task Probes_and_pages_count_for_nobody()
    {
        await using var app = await Serve();
        using var client = app.GetTestClient();
        foreach (var path in new[] { "/probe", "/docs/index.html" })
        {
            using var response = await client.GetAsync(path);
            Assert.False(response.Headers.Contains("X-RateLimit-Limit"));
        }
    }

    [Fact]
    public async Task Without_Redis_requests_are_served_and_still_limited()
    {
        await using var app = await Serve(settings: ("RateLimits:Anonymous:PerMinute", "5"));
        using var client = app.GetTestClient();
        await _redis.Stop();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            using var response = await client.GetAsync("/thing");
            statuses.Add(response.StatusCode);
        }
        Assert.InRange(statuses.Count(status => status == HttpStatusCode.OK), 5, 7);
        Assert.Equal(HttpStatusCode.OK, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Fact]
    public async Task Switched_off_there_is_no_limit()
    {
        await using var app = await Serve(settings: ("RateLimits:Enabled", "false"));
        using var client = app.GetTestClient();
        for (var i = 0; i < 100; i++)
        {
            using var response = await client.GetAsync("/thing");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_senseless_limit_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => Serve(settings: ("RateLimits:Plans:standard:UserPerHour", "-1")));
        Assert.Contains("UserPerHour", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64")]
    public void An_address_counts_as_its_subscriber(string address, string subject) =>
        Assert.Equal(subject, ClientAddress.Network(IPAddress.Parse(address)));

    private async Task<WebApplication> Serve(RateLimitCaller? caller = null, (string Key, string Value)? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Redis"] = $"127.0.0.1:{_redis.Port}",
            ["Redis:KeyPrefix"] = $"{Guid.NewGuid():N}:",
            [settings?.Key ?? "Unused"] = settings?.Value,
        });
        builder.Services.AddPlatformCaching(builder.Configuration).AddPlatformRateLimits(builder.Configuration);
        var app = builder.Build();
        app.Use((http, next) =>
        {
            if (caller is not null) http.Features.Set(caller);
            return next(http);
        });
        app.UseRouting();
        app.UsePlatformRateLimits();
        app.MapGet("/thing", () => "ok");
        app.MapGet("/docs/index.html", () => "ok");
        app.MapGet("/probe", () => "ok").WithoutRateLimit();
        await app.StartAsync();
        return app;
    }

    private static string One(HttpResponseMessage response, string header) => Assert.Single(response.Headers.GetValues(header));
}
