using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Caching;

namespace RealEstateOs.UnitTests.Platform;

/// <summary>A real redis-server on a port of its own, which a test may stop, freeze and start again.</summary>
public sealed class PrivateRedis : IAsyncLifetime
{
    private readonly ConcurrentBag<RedisConnection> _connections = [];
    private Process? _server;

    public int Port { get; } = FreePort();

    public async ValueTask InitializeAsync() => await Start();

    public async Task Start()
    {
        var start = new ProcessStartInfo("redis-server")
        {
            ArgumentList = { "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "",
                "--appendonly", "no" },
            RedirectStandardOutput = true,
        };
        _server = Process.Start(start)!;
        _server.OutputDataReceived += (_, _) => { };
        _server.BeginOutputReadLine();
        await Eventually(async () =>
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    public async Task Stop()
    {
        if (_server is null) return;
        Signal("KILL");
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync();
        await Stop();
    }

    internal RedisCache Cache(ILogger<RedisCache>? logger = null) => Cache(Options(), logger);

    /// <summary>
    /// For tests of what Redis answers, not of how long it is waited for: a machine that stands still a moment changes nothing.
    /// </summary>
    internal RedisCache PatientCache() => Cache(Options(timeoutMilliseconds: 10_000));

    /// <summary>Without an address, so that it is always away.</summary>
    internal RedisCache NoCache() => Cache(Microsoft.Extensions.Options.Options.Create(new RedisOptions()));

    internal RedisSubscriptions Subscriptions() => new(Connection(Options()), Options(), new RecordedLog<RedisSubscriptions>());

    private RedisCache Cache(IOptions<RedisOptions> options, ILogger<RedisCache>? logger = null) =>
        new(Connection(options), options, TimeProvider.System, logger ?? new RecordedLog<RedisCache>());

    private RedisConnection Connection(IOptions<RedisOptions> options)
    {
        var connection = new RedisConnection(options);
        _connections.Add(connection);
        return connection;
    }

    private IOptions<RedisOptions> Options(int? timeoutMilliseconds = null)
    {
        var options = new RedisOptions { Connection = $"127.0.0.1:{Port}", KeyPrefix = "test:" };
        if (timeoutMilliseconds is { } patience) options.TimeoutMilliseconds = patience;
        return Microsoft.Extensions.Options.Options.Create(options);
    }

    internal static async Task Eventually(Func<Task<bool>> condition, int seconds = 10)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(seconds), "It did not come to pass in time.");
            await Task.Delay(25);
        }
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _server!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

internal sealed class RecordedLog<T> : ILogger<T>
{
    public List<(LogLevel Level, string Message)> Entries { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        lock (Entries) Entries.Add((logLevel, formatter(state, exception)));
    }
}
