using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using FluentValidation;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Assistant.Knowledge;

/// <summary>What the office tells its assistant. Its text is found like any document's; title and text are the article's own.</summary>
[Table("knowledge_articles")]
internal sealed class KnowledgeArticle : Entity<KnowledgeArticleId>
{
    public DocumentId DocumentId { get; set; }
    public string Title { get; set; } = "";
    public string Content { get; set; } = "";
    public string? Category { get; set; }
    public string[] Tags { get; set; } = [];
    /// <summary>The review that it came out of.</summary>
    public ExpertReviewId? ReviewId { get; set; }
}

/// <example>{"title": "Transfer fee", "content": "The Dubai Land Department charges 4 % of the price.", "category": "fees",
/// "tags": ["dubai"]}</example>
public sealed record KnowledgeRequest : PartialBody, IRequestBody<KnowledgeRequest>
{
    /// <summary>The article to change; without it, the one with this title is changed, or a new one written.</summary>
    public KnowledgeArticleId? Id { get; init; }
    /// <summary>What citations call it, up to 300 letters.</summary>
    [MaxLength(300)] public string? Title { get; init; }
    /// <summary>Plain text or Markdown.</summary>
    [MaxLength(200_000)] public string? Content { get; init; }
    /// <summary>A word of the office's own, for lists.</summary>
    [MaxLength(100)] public string? Category { get; init; }
    /// <summary>Words of the office's own, for lists.</summary>
    public string[]? Tags { get; init; }
    /// <summary>Whoever is answered from it needs this permission, too. It stays where it is not named; null ends it.</summary>
    [MaxLength(100)] public string? RequiredPermission { get; init; }
}

internal sealed class KnowledgeValidator : AbstractValidator<KnowledgeRequest>
{
    public KnowledgeValidator(Platform.Authorization.PermissionCatalogue permissions)
    {
        RuleFor(k => k.Title).NotEmpty().IsOneLine();
        RuleFor(k => k.Content).NotEmpty();
        RuleFor(k => k.Category).IsOneLine();
        RuleForEach(k => k.Tags).NotEmpty().MaximumLength(100).IsOneLine();
        RuleFor(k => k.RequiredPermission).Must(p => p is null || permissions.Names.Contains(p)).WithMessage("is no permission");
    }
}

/// <summary>An article of the office's knowledge.</summary>
/// <param name="Title">What citations call it.</param>
/// <param name="Content">The text that answers may cite.</param>
/// <param name="Category">A word of the office's own.</param>
/// <param name="Tags">Words of the office's own.</param>
public sealed record KnowledgeResponse(
    KnowledgeArticleId Id, OrganizationId OrganizationId, string Title, string Content, string? Category, IReadOnlyList<string> Tags,
    DocumentId DocumentId,
    ExpertReviewId? ReviewId, UserId? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static KnowledgeResponse Of(KnowledgeArticle a) =>
        new(a.Id, a.OrganizationId, a.Title, a.Content, a.Category, a.Tags, a.DocumentId, a.ReviewId, a.CreatedBy, a.CreatedAt,
            a.UpdatedAt);
}
