using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.Assistant.Chat;

internal static class ChatSocket
{
    /// <summary>
    /// The WebSocket of an own conversation. Send <c>{"type": "message", "content": "…", "client_id": "…"}</c>, <c>{"type": "stop"}</c> or
    /// <c>{"type": "ping"}</c>; frames that come are <c>ready</c>, <c>received</c>, <c>typing</c>, <c>delta</c> (text from an offset of
    /// the answer), <c>done</c> (the whole message with sources and follow-ups), <c>error</c>, <c>pong</c>. The token travels in the
    /// header, as <c>?token=</c>, or as the subprotocols <c>bearer</c> and the token.
    /// </summary>
    /// <param name="session_id">The conversation.</param>
    /// <param name="after">The sequence of the last message that the client has: what came since is sent first, an unfinished answer goes
    /// on.</param>
    /// <param name="offset">How much the client has of the answer that was under way.</param>
    /// <param name="token">The token, where the client can send no header.</param>
    public static async Task Handle(
        ChatSessionId session_id, HttpContext http, AssistantDb db, CurrentUser user, IServiceScopeFactory scopes,
        Conversations conversations, QuotaGate quotas,
        IOptions<AssistantOptions> options, TimeProvider clock, IHostApplicationLifetime host, int? after = null, int? offset = null,
        string? token = null)
    {
        if (await db.Sessions.AsNoTracking().Of(user).FirstOrDefaultAsync(s => s.Id == session_id, http.RequestAborted) is not { } session)
            throw Problem.NotFound("Chat session");
        using var socket = await JsonSocket.AcceptAsync(http, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var talk = new Talk(user.Principal, session_id, socket, scopes, conversations, quotas, options.Value, clock);
        try
        {
            await talk.RunAsync(session.LastSequence, after, Math.Max(0, offset ?? 0), end.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException or TimeoutException)
        {
            // The client has gone or takes nothing, or the host stops; the answer is kept all the same.
        }
    }
}

/// <summary>One connection of a conversation: frames are read while an answer is sent, and questions wait their turn.</summary>
internal sealed class Talk(
    Principal who, ChatSessionId session, JsonSocket socket, IServiceScopeFactory scopes, Conversations conversations, QuotaGate quotas,
    AssistantOptions options, TimeProvider clock)
{
    private const int LongestQuestion = 4000;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(int last, int? after, int offset, CancellationToken ct)
    {
        // Who sends more than can wait is not read any further: the connection itself slows them down.
        var questions = Channel.CreateBounded<ClientFrame>(4);
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = ReadAsync(questions.Writer, closed);
        await socket.SendAsync(new { Type = "ready", SessionId = session.Value, LastSequence = last }, closed.Token);
        if (after is { } known) await ResumeAsync(known, offset, closed.Token);
        await foreach (var question in questions.Reader.ReadAllAsync(closed.Token)) await AnswerAsync(question, closed.Token);
        await reading;
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
    }

    private async Task ReadAsync(ChannelWriter<ClientFrame> questions, CancellationTokenSource closed)
    {
        try
        {
            while (await socket.ReceiveAsync(closed.Token) is { } frame)
            {
                if (frame.Type == "ping") await socket.SendAsync(new { Type = "pong" }, closed.Token);
                else if (frame.Type == "stop") conversations.Find(session)?.Stop();
                else if (frame.Type is "message") await questions.WriteAsync(frame, closed.Token);
                else await ErrorAsync(ErrorCodes.Format, "type must be one of message, stop, ping, in a JSON object", closed.Token);
            }
            questions.Complete();
        }
        catch (Exception gone)
        {
            questions.TryComplete(gone);
            await closed.CancelAsync();
        }
    }

    private async Task AnswerAsync(ClientFrame frame, CancellationToken ct)
    {
        if (frame.Text.Length is 0 or > LongestQuestion || frame.ClientId?.Length > 200
            || frame.ClientId?.Contains('\0', StringComparison.Ordinal) == true)
        {
            await ErrorAsync(ErrorCodes.Range,
                frame.Text.Length == 0 ? "content is required"
                    : $"content may have {LongestQuestion} letters, client_id 200 and no NUL", ct);
            return;
        }
        try
        {
            var principal = await StillSignedInAsync(ct);
            await TakeTurnAsync(ct);
            var asked = await conversations.AskAsync(principal, session, frame.Text, frame.ClientId, ct);
            await socket.SendAsync(new { Type = "received", asked.Sequence, frame.ClientId }, ct);
            await FollowAsync(asked.AnswerSequence, 0, ct);
        }
        catch (Problem refusal)
        {
            await ErrorAsync(refusal.Code, refusal.Message, ct);
            if (refusal.Status == 401) await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, "the session has ended");
        }
    }

    private async Task ResumeAsync(int known, int offset, CancellationToken ct)
    {
        foreach (var message in await conversations.ReadAfterAsync(who, session, known, ct))
        {
            if (message.State == MessageState.Streaming) await FollowAsync(message.Sequence, offset, ct);
            else await socket.SendAsync(new { Type = "message", Message = message }, ct);
        }
    }

    /// <summary>Sends an answer as it grows, wherever it is made.</summary>
    private async Task FollowAsync(int sequence, int place, CancellationToken ct)
    {
        await socket.SendAsync(new { Type = "typing", Active = true, Sequence = sequence }, ct);
        if (conversations.Find(session) is { } live && live.Sequence == sequence) await FollowAsync(live, new(0, place), ct);
        ChatMessageResponse? message;
        while ((message = await conversations.ReadAsync(who, session, sequence, ct)) is { State: MessageState.Streaming })
        {
            if (message.Content.Length > place)
            {
                await socket.SendAsync(new { Type = "delta", Sequence = sequence, Offset = place, Content = message.Content[place..] }, ct);
                place = message.Content.Length;
            }
            await Task.Delay(BetweenLooks, clock, ct);
        }
        if (message is not null)
            await socket.SendAsync(new { Type = "done", Sequence = sequence, Message = message, message.Answer?.FollowUps }, ct);
    }

    private async Task FollowAsync(LiveAnswer live, LiveAnswer.Place place, CancellationToken ct)
    {
        while (true)
        {
            var part = live.ReadFrom(place);
            if (part.Text.Length > 0) await socket.SendAsync(new { Type = "delta", live.Sequence, part.Offset, Content = part.Text }, ct);
            place = part.End;
            if (part.Ended) return;
            await part.Grown.WaitAsync(ct);
        }
    }

    private async Task<Principal> StillSignedInAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = await scope.ServiceProvider.GetRequiredService<ISessionDirectory>().FindAsync(who.SessionId, ct)
            ?? throw Problem.NotAuthenticated(detail: "The session has ended.");
        return now.ReachOf(AssistantPermissions.Use) != Reach.None ? now : throw Problem.Forbidden(AssistantPermissions.Use);
    }

    private async Task TakeTurnAsync(CancellationToken ct)
    {
        var taken = await quotas.TryTakeAsync($"user_{who.UserId.Value}", "chat", options.QuestionsPerMinute, TimeSpan.FromMinutes(1), ct);
        if (!taken.IsAllowed) throw Problem.TooManyRequests($"A person may ask {options.QuestionsPerMinute} questions a minute.",
            taken.ResetAt - clock.GetUtcNow());
    }

    private Task ErrorAsync(string code, string message, CancellationToken ct) =>
        socket.SendAsync(new { Type = "error", Code = code, Message = message }, ct);
}
