using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RealEstateOs.ApiTests.Fixture;

/// <summary>A second host as a process of its own, which a test may kill.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process process;

    private HostProcess(Process process, Uri address) =>
        (this.process, Client) = (process, new HttpClient(new SocketsHttpHandler()) { BaseAddress = address });

    public HttpClient Client { get; }

    public int Id => process.Id;

    public static async Task<HostProcess> StartAsync(IEnumerable<(string Name, string Value)> settings, CancellationToken ct)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "RealEstateOs.Host.dll")]) { RedirectStandardOutput = true,
                RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment.Remove("urls");
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var host = new HostProcess(process, address);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(3); await Task.Delay(100, ct))
        {
            Assert.False(process.HasExited, "the host ended while it was starting");
            try
            {
                if ((await host.Client.GetAsync("/ready", ct)).IsSuccessStatusCode) return host;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        throw new TimeoutException("The host did not become ready.");
    }

    /// <summary>As kill -9 does: no handler runs, nothing is flushed.</summary>
    public void Kill() => process.Kill();

    /// <summary>Stands still, as a machine that is suspended: its connections stay open, and it runs on when it is thawed.</summary>
    public void Freeze() => Signal("STOP", Id);

    public void Thaw() => Signal("CONT", Id);

    public Task EndedAsync(CancellationToken ct) => process.WaitForExitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public static void Signal(string name, int process)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
