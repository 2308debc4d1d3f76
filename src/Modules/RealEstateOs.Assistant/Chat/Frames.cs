using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Assistant.Chat;

/// <summary>What a client sends.</summary>
internal sealed record ClientFrame(string? Type, string? Content, string? Message, string? ClientId)
{
    public string Text => (Content ?? Message ?? "").Replace("\0", "", StringComparison.Ordinal).Trim();
}

/// <summary>A WebSocket that speaks JSON: one writer at a time, frames of bounded size, and patience with an end.</summary>
internal sealed class JsonSocket(WebSocket socket, TimeProvider clock) : IDisposable
{
    private const int LargestFrame = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim writing = new(1);

    /// <summary>Refuses a plain request; else answers the handshake, with the one subprotocol that a token travels beside.</summary>
    public static async Task<JsonSocket> AcceptAsync(HttpContext http, TimeProvider clock)
    {
        if (!http.WebSockets.IsWebSocketRequest)
            throw new Problem(426, ErrorCodes.Format, "InvalidInputError", "Open this address as a WebSocket.");
        var protocol = http.WebSockets.WebSocketRequestedProtocols.Contains("bearer") ? "bearer" : null;
        return new JsonSocket(await http.WebSockets.AcceptWebSocketAsync(protocol), clock);
    }

    /// <summary>A client that takes nothing for too long is a <see cref="TimeoutException"/>.</summary>
    public async Task SendAsync(object frame, CancellationToken ct)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(frame, Json.Options);
        await writing.WaitAsync(ct);
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, ct).WaitAsync(Patience, clock, ct);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The next frame; null at the end. What is no JSON object has no type.</summary>
    public async Task<ClientFrame?> ReceiveAsync(CancellationToken ct)
    {
        var buffer = new byte[4096];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, ct);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, part.Count);
            if (message.Length > LargestFrame)
            {
                await CloseAsync(WebSocketCloseStatus.MessageTooBig, $"A frame may have {LargestFrame / 1024} KB.");
                return null;
            }
            if (part.EndOfMessage) return Read(message.ToArray());
        }
    }

    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(status, reason, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5), clock);
    }

    private static ClientFrame Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<ClientFrame>(Encoding.UTF8.GetString(bytes), Json.Options)
                ?? new ClientFrame(null, null, null, null);
        }
        catch (JsonException)
        {
            return new ClientFrame(null, null, null, null);
        }
    }

    public void Dispose()
    {
        writing.Dispose();
        socket.Dispose();
    }
}
