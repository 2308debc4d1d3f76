using RealEstateOs.DevServices;
using Testcontainers.PostgreSql;

namespace RealEstateOs.ApiTests.Fixture;

/// <summary>
/// With <c>REOS_TEST_DATABASE=container</c> the tests' PostgreSQL runs in a container of any Docker host, of the image
/// <c>REOS_TEST_IMAGE</c>; without, in a private cluster.
/// </summary>
internal sealed class DatabaseContainer : IAsyncDisposable
{
    private readonly string password = Guid.NewGuid().ToString("n");
    private readonly PostgreSqlContainer container;

    private DatabaseContainer() => container =
        new PostgreSqlBuilder(Environment.GetEnvironmentVariable("REOS_TEST_IMAGE") ?? "postgres:17.6")
            .WithUsername("postgres").WithPassword(password).WithEnvironment("POSTGRES_INITDB_ARGS", "--locale=C.UTF-8 --encoding=UTF8")
            .WithCommand("-c", "max_connections=200").Build();

    public PostgresElsewhere Address => new(container.Hostname, container.GetMappedPublicPort(PostgreSqlBuilder.PostgreSqlPort), password);

    public static async Task<DatabaseContainer?> StartIfWantedAsync()
    {
        if (Environment.GetEnvironmentVariable("REOS_TEST_DATABASE") != "container") return null;
        var database = new DatabaseContainer();
        await database.container.StartAsync();
        return database;
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();
}
