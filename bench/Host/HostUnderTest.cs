using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RealEstateOs.DevServices;

namespace RealEstateOs.Bench.Host;

/// <summary>MB that the process holds, and how many of them are its own rather than pages of files.</summary>
internal sealed record Memory(double Resident, double Anonymous);

/// <summary>A host as the image runs it: a process with addresses in its environment.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    private readonly Process process;

    private HostUnderTest(Process process, Uri address, double ready) =>
        (this.process, Client, Ready) = (process, new HttpClient(new SocketsHttpHandler()) { BaseAddress = address }, ready);

    public HttpClient Client { get; }

    /// <summary>Seconds from the process to /ready.</summary>
    public double Ready { get; }

    /// <summary>In <c>Production</c> or <c>Development</c>; only the latter plants the sample data.</summary>
    public static async Task<HostUnderTest> StartAsync(DevServiceAddresses addresses, string build, string environment)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [build])
        {
            WorkingDirectory = Path.GetDirectoryName(build), RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (string Name, string Value)[] settings =
        [
            ("ASPNETCORE_ENVIRONMENT", environment), ("ASPNETCORE_URLS", address.ToString()), ("PublicUrl", address.ToString()),
            ("DataFolder", Entry.Services.DataFolder),
            ("DOTNET_EnableWriteXorExecute", "0"), ("MALLOC_ARENA_MAX", "2"), ("JWT_SECRET_KEY", new string('k', 40)),
            ("RateLimits__Enabled", "false"), ("RateLimits__Plans__standard__ReportsPerDay", "10000"),
            ("Auth__AccessTokenLifetime", "08:00:00"), ("ConnectionStrings__Owner", addresses.OwnerConnectionString),
            ("ConnectionStrings__App", addresses.AppConnectionString), ("ConnectionStrings__System", addresses.SystemConnectionString),
            ("ConnectionStrings__Redis", addresses.RedisConfiguration),
        ];
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var asking = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address };
        while (!await IsReadyAsync(asking))
        {
            if (process.HasExited) throw new InvalidOperationException($"The host of {build} ended with {process.ExitCode}.");
            await Task.Delay(20);
        }
        return new HostUnderTest(process, address, clock.Elapsed.TotalSeconds);
    }

    public Memory Memory()
    {
        var status = File.ReadLines($"/proc/{process.Id}/status").Select(line => line.Split(':', 2)).ToDictionary(p => p[0], p => p[1]);
        double Of(string name) => double.Parse(status[name].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
        return new Memory(Of("VmRSS"), Of("RssAnon"));
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
