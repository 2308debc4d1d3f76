using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using RealEstateOs.Bench.Http;
using RealEstateOs.Bench.Outreach;
using RealEstateOs.Platform.Events.Subscriptions;

namespace RealEstateOs.Bench.Events;

/// <summary>The product with a subscriber, a live stream and a webhook's receiver, which watch the office's events.</summary>
internal sealed class EventHost : IAsyncDisposable
{
    private readonly WebApplication receiver;
    private readonly CancellationTokenSource end = new();
    private Task reading = Task.CompletedTask;

    private EventHost(BenchHost host, WebApplication receiver, Arrivals handler, long[] properties) =>
        (Host, this.receiver, Handler, Properties) = (host, receiver, handler, properties);

    public BenchHost Host { get; }

    public Arrivals Handler { get; }

    public Arrivals Stream { get; } = new();

    /// <summary>What can be changed.</summary>
    public long[] Properties { get; }

    public static async Task<EventHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var handler = new Arrivals();
        var host = await BenchHost.StartAsync(
            services => services.AddSingleton(handler).AddAnyEventHandler<Probe>("bench.probe"),
            [("RateLimits:Enabled", "false"), ("Auth:AccessTokenLifetime", "08:00:00"), ("Outgoing:AllowedNetworks:0", "127.0.0.0/8"),
                .. settings]);
        await using var system = NpgsqlDataSource.Create(host.Addresses.SystemConnectionString);
        var properties = await Town.LoadAsync(system, host.Organization.Value);
        await using (var owner = NpgsqlDataSource.Create(host.Addresses.OwnerConnectionString))
        await using (var vacuum = owner.CreateCommand("vacuum (analyze) properties.properties"))
            await vacuum.ExecuteNonQueryAsync();
        var receiver = WebApplication.CreateSlimBuilder();
        receiver.Logging.ClearProviders();
        receiver.WebHost.UseUrls("http://127.0.0.1:0");
        var app = receiver.Build();
        app.MapPost("/", () => Results.Ok());
        await app.StartAsync();
        await host.SendAsync(HttpMethod.Post, "/webhooks/endpoints", new { url = app.Urls.First() + "/", event_types = new[] { "*" } });
        var made = new EventHost(host, app, handler, properties);
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        made.reading = StreamReaders.ReadAsync(host.Client.BaseAddress!, await made.StreamTokenAsync(), opened, made.Stream.Saw,
            made.end.Token);
        await opened.Task;
        return made;
    }

    public async Task<string> StreamTokenAsync() =>
        (await Host.SendAsync(HttpMethod.Post, "/sse/token")).GetProperty("sse_token").GetString()!;

    /// <summary>Changes prices over so many connections, each as soon as the one before is answered.</summary>
    public Task<Measured> ChangeAsync(int connections, TimeSpan time)
    {
        var (server, token) = (Host.Client.BaseAddress!, Host.Client.DefaultRequestHeaders.Authorization!.Parameter!);
        return Load.RunAsync(server, connections, time, random => Load.Request(server, "PATCH",
            $"/api/v1/properties/{Properties[random.Next(Properties.Length)]}", token,
            JsonSerializer.Serialize(new { price = random.Next(80_000, 900_000) })));
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await reading;
        await receiver.DisposeAsync();
        await Host.DisposeAsync();
        end.Dispose();
    }
}
