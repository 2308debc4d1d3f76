using System.Globalization;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.DevServices;
using StackExchange.Redis;

namespace RealEstateOs.ApiTests.Survival;

/// <summary>On services of its own, which it stops and starts.</summary>
public sealed class OutageTests(Server server)
{
    private readonly PrivateServiceOptions options = new() { DataFolder = Path.Combine(PrivateServiceOptions.DefaultDataFolder(), "test",
        "outage"), ForTests = true };

    [Fact]
    public async Task Requests_go_on_without_redis_and_after_a_restart_of_postgresql()
    {
        var ct = TestContext.Current.CancellationToken;
        var addresses = await PrivateServices.EnsureAsync(options, ct: ct);
        try
        {
            await using var host = await HostProcess.StartAsync(server.Settings(addresses), ct);
            var admin = await RegisterAsync(host.Client);
            var key = ("Idempotency-Key", Guid.NewGuid().ToString());
            var first = (await admin.PostAsync("/api/v1/properties", Samples.Property(), key)).Must(201);
            var path = $"/api/v1/properties/{first.Id()}";
            var old = (await admin.GetAsync(path)).Header("ETag")!;

            await StopRedisAsync(addresses.RedisConfiguration);
            Assert.Equal(first.Id(), (await admin.PostAsync("/api/v1/properties", Samples.Property(), key)).Must(201).Id());
            Assert.Equal(304, (await admin.GetAsync(path, ("If-None-Match", old))).Status);
            (await admin.PatchAsync(path, new { price = 5 })).Must(200);

            await PrivateServices.StopAsync(options.DataFolder, ct);
            Assert.Equal(503, (await admin.GetAsync("/api/v1/properties")).Status);
            await PrivateServices.EnsureAsync(options, ct: ct);
            for (var i = 0; i < 8; i++)
            {
                Assert.Equal(5, (await admin.GetAsync(path, ("If-None-Match", old))).Must(200).Number("price"));
                Assert.Single((await admin.GetAsync("/api/v1/properties")).Must(200).Items());
            }
            Assert.Equal(first.Id(), (await admin.PostAsync("/api/v1/properties", Samples.Property(), key)).Must(201).Id());
        }
        finally
        {
            await PrivateServices.StopAsync(options.DataFolder, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Requests_go_on_while_redis_hangs_and_it_is_used_again_when_it_answers()
    {
        var ct = TestContext.Current.CancellationToken;
        var addresses = await PrivateServices.EnsureAsync(options, ct: ct);
        var redis = 0;
        try
        {
            await using var host = await HostProcess.StartAsync(server.Settings(addresses), ct);
            var admin = await RegisterAsync(host.Client);
            var key = ("Idempotency-Key", Guid.NewGuid().ToString());
            var first = (await admin.PostAsync("/api/v1/properties", Samples.Property(), key)).Must(201);
            var path = $"/api/v1/properties/{first.Id()}";
            var old = (await admin.GetAsync(path)).Header("ETag")!;
            await using (var known = await ConnectAsync(addresses.RedisConfiguration))
                redis = int.Parse((await known.GetServers()[0].InfoAsync("server"))[0].Single(i => i.Key == "process_id").Value,
                    CultureInfo.InvariantCulture);

            HostProcess.Signal("STOP", redis);
            Assert.Equal(first.Id(), (await admin.PostAsync("/api/v1/properties", Samples.Property(), key)).Must(201).Id());
            Assert.Equal(304, (await admin.GetAsync(path, ("If-None-Match", old))).Status);
            (await admin.PatchAsync(path, new { price = 5 })).Must(200);
            Assert.NotEqual("healthy", await RedisHealthAsync());

            HostProcess.Signal("CONT", redis);
            await Eventually.UntilAsync(RedisHealthAsync, health => health == "healthy");
            for (var i = 0; i < 8; i++)
                Assert.Equal(5, (await admin.GetAsync(path, ("If-None-Match", old))).Must(200).Number("price"));

            async Task<string?> RedisHealthAsync() => (await admin.GetAsync("/health")).Must(200).Text("checks.redis.status");
        }
        finally
        {
            if (redis != 0) HostProcess.Signal("CONT", redis);
            await PrivateServices.StopAsync(options.DataFolder, CancellationToken.None);
        }
    }

    private static async Task<Actor> RegisterAsync(HttpClient client)
    {
        var email = $"outage-{Guid.NewGuid():n}@example.com";
        var answer = await new Actor(client, null).PostAsync("/api/v1/auth/register",
            new { email, password = Office.Password, first_name = "Ada", last_name = "Admin", organization_name = "Outage Realty" });
        return new Actor(client, answer.Must(201).Text("access_token"));
    }

    private static async Task StopRedisAsync(string configuration)
    {
        await using var redis = await ConnectAsync(configuration);
        redis.GetServers()[0].Shutdown(ShutdownMode.Never);
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(string configuration)
    {
        var settings = ConfigurationOptions.Parse(configuration);
        settings.AllowAdmin = true;
        return ConnectionMultiplexer.ConnectAsync(settings);
    }
}
