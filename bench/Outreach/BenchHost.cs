using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.DevServices;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Bench.Outreach;

/// <summary>The whole product in this process, on a database of its own, with one organization.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private readonly PrivateServiceOptions options;
    private readonly string database;
    private readonly WebApplicationFactory<Program> factory;

    private BenchHost(PrivateServiceOptions options, string database, DevServiceAddresses addresses, WebApplicationFactory<Program> factory,
        HttpClient client) =>
            (this.options, this.database, Addresses, this.factory, Client) = (options, database, addresses, factory, client);

    public DevServiceAddresses Addresses { get; }

    /// <summary>Signed in as the organization's administrator.</summary>
    public HttpClient Client { get; }

    public OrganizationId Organization { get; private set; }

    public IServiceProvider Services => factory.Services;

    /// <summary>How a process of its own reaches this host's database: environment variables.</summary>
    public IEnumerable<(string Name, string Value)> Environment { get; private init; } = [];

    public static async Task<BenchHost> StartAsync(Action<IServiceCollection> services, params (string Name, string Value)[] settings)
    {
        var options = new PrivateServiceOptions { DataFolder = Path.Combine(PrivateServiceOptions.DefaultDataFolder(), "bench") };
        await PrivateServices.EnsureAsync(options);
        var database = $"bench_{Guid.NewGuid():n}";
        var addresses = await PrivateServices.CreateDatabaseAsync(options, database);
        (string, string)[] all =
        [
            ("ConnectionStrings:Owner", addresses.OwnerConnectionString), ("ConnectionStrings:App", addresses.AppConnectionString),
            ("ConnectionStrings:System", addresses.SystemConnectionString),
            ("ConnectionStrings:Redis", addresses.RedisConfiguration), ("Redis:KeyPrefix", database + ":"), ("urls", "http://127.0.0.1:0"),
            ("DataFolder", options.DataFolder),
            ("Logging:LogLevel:Default", "Warning"), ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning"), ("SampleData", "false"),
            ("Cma:SampleMarket", "false"), .. settings,
        ];
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.UseEnvironment("Development");
            builder.UseContentRoot(AppContext.BaseDirectory);
            builder.ConfigureServices(services);
            foreach (var (name, value) in all) builder.UseSetting(name, value);
        });
        factory.UseKestrel();
        factory.StartServer();
        var host = new BenchHost(options, database, addresses, factory,
            new HttpClient(new SocketsHttpHandler()) { BaseAddress = factory.ClientOptions.BaseAddress })
        {
            Environment = [.. all.Select(s => (s.Item1.Replace(":", "__", StringComparison.Ordinal), s.Item2))],
        };
        await host.RegisterAsync();
        return host;
    }

    public AsyncServiceScope Scope() => Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(Organization);

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await (by ?? Client).SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text}");
    }

    private async Task RegisterAsync()
    {
        var answer = await SendAsync(HttpMethod.Post, "/auth/register", new
        {
            email = "bench@example.com", password = "Correct-Horse-2026!", first_name = "Ada", last_name = "Admin",
            organization_name = "Bench Realty",
        });
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer",
            answer.GetProperty("access_token").GetString());
        Organization = new OrganizationId(answer.GetProperty("organization").GetProperty("id").GetInt64());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await factory.DisposeAsync();
        await PrivateServices.DropDatabaseAsync(options, database);
        await PrivateServices.StopAsync(options.DataFolder);
    }
}

/// <summary>Time, statements to PostgreSQL and processor time of this process between its making and its reading.</summary>
internal sealed class Meters : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
    private long statements;

    public Meters()
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.duration" or "db.client.commands.duration" })
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref statements));
        listener.Start();
    }

    public TimeSpan Elapsed => clock.Elapsed;

    public long Statements => Interlocked.Read(ref statements);

    public TimeSpan Processor => Process.GetCurrentProcess().TotalProcessorTime - processor;

    public void Dispose() => listener.Dispose();
}
