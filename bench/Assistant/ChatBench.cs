using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using RealEstateOs.ApiTests.Assistant;
using RealEstateOs.Bench.Outreach;

namespace RealEstateOs.Bench.Assistant;

/// <summary>Chats at once, each asking every few seconds as somebody who reads the answers.</summary>
internal static class ChatBench
{
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(int chats, TimeSpan time)
    {
        await using var host = await BenchHost.StartAsync(_ => { }, ("RateLimits:Enabled", "false"),
            ("Assistant:QuestionsPerMinute", "10000"));
        foreach (var file in Questions.Files()) await host.UploadAsync(await File.ReadAllBytesAsync(file), Path.GetFileName(file));
        await host.ReadInAsync(embedded: true);
        using var end = new CancellationTokenSource(time);
        var (first, memory) = (new ConcurrentBag<double>(), new List<long>());
        var talking = Enumerable.Range(0, chats).Select(n => Task.Run(() => TalkAsync(host, n, first, end.Token))).ToList();
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Max(1, time.TotalSeconds / 10)));
            memory.Add(Process.GetCurrentProcess().WorkingSet64 / 1024 / 1024);
        }
        await Task.WhenAll(talking);
        var took = first.ToList();
        Console.WriteLine(
            $"{chats} chats at once, each asks {Reading.TotalSeconds:N0} s (10 to 30) after an answer, {took.Count:N0} questions in "
            + $"{time.TotalSeconds:N0} s:");
        Console.WriteLine($"  first words, p50 {Desk.At(took, 0.5):F0} ms, p99 {Desk.At(took, 0.99):F0} ms");
        Console.WriteLine($"  memory of the process, every tenth of the time, MB: {string.Join(' ', memory)}");
    }

    private static async Task TalkAsync(BenchHost host, int number, ConcurrentBag<double> first, CancellationToken end)
    {
        var session = (await host.SendAsync(HttpMethod.Post, "/chat/sessions", new { title = $"Chat {number}" })).GetProperty("id")
            .GetInt64();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", host.Client.DefaultRequestHeaders.Authorization!.ToString());
        await socket.ConnectAsync(new UriBuilder(new Uri(host.Client.BaseAddress!, $"/api/v1/chat/stream/{session}")) { Scheme = "ws" }.Uri,
            default);
        await UntilAsync(socket, "ready");
        var chance = new Random(number);
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(Reading * (0.5 + chance.NextDouble()));
            var question = Questions.All[chance.Next(Questions.All.Length)].Question;
            var clock = Stopwatch.StartNew();
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { type = "message", content = question }),
                WebSocketMessageType.Text, true, default);
            await UntilAsync(socket, "delta");
            first.Add(clock.Elapsed.TotalMilliseconds);
            await UntilAsync(socket, "done");
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", default);
    }

    private static async Task UntilAsync(ClientWebSocket socket, string type)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            using var frame = new MemoryStream();
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, default);
                frame.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            var came = JsonDocument.Parse(Encoding.UTF8.GetString(frame.ToArray())).RootElement.GetProperty("type").GetString();
            if (came == type) return;
            if (came == "error") throw new InvalidOperationException(Encoding.UTF8.GetString(frame.ToArray()));
        }
    }
}
