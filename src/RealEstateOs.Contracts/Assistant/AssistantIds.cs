using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Assistant;

/// <summary>A file that somebody brought in for the assistant, or the text of a knowledge article.</summary>
public readonly record struct DocumentId(long Value) : IEntityId<DocumentId>
{
    public static string Prefix => "doc";
    public static DocumentId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out DocumentId id) => EntityId.TryParse(text, out id);
}

/// <summary>A piece of a document that can be found and cited.</summary>
public readonly record struct PassageId(long Value) : IEntityId<PassageId>
{
    public static string Prefix => "psg";
    public static PassageId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PassageId id) => EntityId.TryParse(text, out id);
}

public readonly record struct KnowledgeArticleId(long Value) : IEntityId<KnowledgeArticleId>
{
    public static string Prefix => "kb";
    public static KnowledgeArticleId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out KnowledgeArticleId id) => EntityId.TryParse(text, out id);
}

public readonly record struct ChatSessionId(long Value) : IEntityId<ChatSessionId>
{
    public static string Prefix => "chat";
    public static ChatSessionId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ChatSessionId id) => EntityId.TryParse(text, out id);
}

public readonly record struct ChatMessageId(long Value) : IEntityId<ChatMessageId>
{
    public static string Prefix => "msg";
    public static ChatMessageId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ChatMessageId id) => EntityId.TryParse(text, out id);
}

public readonly record struct ExpertReviewId(long Value) : IEntityId<ExpertReviewId>
{
    public static string Prefix => "rev";
    public static ExpertReviewId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ExpertReviewId id) => EntityId.TryParse(text, out id);
}

public readonly record struct FeedbackId(long Value) : IEntityId<FeedbackId>
{
    public static string Prefix => "fb";
    public static FeedbackId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out FeedbackId id) => EntityId.TryParse(text, out id);
}
