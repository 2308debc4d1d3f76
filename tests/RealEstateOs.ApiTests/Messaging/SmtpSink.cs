using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RealEstateOs.ApiTests.Messaging;

/// <summary>A mail server that keeps who was written to under which Message-Id, and nothing else.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<Socket, Task> open = new();
    private readonly Task accepting;
    private int connections;

    public SmtpSink()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>All that were ever opened.</summary>
    public int Connections => connections;

    public int OpenConnections => open.Count;

    public ConcurrentQueue<SunkMail> Mails { get; } = new();

    /// <summary>
    /// Answers a command in the sink's place: <c>RCPT TO:&lt;a@b&gt;</c>, <c>DATA</c>, <c>.</c> for the end of a mail, <c>HELLO</c> for the
    /// greeting. "" hangs up, "…" says nothing more; a mail that ends so was taken all the same.
    /// </summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>Awaited before any answer: to be slow.</summary>
    public Func<Task> Pause { get; set; } = () => Task.CompletedTask;

    public void HangUp()
    {
        foreach (var socket in open.Keys) socket.Close();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stop.Token);
                socket.NoDelay = true;
                Interlocked.Increment(ref connections);
                open[socket] = Task.CompletedTask;
                open[socket] = Task.Run(() => ServeAsync(socket));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await TalkAsync(reader, writer);
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or OperationCanceledException or HungUp)
        {
        }
        finally
        {
            open.TryRemove(socket, out _);
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        await SayAsync(writer, "HELLO", "220 sink");
        var recipients = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            await Pause();
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO": await SayAsync(writer, line, "250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8"); break;
                case "RCPT":
                    if (await SayAsync(writer, line, "250 ok"))
                        recipients.Add(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>',
                            StringComparison.Ordinal)]);
                    break;
                case "DATA":
                    if (!await SayAsync(writer, line, "354 go on")) break;
                    var (id, size) = await ReadMailAsync(reader);
                    var answer = Answer(".");
                    if (answer is null or "" or "…")
                        foreach (var recipient in recipients) Mails.Enqueue(new SunkMail(id, recipient, size));
                    recipients.Clear();
                    await WriteAsync(writer, answer ?? "250 taken");
                    break;
                case "QUIT": await SayAsync(writer, line, "221 bye"); return;
                default:
                    if (verb is "MAIL" or "RSET") recipients.Clear();
                    await SayAsync(writer, line, "250 ok");
                    break;
            }
        }
    }

    /// <summary>True where the answer is a good one.</summary>
    private Task<bool> SayAsync(StreamWriter writer, string command, string usual) => WriteAsync(writer, Answer(command) ?? usual);

    private async Task<bool> WriteAsync(StreamWriter writer, string answer)
    {
        if (answer.Length == 0) throw new HungUp();
        if (answer == "…") await Task.Delay(Timeout.Infinite, stop.Token);
        await writer.WriteLineAsync(answer);
        return answer[0] is '2' or '3';
    }

    private static async Task<(string Id, int Size)> ReadMailAsync(StreamReader reader)
    {
        var (id, size, inHeader) = ("", 0, true);
        while (true)
        {
            // Who is cut off before the dot has sent nothing.
            var line = await reader.ReadLineAsync() ?? throw new HungUp();
            if (line == ".") return (id, size);
            size += line.Length + 2;
            if (line.Length == 0) inHeader = false;
            else if (inHeader && line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase)) id = line[11..].Trim();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        HangUp();
        await accepting;
        await Task.WhenAll(open.Values);
        stop.Dispose();
    }

    private sealed class HungUp : Exception;
}

internal sealed record SunkMail(string MessageId, string Recipient, int Size);
