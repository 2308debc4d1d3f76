using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using RealEstateOs.DevServices;
using RealEstateOs.Platform.Persistence;

[assembly: AssemblyFixture(typeof(RealEstateOs.ApiTests.Events.EventServices))]

namespace RealEstateOs.ApiTests.Events;

/// <summary>A PostgreSQL and a Redis for the event tests of this run.</summary>
public sealed class EventServices : IAsyncLifetime
{
    private readonly PrivateServiceOptions options = new() { DataFolder = Path.Combine(Path.GetTempPath(),
        $"reos-events-{Environment.ProcessId}"), ForTests = true };
    private Task? started;
    private int databases;

    public string RedisConnection { get; private set; } = "";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A migrated database of its own, so that no other test's events are in the way.</summary>
    public async Task<DevServiceAddresses> NewDatabaseAsync()
    {
        lock (options) started ??= StartAsync();
        await started;
        var addresses = await PrivateServices.CreateDatabaseAsync(options, $"events_{Interlocked.Increment(ref databases)}");
        await new MigrationRunner([new MigrationSource("platform", typeof(MigrationRunner).Assembly)], NullLogger<MigrationRunner>.Instance)
            .RunAsync(addresses.OwnerConnectionString, CancellationToken.None);
        return addresses;
    }

    private async Task StartAsync() => RedisConnection = (await PrivateServices.EnsureAsync(options)).RedisConfiguration;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (started is null) return;
        await PrivateServices.StopAsync(options.DataFolder);
        Directory.Delete(options.DataFolder, recursive: true);
    }
}
