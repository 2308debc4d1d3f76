using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using FluentValidation;
using RealEstateOs.Assistant.Answers;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Assistant.Chat;

/// <summary>Who wrote a line: a person or the assistant.</summary>
public enum ChatRole { User, Assistant }

/// <summary><c>streaming</c> while an answer is made; <c>interrupted</c> where its host went away.</summary>
public enum MessageState { Streaming, Done, Interrupted, Failed }

/// <summary>A conversation of one person with the assistant; nobody else sees it.</summary>
[Table("chat_sessions")]
internal sealed class ChatSession : Entity<ChatSessionId>
{
    public string Title { get; set; } = "";
    public PropertyId? PropertyId { get; set; }
    public int LastSequence { get; set; }
    public DateTimeOffset? LastMessageAt { get; set; }
}

/// <summary>A line of a conversation.</summary>
[Table("chat_messages")]
internal sealed class ChatMessage : Entity<ChatMessageId>, INotAudited
{
    public ChatSessionId SessionId { get; set; }
    /// <summary>1, 2, 3 … within the session.</summary>
    public int Sequence { get; set; }
    public ChatRole Role { get; set; }
    public MessageState State { get; set; }
    public string Content { get; set; } = "";
    /// <summary>Sources and the rest of an answer.</summary>
    public JsonElement? Answer { get; set; }
    /// <summary>The name that the client gave the message.</summary>
    public string? ClientId { get; set; }
}

/// <example>{"title": "Questions about the Marina"}</example>
public sealed record CreateSessionRequest : IRequestBody<CreateSessionRequest>
{
    /// <summary>Default: New chat.</summary>
    [MaxLength(300)] public string? Title { get; init; }
    /// <summary>The property that it is about, if it is about one.</summary>
    public PropertyId? PropertyId { get; init; }
}

internal sealed class CreateSessionValidator : AbstractValidator<CreateSessionRequest>
{
    public CreateSessionValidator() => RuleFor(s => s.Title).IsOneLine();
}

/// <summary>A conversation.</summary>
public record ChatSessionResponse
{
    public required ChatSessionId Id { get; init; }
    public required OrganizationId OrganizationId { get; init; }
    /// <summary>As it was given, else New chat.</summary>
    public required string Title { get; init; }
    public required PropertyId? PropertyId { get; init; }
    /// <summary>The number of its last message; 0 before the first.</summary>
    public required int LastSequence { get; init; }
    /// <summary>When the last line was written; null in an empty one.</summary>
    public required DateTimeOffset? LastMessageAt { get; init; }
    /// <summary>The path of its WebSocket.</summary>
    public string StreamUrl => $"{ApiGroup.Root}/chat/stream/{Id.Value}";
    public required UserId? CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static ChatSessionResponse Of(ChatSession s) => new()
    {
        Id = s.Id, OrganizationId = s.OrganizationId, Title = s.Title, PropertyId = s.PropertyId, LastSequence = s.LastSequence,
        LastMessageAt = s.LastMessageAt, CreatedBy = s.CreatedBy,
        CreatedAt = s.CreatedAt, UpdatedAt = s.UpdatedAt,
    };
}

/// <summary>A conversation with what was said in it.</summary>
public sealed record TranscriptResponse : ChatSessionResponse
{
    /// <summary>The oldest first.</summary>
    public required IReadOnlyList<ChatMessageResponse> Messages { get; init; }
}

/// <summary>A line of a conversation.</summary>
/// <param name="Answer">Sources, records and follow-up questions of an answer.</param>
/// <param name="Sequence">Place in the conversation, from 1.</param>
/// <param name="Content">What was written; of an answer that is being written, what there is so far.</param>
public sealed record ChatMessageResponse(ChatMessageId Id, int Sequence, ChatRole Role, MessageState State, string Content,
    AnswerResponse? Answer, DateTimeOffset CreatedAt)
{
    internal static ChatMessageResponse Of(ChatMessage m) =>
        new(m.Id, m.Sequence, m.Role, m.State, m.Content, m.Answer?.Deserialize<AnswerResponse>(Json.Options), m.CreatedAt);
}
