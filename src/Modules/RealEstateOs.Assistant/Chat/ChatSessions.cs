using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Assistant.Chat;

internal static class ChatSessions
{
    private const int MostMessages = 1_000;

    private static readonly ListSpec<ChatSession> Spec = new ListSpec<ChatSession>()
        .Is("property_id", s => s.PropertyId).Sort("created_at", s => s.CreatedAt).Sort("updated_at", s => s.UpdatedAt).By("-created_at");

    /// <summary>The conversations of a person, whatever the role: they are nobody else's.</summary>
    internal static IQueryable<ChatSession> Of(this IQueryable<ChatSession> sessions, CurrentUser user) =>
        sessions.Where(s => s.CreatedBy == user.Id);

    /// <summary>The asker's own conversations.</summary>
    public static Task<ListResult<ChatSessionResponse>> List(ListRequest list, AssistantDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync<ChatSession, ChatSessionId, ChatSessionResponse>(db.Sessions.AsNoTracking().Of(user), Spec,
            s => ChatSessionResponse.Of(s), ct);

    /// <summary>Begins a conversation; it goes on over its WebSocket.</summary>
    public static async Task<Created<ChatSessionResponse>> Create(CreateSessionRequest request, AssistantDb db, IPropertyReader properties,
        CancellationToken ct)
    {
        if (request.PropertyId is { } property) await properties.RequireAsync([property], ct);
        var session = new ChatSession { Title = string.IsNullOrWhiteSpace(request.Title) ? "New chat" : request.Title.Trim(),
            PropertyId = request.PropertyId };
        db.Add(session);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"{ApiGroup.Root}/chat/sessions/{session.Id.Value}", ChatSessionResponse.Of(session));
    }

    /// <summary>An own conversation with its last thousand messages, the first first.</summary>
    /// <param name="after">Only messages after this sequence.</param>
    public static async Task<Results<Ok<TranscriptResponse>, NotFound>> Get(ChatSessionId id, AssistantDb db, CurrentUser user,
        CancellationToken ct, int? after = null)
    {
        if (await db.Sessions.AsNoTracking().Of(user).FirstOrDefaultAsync(s => s.Id == id, ct) is not { } s) return TypedResults.NotFound();
        var messages = await db.Messages.AsNoTracking().Where(m => m.SessionId == id && m.Sequence > (after ?? 0)).OrderByDescending(
            m => m.Sequence).Take(MostMessages).ToListAsync(ct);
        messages.Reverse();
        return TypedResults.Ok(new TranscriptResponse
        {
            Id = s.Id, OrganizationId = s.OrganizationId, Title = s.Title, PropertyId = s.PropertyId, LastSequence = s.LastSequence,
            LastMessageAt = s.LastMessageAt,
            CreatedBy = s.CreatedBy, CreatedAt = s.CreatedAt, UpdatedAt = s.UpdatedAt,
            Messages = messages.ConvertAll(ChatMessageResponse.Of),
        });
    }

    /// <summary>Forgets an own conversation and all that was said in it.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(ChatSessionId id, AssistantDb db, CurrentUser user, CancellationToken ct)
    {
        if (await db.Sessions.Of(user).FirstOrDefaultAsync(s => s.Id == id, ct) is not { } session) return TypedResults.NotFound();
        db.Remove(session);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
