using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealEstateOs.Assistant.Answers;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Assistant.Chat;

/// <summary>
/// The answers that are being made on this host. An answer belongs to its conversation, not to the connection that asked: who comes back
/// finds it.
/// </summary>
internal sealed class Conversations(IServiceScopeFactory scopes, IHostApplicationLifetime host, TimeProvider clock,
    ILogger<Conversations> log)
{
    /// <summary>How long an answer may take altogether, and how old one is that nobody writes any more.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private const int MostEarlier = 6, LongestEarlier = 2_000;

    private static readonly TimeSpan BetweenSaves = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ChatSessionId, LiveAnswer> live = new();

    public LiveAnswer? Find(ChatSessionId session) => live.GetValueOrDefault(session);

    /// <summary>Keeps the message and begins its answer. A message that came before (by its client's name) is not asked twice.</summary>
    public async Task<AskedMessage> AskAsync(Principal who, ChatSessionId session, string text, string? clientId, CancellationToken ct)
    {
        await using var scope = ScopeOf(who);
        var db = scope.ServiceProvider.GetRequiredService<AssistantDb>();
        await db.Work.BeginAsync(ct);
        try
        {
            var row = await db.Sessions.FromSql($"select *, xmin from assistant.chat_sessions where id = {session.Value} for update")
                .FirstOrDefaultAsync(ct)
                ?? throw Problem.NotFound("Chat session");
            if (clientId is not null
                && await db.Messages.AsNoTracking().FirstOrDefaultAsync(m => m.SessionId == session && m.ClientId == clientId,
                    ct) is { } before)
                return new AskedMessage(before.Sequence, before.Sequence + 1, IsNew: false);
            await EndOrphansAsync(db, session, ct);
            if (await db.Messages.AnyAsync(m => m.SessionId == session && m.State == MessageState.Streaming, ct))
                throw Problem.Conflict("The last question is still being answered.");
            var answer = Add(db, row, text, clientId);
            await db.SaveChangesAsync(ct);
            await db.Work.CommitAsync(ct);
            Begin(who, row, answer, text);
            return new AskedMessage(answer.Sequence - 1, answer.Sequence, IsNew: true);
        }
        finally
        {
            await db.Work.RollbackAsync();
        }
    }

    /// <summary>A message as it is kept by now.</summary>
    public async Task<ChatMessageResponse?> ReadAsync(Principal who, ChatSessionId session, int sequence, CancellationToken ct)
    {
        await using var scope = ScopeOf(who);
        var db = scope.ServiceProvider.GetRequiredService<AssistantDb>();
        await EndOrphansAsync(db, session, ct);
        return await db.Messages.AsNoTracking().FirstOrDefaultAsync(m => m.SessionId == session && m.Sequence == sequence,
            ct) is { } message ? ChatMessageResponse.Of(message) : null;
    }

    /// <summary>What came after a sequence, for who lost the connection.</summary>
    public async Task<IReadOnlyList<ChatMessageResponse>> ReadAfterAsync(Principal who, ChatSessionId session, int after,
        CancellationToken ct)
    {
        await using var scope = ScopeOf(who);
        var db = scope.ServiceProvider.GetRequiredService<AssistantDb>();
        return (await db.Messages.AsNoTracking().Where(m => m.SessionId == session && m.Sequence > after).OrderBy(m => m.Sequence).Take(500)
            .ToListAsync(ct)).ConvertAll(ChatMessageResponse.Of);
    }

    private ChatMessage Add(AssistantDb db, ChatSession session, string text, string? clientId)
    {
        var asked = new ChatMessage { SessionId = session.Id, Sequence = session.LastSequence + 1, Role = ChatRole.User,
            State = MessageState.Done, Content = text, ClientId = clientId };
        var answer = new ChatMessage { SessionId = session.Id, Sequence = session.LastSequence + 2, Role = ChatRole.Assistant,
            State = MessageState.Streaming };
        (session.LastSequence, session.LastMessageAt) = (answer.Sequence, clock.Now());
        db.AddRange(asked, answer);
        return answer;
    }

    private void Begin(Principal who, ChatSession session, ChatMessage message, string text)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(host.ApplicationStopping);
        stop.CancelAfter(Longest);
        var answer = live[session.Id] = new LiveAnswer(message.Sequence, stop);
        _ = Task.Run(async () =>
        {
            try
            {
                await MakeAsync(who, session, message.Id, text, answer);
            }
            catch (Exception fault)
            {
                log.LogError(fault, "An answer could not be kept");
            }
            finally
            {
                live.TryRemove(KeyValuePair.Create(session.Id, answer));
                answer.End();
                stop.Dispose();
            }
        });
    }

    private async Task MakeAsync(Principal who, ChatSession session, ChatMessageId message, string text, LiveAnswer answer)
    {
        await using var scope = ScopeOf(who);
        var services = scope.ServiceProvider;
        var work = services.GetRequiredService<UnitOfWork>();
        var (state, full) = (MessageState.Done, (AnswerResponse?)null);
        var savedAt = clock.GetTimestamp();
        try
        {
            var property = session.PropertyId is { } id
                ? (await services.GetRequiredService<IPropertyReader>().SummariesAsync([id], answer.Stopping)).GetValueOrDefault(id) : null;
            var earlier = await EarlierAsync(services.GetRequiredService<AssistantDb>(), session.Id, answer);
            var question = new Question(text, property) { Earlier = earlier };
            full = await services.GetRequiredService<Answerer>().AnswerAsync(question, TellAsync, answer.Stopping);
        }
        catch (OperationCanceledException)
        {
            state = MessageState.Interrupted;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            log.LogError(fault, "A question could not be answered");
            state = MessageState.Failed;
        }
        await KeepAsync(state, full?.Answer ?? answer.Text, full);

        async ValueTask TellAsync(string? piece, CancellationToken ct)
        {
            if (piece is null) answer.Restart();
            else answer.Append(piece);
            if (clock.GetElapsedTime(savedAt) < BetweenSaves) return;
            savedAt = clock.GetTimestamp();
            await KeepAsync(MessageState.Streaming, answer.Text, null);
        }

        // Who holds one connection and waits for another may wait for somebody who does the same.
        async Task KeepAsync(MessageState reached, string written, AnswerResponse? answered)
        {
            await work.ReleaseAsync();
            await this.KeepAsync(who, message, reached, written, answered);
        }
    }

    private static async Task<IReadOnlyList<Turn>> EarlierAsync(AssistantDb db, ChatSessionId session, LiveAnswer answer)
    {
        var turns = await db.Messages.AsNoTracking()
            .Where(m => m.SessionId == session && m.Sequence < answer.Sequence - 1 && m.State == MessageState.Done && m.Content != "")
            .OrderByDescending(m => m.Sequence).Take(MostEarlier).Select(m => new { m.Role, m.Content }).ToListAsync(answer.Stopping);
        turns.Reverse();
        return turns.ConvertAll(m => new Turn(m.Role == ChatRole.Assistant, m.Content.Shortened(LongestEarlier)));
    }

    private async Task KeepAsync(Principal who, ChatMessageId id, MessageState state, string text, AnswerResponse? answer)
    {
        await using var scope = ScopeOf(who);
        var db = scope.ServiceProvider.GetRequiredService<AssistantDb>();
        if (await db.Messages.FirstOrDefaultAsync(m => m.Id == id) is not { } message) return; // forgotten meanwhile
        (message.State, message.Content) = (state, text.Replace("\0", "", StringComparison.Ordinal));
        message.Answer = answer is null ? null : JsonSerializer.SerializeToElement(answer, Json.Options);
        await db.SaveChangesAsync();
    }

    // The host that made it went away: nobody will go on.
    private async Task EndOrphansAsync(AssistantDb db, ChatSessionId session, CancellationToken ct)
    {
        var before = clock.Now() - Longest - TimeSpan.FromSeconds(10);
        if (live.ContainsKey(session)) return;
        await db.Messages.Where(m => m.SessionId == session && m.State == MessageState.Streaming && m.UpdatedAt < before)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MessageState.Interrupted), ct);
    }

    private AsyncServiceScope ScopeOf(Principal who)
    {
        var scope = scopes.CreateTenantScope(who.OrganizationId, who.UserId);
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SignIn(who);
        return scope;
    }
}

/// <param name="Sequence">Of the message.</param>
/// <param name="AnswerSequence">Of its answer.</param>
internal sealed record AskedMessage(int Sequence, int AnswerSequence, bool IsNew);
