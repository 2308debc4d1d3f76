using System.Text.Json;
using Npgsql;
using RealEstateOs.DevServices;

namespace RealEstateOs.ApiTests.Fixture;

/// <summary>A database of a test's own with hosts as processes on it, for what must share nobody's jobs, mails or market.</summary>
internal sealed class OwnInstallation : IAsyncDisposable
{
    private readonly Server server;
    private readonly string database;

    private OwnInstallation(Server server, string database, DevServiceAddresses addresses, (string, string)[] settings) =>
        (this.server, this.database, Addresses, Settings) = (server, database, addresses,
            [.. server.Settings(addresses), ("Redis:KeyPrefix", database + ":"), .. settings]);

    public DevServiceAddresses Addresses { get; }

    public IReadOnlyList<(string Name, string Value)> Settings { get; }

    public static async Task<OwnInstallation> OpenAsync(Server server, params (string Name, string Value)[] settings)
    {
        var database = $"own_{Guid.NewGuid():n}";
        return new(server, database, await server.NewDatabaseAsync(database), settings);
    }

    public Task<HostProcess> StartAsync() => HostProcess.StartAsync(Settings, TestContext.Current.CancellationToken);

    /// <summary>An organization, and its administrator signed in at this host.</summary>
    public static async Task<(JsonElement Registered, Actor Admin)> RegisterAsync(HostProcess host)
    {
        var registered = (await new Actor(host.Client, null).PostAsync("/api/v1/auth/register", new
        {
            email = $"own-{Guid.NewGuid():n}@example.com", password = Office.Password, first_name = "Ada", last_name = "Admin",
            organization_name = "Own Realty",
        })).Must(201);
        return (registered, new Actor(host.Client, registered.Text("access_token")));
    }

    /// <summary>How many rows there are, where no request tells.</summary>
    public async Task<long> CountAsync(string from)
    {
        await using var connection = new NpgsqlConnection(Addresses.SystemConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select count(*) from " + from, connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>The first column of a query, as texts.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Addresses.SystemConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var texts = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) texts.Add(rows.GetString(0));
        return texts;
    }

    public async ValueTask DisposeAsync() => await server.DropDatabaseAsync(database);
}
