using System.Globalization;

namespace RealEstateOs.DevServices;

/// <summary>The private PostgreSQL cluster: made once, started when it does not run, found again when it does.</summary>
internal sealed class PostgresCluster(string dataFolder, ServiceAccount account, bool forTests, Action<string> log)
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    private string Folder => Path.Combine(account.Home, "postgres");

    private string PidFile => Path.Combine(Folder, "postmaster.pid");

    /// <summary>Sees to it that the server runs and tells its port.</summary>
    public async Task<int> EnsureAsync(ServiceState state, bool passwordIsNew, CancellationToken ct)
    {
        if (!passwordIsNew && await FindRunningAsync(ct) is { } port) return port;

        await account.EndProcessesAsync(Folder, passwordIsNew ? Signals.Interrupt : Signals.Quit, TimeSpan.FromSeconds(10), ct);
        if (File.Exists(PidFile)) File.Delete(PidFile);
        var tools = await InstalledTools.FindPostgresAsync(ClusterVersion(), ct);
        if (ClusterVersion() is null) await CreateAsync(tools, state.SuperuserPassword, ct);
        else if (passwordIsNew) await ResetPasswordAsync(tools, state.SuperuserPassword, ct);

        try
        {
            return await StartAsync(tools, state.PostgresPort, ct);
        }
        catch (PrivateServicesException broken) when (forTests)
        {
            log($"The test cluster does not start ({broken.Message}): making a new one.");
            await account.EndProcessesAsync(Folder, Signals.Kill, TimeSpan.FromSeconds(5), ct);
            Directory.Delete(Folder, recursive: true);
            await CreateAsync(tools, state.SuperuserPassword, ct);
            return await StartAsync(tools, state.PostgresPort, ct);
        }
    }

    public async Task<bool> StopAsync(CancellationToken ct)
    {
        var running = await account.ProcessesInAsync(Folder, ct);
        if (running.Count == 0) return false;
        if (Postmaster() is { } postmaster && running.Contains(postmaster.Id))
        {
            Command.Signal(postmaster.Id, Signals.Interrupt);
            for (var waited = 0; waited < 600 && (await account.ProcessesInAsync(Folder, ct)).Count > 0; waited++) await Task.Delay(50, ct);
        }

        await account.EndProcessesAsync(Folder, Signals.Quit, TimeSpan.FromSeconds(5), ct);
        return true;
    }

    /// <summary>The port of the running server, or null; waits for one that is just starting or stopping.</summary>
    public async Task<int?> FindRunningAsync(CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < StartPatience; waited += TimeSpan.FromMilliseconds(100))
        {
            if (Postmaster() is not { } postmaster) return null;
            if (!(await account.ProcessesInAsync(Folder, ct)).Contains(postmaster.Id)) return null;
            if (postmaster.Ready && await FreePort.AnswersAsync(postmaster.Port, ct)) return postmaster.Port;
            await Task.Delay(100, ct);
        }

        return null;
    }

    private async Task CreateAsync(PostgresTools tools, string password, CancellationToken ct)
    {
        Faults.DemandSpace(account.Home, 300);
        log($"Creating a private PostgreSQL {tools.Version} cluster in {Folder}");
        var draft = Folder + ".new";
        var passwordFile = Path.Combine(account.Home, "postgres.password");
        if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        await account.CreateFolderAsync(draft, ct);
        await account.WriteFileAsync(passwordFile, password, ct);
        try
        {
            // C.UTF-8 sorts like C, but knows the letters beyond ASCII: trigrams, lower() and full text need that for Arabic.
            await Command.DemandAsync(
                account.As(
                    tools.InitDb, "--pgdata", draft, "--username", "postgres", "--pwfile", passwordFile, "--auth", "scram-sha-256",
                    "--encoding", "UTF8", "--locale", "C.UTF-8", "--lc-messages", "C", "--no-sync", "--no-instructions"),
                null,
                ct);
        }
        finally
        {
            File.Delete(passwordFile);
        }

        // Renamed last: a folder of this name is always a whole cluster, also after a kill in between.
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        Directory.Move(draft, Folder);
    }

    private async Task ResetPasswordAsync(PostgresTools tools, string password, CancellationToken ct)
    {
        log("The remembered passwords are gone: giving PostgreSQL a new one");
        await Command.DemandAsync(
            account.As(tools.Postgres, "--single", "-D", Folder, "postgres"), $"ALTER ROLE postgres PASSWORD '{password}';\n", ct);
    }

    private async Task<int> StartAsync(PostgresTools tools, int rememberedPort, CancellationToken ct)
    {
        var port = FreePort.Choose(rememberedPort, Folder);
        for (var tries = 0; tries < 5; tries++)
        {
            var serverLog = new ServiceLog(dataFolder, "postgres.log");
            log($"Starting PostgreSQL {tools.Version} on 127.0.0.1:{port}");
            await Command.LaunchAsync(account.As([tools.Postgres, "-D", Folder, .. Settings(port)]), serverLog.File, ct);
            if (await WaitUntilReadyAsync(serverLog, ct)) return port;
            port = FreePort.Choose(port, Folder);
        }

        throw new PrivateServicesException(
            $"PostgreSQL found no free port; its log is {Path.Combine(dataFolder, "logs", "postgres.log")}.");
    }

    /// <summary>False when another program took the port in the meantime.</summary>
    private async Task<bool> WaitUntilReadyAsync(ServiceLog serverLog, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < StartPatience; waited += TimeSpan.FromMilliseconds(25))
        {
            if (Postmaster() is { Ready: true }) return true;
            await Task.Delay(25, ct);
            if (waited.TotalMilliseconds % 500 != 475 || (await account.ProcessesInAsync(Folder, ct)).Count > 0) continue;

            var said = serverLog.NewText();
            if (Faults.IsTakenPort(said)) return false;
            throw new PrivateServicesException(
                $"PostgreSQL does not start: {Faults.Explain(said, Faults.LastFault(said))} Its log: {serverLog.File}");
        }

        throw new PrivateServicesException($"PostgreSQL was not ready within {StartPatience.TotalSeconds:0} s. Its log: {serverLog.File}");
    }

    private IEnumerable<string> Settings(int port)
    {
        string[] settings =
        [
            string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=200",
            forTests ? "shared_buffers=128MB" : "shared_buffers=256MB",
            "effective_cache_size=1GB",
            "work_mem=16MB",
            "maintenance_work_mem=128MB",
            "random_page_cost=1.1",
            "jit=off",
            "wal_level=minimal",
            "max_wal_senders=0",
            "timezone=UTC",
            "log_timezone=UTC",
            .. forTests ? (string[])["fsync=off", "full_page_writes=off"] : [],
        ];
        return settings.SelectMany(setting => new[] { "-c", setting });
    }

    private int? ClusterVersion()
    {
        var file = Path.Combine(Folder, "PG_VERSION");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var version) ? version : null;
    }

    private (int Id, int Port, bool Ready)? Postmaster()
    {
        try
        {
            // Lines: process, folder, start time, port, socket folder, address, shared memory, status.
            var lines = File.ReadAllLines(PidFile);
            if (lines.Length == 0 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id)) return null;
            var port = lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var written) ? written : 0;
            return (id, port, port > 0 && lines.Length > 7 && lines[7].Trim() == "ready");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
