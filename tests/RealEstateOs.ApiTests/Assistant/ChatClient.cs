using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

/// <summary>A WebSocket as a client holds it.</summary>
internal sealed class ChatClient : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();

    public string? Protocol => socket.SubProtocol;

    public static Task<ChatClient> OpenAsync(Server server, string? token, string path, string by = "header") =>
        OpenAsync(server.Client.BaseAddress!, token, path, by);

    public static async Task<ChatClient> OpenAsync(Uri host, string? token, string path, string by = "header")
    {
        var client = new ChatClient();
        var address = new UriBuilder(new Uri(host, path)) { Scheme = "ws" };
        if (by == "header" && token is not null) client.socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        if (by == "query") address.Query = $"{address.Query.TrimStart('?')}{(address.Query.Length > 1 ? "&" : "")}token={token}";
        foreach (var protocol in by == "protocol" ? ["bearer", token!] : Array.Empty<string>())
            client.socket.Options.AddSubProtocol(protocol);
        await client.socket.ConnectAsync(address.Uri, TestContext.Current.CancellationToken);
        return client;
    }

    public Task SendAsync(object frame) => SendAsync(JsonSerializer.Serialize(frame));

    public Task SendAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>The frames up to the first of a type.</summary>
    public async Task<List<JsonElement>> UntilAsync(string type)
    {
        var frames = new List<JsonElement>();
        while (frames.Count == 0 || frames[^1].Text("type") != type) frames.Add(await NextAsync());
        return frames;
    }

    public async Task<JsonElement> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, limit.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return JsonSerializer.SerializeToElement(new { type = "closed", reason = socket.CloseStatusDescription });
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return JsonDocument.Parse(message.ToArray()).RootElement;
        }
    }

    /// <summary>As a lost connection: no goodbye.</summary>
    public void Abort() => socket.Abort();

    public async ValueTask DisposeAsync()
    {
        if (socket.State == WebSocketState.Open) await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        socket.Dispose();
    }
}
