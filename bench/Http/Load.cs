using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RealEstateOs.Bench.Http;

/// <summary>Requests per second and how long they took, ms.</summary>
internal sealed record Measured(double PerSecond, double Median, double P99, long Requests, long Failed);

/// <summary>
/// Sends requests over kept connections, each as soon as the one before is answered. Written on sockets, because an HttpClient takes more
/// of the processor than what is measured.
/// </summary>
internal static class Load
{
    public static async Task<Measured> RunAsync(Uri server, int connections, TimeSpan duration, Func<Random, byte[]> request)
    {
        var until = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var clock = Stopwatch.StartNew();
        var runs = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(n => Task.Run(() => OneAsync(server, until, new Random(n * 7919), request))));
        var elapsed = clock.Elapsed.TotalSeconds;
        var times = runs.SelectMany(r => r.Times).Order().ToArray();
        double At(double share) => times.Length == 0 ? double.NaN : times[Math.Min(times.Length - 1, (int)(times.Length * share))];
        return new Measured(times.Length / elapsed, At(0.5), At(0.99), times.Length, runs.Sum(r => r.Failed));
    }

    public static byte[] Request(Uri server, string method, string path, string? token, string? body = null)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\nHost: {server.Authority}\r\n");
        if (token is not null) head.Append(CultureInfo.InvariantCulture, $"Authorization: Bearer {token}\r\n");
        if (body is not null) head.Append(CultureInfo.InvariantCulture,
            $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        return Encoding.UTF8.GetBytes(head.Append("\r\n").Append(body).ToString());
    }

    private static async Task<(List<double> Times, long Failed)> OneAsync(Uri server, long until, Random random,
        Func<Random, byte[]> request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        var (times, failed, buffer) = (new List<double>(), 0L, new byte[256 * 1024]);
        while (Stopwatch.GetTimestamp() < until)
        {
            var started = Stopwatch.GetTimestamp();
            await socket.SendAsync(request(random));
            if (await AnswerAsync(socket, buffer) is < 200 or >= 300) failed++;
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return (times, failed);
    }

    // Reads one whole answer, by its length or by its chunks, and tells its status.
    private static async Task<int> AnswerAsync(Socket socket, byte[] buffer)
    {
        var (filled, head) = (0, -1);
        while (head < 0)
        {
            filled += await ReceiveAsync(socket, buffer.AsMemory(filled));
            head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }
        var lines = Encoding.ASCII.GetString(buffer, 0, head);
        var status = int.Parse(lines.AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (Length(lines) is { } length)
        {
            for (var missing = head + 4 + length - filled; missing > 0;)
                missing -= await ReceiveAsync(socket, buffer.AsMemory(0, Math.Min(missing, buffer.Length)));
        }
        else
        {
            // Only the last chunk ends so: JSON has no bare line ends.
            while (!buffer.AsSpan(head, filled - head).EndsWith("0\r\n\r\n"u8))
                filled += await ReceiveAsync(socket, buffer.AsMemory(filled));
        }
        return status;
    }

    private static int? Length(string head)
    {
        const string name = "\r\nContent-Length: ";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var end = head.IndexOf('\r', at + name.Length);
        return int.Parse(end < 0 ? head.AsSpan(at + name.Length) : head.AsSpan(at + name.Length, end - at - name.Length),
            CultureInfo.InvariantCulture);
    }

    private static async ValueTask<int> ReceiveAsync(Socket socket, Memory<byte> into) =>
        await socket.ReceiveAsync(into) is > 0 and var got ? got : throw new IOException("The server has hung up.");
}
