namespace RealEstateOs.DevServices;

/// <summary>A PostgreSQL cluster and a Redis of our own, in a data folder, on loopback: for development and tests.</summary>
public static partial class PrivateServices
{
    /// <summary>
    /// Starts what does not run, creates what does not exist, and tells how to reach it. Safe to call again, also at the same time.
    /// </summary>
    /// <exception cref="PrivateServicesException">With one line that says what to do.</exception>
    public static async Task<DevServiceAddresses> EnsureAsync(PrivateServiceOptions options, Action<string>? log = null,
        CancellationToken ct = default) =>
            await InFolderAsync(options, log, async (dataFolder, account) =>
            {
                var say = log ?? (_ => { });
                var remembered = await ServiceState.LoadAsync(dataFolder, ct);
                var state = remembered ?? new ServiceState();
                if (options.Postgres is { } other)
                    state = state with { PostgresHost = other.Host, PostgresPort = other.Port, SuperuserPassword = other.Password };

                _ = InstalledTools.FindRedis();
                var postgres = options.Postgres?.Port ?? await new PostgresCluster(dataFolder, account, options.ForTests, say).EnsureAsync(
                    state, remembered is null, ct);
                var redis = await new RedisInstance(dataFolder, account, options.ForTests, say).EnsureAsync(state, ct);
                var settled = state with { PostgresPort = postgres, RedisPort = redis };
                // Saved last: what a kill leaves without remembered passwords gets new ones at the next start.
                if (settled != remembered) await settled.SaveAsync(dataFolder, ct);
                var bootstrap = new PostgresBootstrap(settled, settled.PostgresPort);
                await bootstrap.EnsureRolesAsync(ct);
                await bootstrap.EnsureDatabaseAsync(options.DatabaseName, replaceExisting: false, ct);
                return Addresses(settled, options.DatabaseName);
            }, ct);

    /// <summary>Creates a database beside the main one, with the same owner, grants and extensions; the services must run.</summary>
    public static async Task<DevServiceAddresses> CreateDatabaseAsync(
        PrivateServiceOptions options, string name, bool replaceExisting = false, CancellationToken ct = default)
    {
        var state = await RunningStateAsync(options, ct);
        await new PostgresBootstrap(state, state.PostgresPort).EnsureDatabaseAsync(name, replaceExisting, ct);
        return Addresses(state, name);
    }

    /// <summary>Drops a database that <see cref="CreateDatabaseAsync"/> made, whoever is connected to it.</summary>
    public static async Task DropDatabaseAsync(PrivateServiceOptions options, string name, CancellationToken ct = default)
    {
        var state = await RunningStateAsync(options, ct);
        await new PostgresBootstrap(state, state.PostgresPort).DropDatabaseAsync(name, ct);
    }

    /// <summary>Stops both services; false when neither ran.</summary>
    public static async Task<bool> StopAsync(string dataFolder, CancellationToken ct = default)
    {
        if (!Directory.Exists(dataFolder)) return false;
        return await InFolderAsync(new PrivateServiceOptions { DataFolder = dataFolder }, null, async (folder, account) =>
        {
            var postgres = await new PostgresCluster(folder, account, forTests: false, _ => { }).StopAsync(ct);
            var redis = await new RedisInstance(folder, account, forTests: false, _ => { }).StopAsync(ct);
            return postgres || redis;
        }, ct);
    }

    /// <summary>The addresses of the running services, or null when one of them does not run.</summary>
    public static async Task<DevServiceAddresses?> FindRunningAsync(PrivateServiceOptions options, CancellationToken ct = default)
    {
        if (!Directory.Exists(options.DataFolder)) return null;
        return await InFolderAsync(options, null, async (folder, account) =>
        {
            if (await ServiceState.LoadAsync(folder, ct) is not { } state) return null;
            var port = await new PostgresCluster(folder, account, options.ForTests, _ => { }).FindRunningAsync(ct);
            var redis = await new RedisInstance(folder, account, options.ForTests, _ => { }).IsRunningAsync(state, ct);
            return port is { } found && redis ? Addresses(state with { PostgresPort = found }, options.DatabaseName) : null;
        }, ct);
    }

    private static async Task<T> InFolderAsync<T>(
        PrivateServiceOptions options, Action<string>? log, Func<string, ServiceAccount, Task<T>> work, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
            throw new PrivateServicesException(
                "Private services need Linux: set ConnectionStrings:Owner, App, System and Redis, or use ./start.sh --docker.");
        try
        {
            Directory.CreateDirectory(options.DataFolder);
            // Processes are found by their folder, which the kernel names without symbolic links.
            var folder = (await Command.DemandAsync(["realpath", options.DataFolder], null, ct)).TrimEnd('\n');
            await using var held = await FolderLock.TakeAsync(folder, ct);
            return await work(folder, await ServiceAccount.ChooseAsync(folder, log ?? (_ => { }), ct));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PrivateServicesException($"{options.DataFolder} cannot be used: {Faults.Explain(fault.Message, fault.Message)}",
                fault);
        }
    }

    private static async Task<ServiceState> RunningStateAsync(PrivateServiceOptions options, CancellationToken ct) =>
        await ServiceState.LoadAsync(options.DataFolder, ct)
        ?? throw new PrivateServicesException($"No services were started in {options.DataFolder} yet.");

    private static DevServiceAddresses Addresses(ServiceState state, string database)
    {
        var postgres = new PostgresBootstrap(state, state.PostgresPort);
        return new DevServiceAddresses(
            postgres.ConnectionString("reos_owner", state.OwnerPassword, database),
            postgres.ConnectionString("reos_app", state.AppPassword, database),
            postgres.ConnectionString("reos_system", state.SystemPassword, database),
            $"127.0.0.1:{state.RedisPort},password={state.RedisPassword}");
    }
}
