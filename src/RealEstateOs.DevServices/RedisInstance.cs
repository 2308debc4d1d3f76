using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RealEstateOs.DevServices;

/// <summary>The private Redis server.</summary>
internal sealed class RedisInstance(string dataFolder, ServiceAccount account, bool forTests, Action<string> log)
{
    private string Folder => Path.Combine(account.Home, "redis");

    public async Task<int> EnsureAsync(ServiceState state, CancellationToken ct)
    {
        if (await IsRunningAsync(state, ct)) return state.RedisPort;

        // What still runs here is of an older password or port, or does not answer.
        await account.EndProcessesAsync(Folder, Signals.Terminate, TimeSpan.FromSeconds(5), ct);
        var server = InstalledTools.FindRedis();
        await account.CreateFolderAsync(Folder, ct);

        var port = FreePort.Choose(state.RedisPort, Folder);
        for (var tries = 0; tries < 5; tries++)
        {
            var configuration = Path.Combine(Folder, "redis.conf");
            await account.WriteFileAsync(configuration, Settings(port, state.RedisPassword), ct);
            var serverLog = new ServiceLog(dataFolder, "redis.log");
            log($"Starting Redis on 127.0.0.1:{port}");
            await Command.LaunchAsync(account.As(server, configuration), serverLog.File, ct);
            if (await WaitUntilReadyAsync(port, state.RedisPassword, serverLog, ct)) return port;
            port = FreePort.Choose(port, Folder);
        }

        throw new PrivateServicesException($"Redis found no free port; its log is {Path.Combine(dataFolder, "logs", "redis.log")}.");
    }

    public async Task<bool> IsRunningAsync(ServiceState state, CancellationToken ct) =>
        state.RedisPort > 0
        && (await account.ProcessesInAsync(Folder, ct)).Count > 0
        && await AnswersAsync(state.RedisPort, state.RedisPassword, ct);

    public async Task<bool> StopAsync(CancellationToken ct)
    {
        if ((await account.ProcessesInAsync(Folder, ct)).Count == 0) return false;
        await account.EndProcessesAsync(Folder, Signals.Terminate, TimeSpan.FromSeconds(10), ct);
        return true;
    }

    private async Task<bool> WaitUntilReadyAsync(int port, string password, ServiceLog serverLog, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < TimeSpan.FromSeconds(30); waited += TimeSpan.FromMilliseconds(25))
        {
            if (await AnswersAsync(port, password, ct)) return true;
            await Task.Delay(25, ct);
            if (waited.TotalMilliseconds % 500 != 475 || (await account.ProcessesInAsync(Folder, ct)).Count > 0) continue;

            var said = serverLog.NewText();
            if (Faults.IsTakenPort(said)) return false;
            throw new PrivateServicesException(
                $"Redis does not start: {Faults.Explain(said, Faults.LastFault(said))} Its log: {serverLog.File}");
        }

        throw new PrivateServicesException($"Redis was not ready within 30 s. Its log: {serverLog.File}");
    }

    private static async Task<bool> AnswersAsync(int port, string password, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {password}\r\nPING\r\n"), limit.Token);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync(limit.Token) == "+OK" && await reader.ReadLineAsync(limit.Token) == "+PONG";
        }
        catch (Exception fault) when (fault is SocketException or IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return false;
        }
    }

    private string Settings(int port, string password) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
             port {port}
             bind 127.0.0.1
             protected-mode yes
             requirepass {password}
             dir "{Folder}"
             daemonize no
             supervised no
             maxmemory 256mb
             maxmemory-policy noeviction
             save ""
             appendonly {(forTests ? "no" : "yes")}
             """) + "\n";
}
