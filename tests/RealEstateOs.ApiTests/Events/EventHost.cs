using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.DevServices;
using RealEstateOs.Platform;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.ApiTests.Events;

/// <summary>A host with the platform only, on a real port; several may share a database.</summary>
internal sealed class EventHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private EventHost(WebApplication app) => this.app = app;

    public IServiceProvider Services => app.Services;

    public FakeSessions Sessions => (FakeSessions)Services.GetRequiredService<ISessionDirectory>();

    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<EventHost> StartAsync(
        DevServiceAddresses database, string? redis, Action<IServiceCollection>? services = null,
        Dictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:App"] = database.AppConnectionString, ["ConnectionStrings:System"] = database.SystemConnectionString,
            ["ConnectionStrings:Redis"] = redis,
            ["Redis:KeyPrefix"] = new NpgsqlConnectionStringBuilder(database.AppConnectionString).Database + ":",
            ["Jwt:Key"] = "only the event tests sign with this key", ["Events:RetryBaseMilliseconds"] = "5", ["Jobs:Run"] = "false",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddPlatform();
        builder.Services.AddSingleton<ISessionDirectory, FakeSessions>();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UsePlatform();
        app.MapPlatform();
        await app.StartAsync();
        return new EventHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

/// <summary>Sessions by number, without the auth module.</summary>
internal sealed class FakeSessions : ISessionDirectory
{
    private readonly ConcurrentDictionary<long, Principal> known = [];

    public Principal Add(long organization, long user, params string[] permissions)
    {
        var session = known.Count + 1;
        return known[session] = new Principal(
            new UserId(user), new OrganizationId(organization), null, session,
            string.Create(CultureInfo.InvariantCulture, $"u{user}@example.com"), "Jane Doe", ["agent"],
            permissions.Length > 0 ? permissions : ["properties:read", "leads:read"], "standard", 1);
    }

    public void End(Principal who) => known.TryRemove(who.SessionId, out _);

    public Task<Principal?> FindAsync(long sessionId, CancellationToken ct) => Task.FromResult(known.GetValueOrDefault(sessionId));

    public Task<Principal?> FindUserAsync(UserId user, CancellationToken ct) =>
        Task.FromResult(known.Values.FirstOrDefault(who => who.UserId == user));
}

/// <summary>Writes and reads the outbox by SQL.</summary>
internal static class OutboxRows
{
    public static async Task WriteAsync(this NpgsqlDataSource db, long organization, string type, string payload = "{}")
    {
        await using var command = Insert(db.CreateCommand(), organization, type, payload);
        await command.ExecuteNonQueryAsync();
    }

    public static NpgsqlCommand Insert(NpgsqlCommand command, long organization, string type, string payload)
    {
        command.CommandText =
            "insert into platform.outbox (organization_id, event_type, payload, occurred_at) values ($1, $2, $3::jsonb, now())";
        command.Parameters.Add(new() { Value = organization });
        command.Parameters.Add(new() { Value = type });
        command.Parameters.Add(new() { Value = payload });
        return command;
    }

    public static async Task<T> ScalarAsync<T>(this NpgsqlDataSource db, string sql)
    {
        await using var command = db.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<List<T>> ColumnAsync<T>(this NpgsqlDataSource db, string sql) =>
        [.. await db.ScalarAsync<T[]>($"select coalesce(array_agg(x), '{{}}') from ({sql}) as t(x)")];
}
