using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace RealEstateOs.Bench.Events;

/// <summary>Readers of live streams on bare sockets, in a process of their own where there are thousands.</summary>
internal static class StreamReaders
{
    /// <summary>Opens so many streams, says so, reads until its input ends, and prints how late the events came.</summary>
    public static async Task RunAsync(string[] args)
    {
        var (server, token, count) = (new Uri(args[0]), args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
        using var end = new CancellationTokenSource();
        var seen = Enumerable.Range(0, count).Select(_ => new List<(long Position, DateTimeOffset At)>()).ToArray();
        var readers = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            var (opened, mine) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), seen[i]);
            readers.Add(ReadAsync(server, token, opened, position => mine.Add((position, TimeProvider.System.GetUtcNow())), end.Token));
            if (i % 50 == 49) await opened.Task;
        }
        Console.WriteLine("open");
        while (await Console.In.ReadLineAsync() is { Length: > 0 }) continue;
        await end.CancelAsync();
        await Task.WhenAll(readers);
        var moments = new Dictionary<long, DateTimeOffset>();
        await using var source = NpgsqlDataSource.Create(args[3]);
        await using var command = source.CreateCommand("select position, occurred_at from platform.outbox where position is not null");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) moments[rows.GetInt64(0)] = await rows.GetFieldValueAsync<DateTimeOffset>(1);
        var lags = seen.SelectMany(s => s).Where(s => moments.ContainsKey(s.Position))
            .Select(s => (s.At - moments[s.Position]).TotalMilliseconds).ToList();
        var (fewest, most) = (seen.Min(s => s.Count), seen.Max(s => s.Count));
        Console.WriteLine($"{lags.Count:N0} events read; the reader with the fewest saw {fewest:N0}, with the most {most:N0}.\n");
        Console.WriteLine("| lag, ms | p50 | p99 | longest |\n|---|--:|--:|--:|");
        EventLags.Line($"on {count:N0} live streams", lags);
    }

    /// <summary>Tells the position of each event that comes.</summary>
    public static async Task ReadAsync(Uri server, string token, TaskCompletionSource opened, Action<long> saw, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), ct);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                $"GET /api/v1/sse/stream?token={token} HTTP/1.1\r\nHost: {server.Authority}\r\nAccept: text/event-stream\r\n\r\n"), ct);
            var (buffer, filled) = (new byte[4096], 0);
            while (await socket.ReceiveAsync(buffer.AsMemory(filled), ct) is > 0 and var got)
            {
                filled += got;
                var rest = Parse(buffer.AsSpan(0, filled), opened, saw);
                buffer.AsSpan(filled - rest, rest).CopyTo(buffer);
                filled = rest;
            }
            opened.TrySetException(new IOException("The server has hung up."));
        }
        catch (OperationCanceledException)
        {
        }
    }

    // An event's frame begins with the line of its position and goes on with its name; the first frame is a position alone.
    private static int Parse(ReadOnlySpan<byte> text, TaskCompletionSource opened, Action<long> saw)
    {
        while (text.IndexOf("id: "u8) is >= 0 and var at)
        {
            var end = text[at..].IndexOf("\n"u8);
            if (end < 0 || text.Length < at + end + 2) return text.Length - at;
            if (text[at + end + 1] == '\n') opened.TrySetResult();
            else saw(long.Parse(text.Slice(at + 4, end - 4), CultureInfo.InvariantCulture));
            text = text[(at + end + 1)..];
        }
        return Math.Min(text.Length, 3);
    }
}
