using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.DevServices;

[assembly: AssemblyFixture(typeof(RealEstateOs.ApiTests.Fixture.Server))]

namespace RealEstateOs.ApiTests.Fixture;

/// <summary>
/// The real host on a real port with a real PostgreSQL and Redis, started once for the run. Tests share it and make an
/// office (a tenant) of their own, so they need no order and no cleaning up.
/// </summary>
public sealed class Server : IAsyncLifetime
{
    private PrivateServiceOptions options = new() { DataFolder = Path.Combine(PrivateServiceOptions.DefaultDataFolder(), "test"),
        ForTests = true };
    private DatabaseContainer? container;
    private readonly string database = $"test_{Guid.NewGuid():n}";
    private WebApplicationFactory<Program> factory = null!;
    private int operators;

    public HttpClient Client { get; private set; } = null!;

    public DevServiceAddresses Addresses { get; private set; } = null!;

    public IServiceProvider Services => factory.Services;

    /// <summary>Every endpoint of the host.</summary>
    internal IEnumerable<RouteEndpoint> Routes => Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>Files of this run: mails, uploads.</summary>
    public string DataFolder { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        container = await DatabaseContainer.StartIfWantedAsync();
        if (container is not null) options = options with { DataFolder = options.DataFolder + "-container", Postgres = container.Address };
        await PrivateServices.EnsureAsync(options);
        Addresses = await PrivateServices.CreateDatabaseAsync(options, database);
        DataFolder = Path.Combine(options.DataFolder, "runs", database);
        Directory.CreateDirectory(DataFolder);
        factory = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.UseEnvironment("Development");
            foreach (var (name, value) in Settings()) builder.UseSetting(name, value);
        });
        factory.UseKestrel();
        factory.StartServer();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = factory.ClientOptions.BaseAddress, Timeout = Eventually.Patience * 3,
        };
    }

    /// <summary>A signed-out client.</summary>
    public Actor Anonymous => new(Client, null);

    /// <summary>A new organization with its administrator.</summary>
    public Task<Office> NewOfficeAsync(string name = "Test Realty") => RegisterAsync(name, $"admin-{Guid.NewGuid():n}@example.com");

    /// <summary>The same, whose administrator operates the installation.</summary>
    public async Task<Office> NewOperatorAsync()
    {
        var office = await RegisterAsync("Hosting", OperatorEmail(Interlocked.Increment(ref operators)));
        await this.ExecuteAsync("update auth.users set email_verified_at = now() where id = $1", office.AdminId);
        return office;
    }

    /// <summary>Who may operate this installation; number 0 is nobody's yet.</summary>
    public static string OperatorEmail(int number) => $"operator-{number}@example.org";

    private async Task<Office> RegisterAsync(string name, string email)
    {
        var answer = await Anonymous.PostAsync("/api/v1/auth/register", new
        {
            email, password = Office.Password, first_name = "Ada", last_name = "Admin", organization_name = name,
        });
        return new Office(this, email, answer.Must(201));
    }

    /// <summary>What a host of this run is configured with, on these services or on others.</summary>
    internal IEnumerable<(string Name, string Value)> Settings(DevServiceAddresses? others = null) =>
    [
        ("ConnectionStrings:Owner", (others ?? Addresses).OwnerConnectionString),
        ("ConnectionStrings:App", (others ?? Addresses).AppConnectionString),
        ("ConnectionStrings:System", (others ?? Addresses).SystemConnectionString),
        ("ConnectionStrings:Redis", (others ?? Addresses).RedisConfiguration),
        ("Redis:KeyPrefix", database + ":"),
        ("urls", "http://127.0.0.1:0"),
        ("DataFolder", DataFolder),
        ("Logging:LogLevel:Default", "Warning"),
        ("SampleData", "false"),
        ("RecordUrl", "https://app.example.com/open/{reference}"),
        .. Communications.WebhookVectors.Settings,
        .. Webhooks.Receiver.Settings,
        .. Social.FakeNetworks.Settings,
        .. Syndication.FakePropertyFinder.Settings,
        ("RateLimits:Enabled", "false"),
        ("Events:SessionCheckSeconds", "600"), // so that a stream which ends at once was told to
        ("Auth:FailureDelays", "0"),
        ("Auth:PasswordIterations", "1000"),
        .. Enumerable.Range(0, 20).Select(n => ($"Operators:Emails:{n}", OperatorEmail(n))),
        ("ForwardedHeaders:KnownProxies:0", "127.0.0.1"), // a test names the network that it comes from
    ];

    /// <summary>An empty database on the same services, for hosts of a test that must not share their jobs with this one.</summary>
    internal Task<DevServiceAddresses> NewDatabaseAsync(string name) => PrivateServices.CreateDatabaseAsync(options, name);

    internal Task DropDatabaseAsync(string name) => PrivateServices.DropDatabaseAsync(options, name);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await factory.DisposeAsync();
        await PrivateServices.DropDatabaseAsync(options, database);
        if (container is not null) await container.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
    }
}
