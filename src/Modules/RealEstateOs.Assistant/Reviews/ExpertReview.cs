using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Linq.Expressions;
using FluentValidation;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Assistant.Reviews;

/// <summary>pending waits for a reviewer, in_review has one, completed is decided.</summary>
public enum ExpertReviewStatus { Pending, InReview, Completed }

/// <summary>What the reviewer said: used as it is, used as edited, or not used.</summary>
public enum ExpertReviewDecision { Approved, Edited, Rejected }

/// <summary>How soon it should be judged.</summary>
public enum ExpertReviewPriority { Low, Standard, High, Urgent }

/// <summary>A text that a person is to judge before it is used.</summary>
[Table("expert_reviews")]
internal sealed class ExpertReview : Entity<ExpertReviewId>, IOwned<ExpertReview>
{
    public static Expression<Func<ExpertReview, bool>> IsOwnedBy(UserId user) => r => r.CreatedBy == user || r.AssignedTo == user;

    public string Content { get; set; } = "";
    /// <summary>As the machine wrote it, where the content was changed since.</summary>
    public string? AiOutput { get; set; }
    public string? Notes { get; set; }
    public ExpertReviewPriority Priority { get; set; } = ExpertReviewPriority.Standard;
    public ExpertReviewStatus Status { get; set; }
    public ExpertReviewDecision? Decision { get; private set; }
    public UserId? AssignedTo { get; set; }
    public string? EditedContent { get; private set; }
    /// <summary>From the content to the edited one, line by line.</summary>
    public string? Diff { get; private set; }
    public string? DecisionNotes { get; set; }
    public UserId? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public ChatMessageId? MessageId { get; set; }
    /// <summary>The article of the office's knowledge that the decided text became.</summary>
    public KnowledgeArticleId? ArticleId { get; set; }

    public void Edit(string? text) =>
        (EditedContent, Diff) = text is null || text == Content ? (null, null) : (text, LineDiff.Of(Content, text));

    /// <summary>A decision ends the review; it is taken once.</summary>
    public void Decide(ExpertReviewDecision decision, UserId by, DateTimeOffset now)
    {
        if (Status == ExpertReviewStatus.Completed && Decision != decision)
            throw Problem.Conflict("This review is decided. Submit the text once more.");
        if (decision == ExpertReviewDecision.Edited && EditedContent is null) throw Problem.Invalid(FieldError.Missing("edited_content"));
        (Decision, Status, DecidedBy, DecidedAt) = (decision, ExpertReviewStatus.Completed, by, now);
    }
}

/// <example>{"content": "A sunny flat with a view of the marina.", "ai_output": "A sunny flat with a view.",
/// "notes": "Is the view described correctly?"}</example>
public sealed record SubmitReviewRequest : IRequestBody<SubmitReviewRequest>
{
    /// <summary>The text to judge; default <c>ai_output</c>.</summary>
    [MaxLength(50_000)] public string? Content { get; init; }
    /// <summary>What the machine wrote, where it differs from <c>content</c>.</summary>
    [MaxLength(50_000)] public string? AiOutput { get; init; }
    /// <summary>What to look at.</summary>
    public string? Notes { get; init; }
    public ExpertReviewPriority? Priority { get; init; }
    /// <summary>Who is asked; anybody with the permission may decide.</summary>
    public UserId? AssignedTo { get; init; }
    /// <summary>The answer of the assistant that it was; one of the asker's own chats.</summary>
    public ChatMessageId? MessageId { get; init; }
}

internal sealed class SubmitReviewValidator : AbstractValidator<SubmitReviewRequest>
{
    public SubmitReviewValidator() => RuleFor(r => r.Content).NotEmpty().When(r => string.IsNullOrWhiteSpace(r.AiOutput));
}

/// <example>{"decision": "approved", "status": "completed", "notes": "Correct"}</example>
public sealed record DecideReviewRequest : PartialBody, IRequestBody<DecideReviewRequest>
{
    public ExpertReviewDecision? Decision { get; init; }
    /// <summary><c>in_review</c> while somebody works on it; a decision completes it.</summary>
    public ExpertReviewStatus? Status { get; init; }
    /// <summary>What the reviewer says to it.</summary>
    public string? Notes { get; init; }
    public UserId? AssignedTo { get; init; }
    /// <summary>The text as it should be; kept with its difference from what was submitted.</summary>
    [MaxLength(50_000)] public string? EditedContent { get; init; }
    /// <summary>
    /// The title under which the decided text becomes an article of the office's knowledge; needs <c>knowledge:manage</c>.
    /// </summary>
    [MaxLength(300)] public string? KnowledgeTitle { get; init; }
}

internal sealed class DecideReviewValidator : AbstractValidator<DecideReviewRequest>
{
    public DecideReviewValidator()
    {
        RuleFor(r => r.Decision).NotNull().When(r => r.Status == ExpertReviewStatus.Completed).WithMessage("completes a review");
        RuleFor(r => r.Status).Must(s => s is null or ExpertReviewStatus.Completed).When(r => r.Decision is not null)
            .WithMessage("is completed with a decision");
        RuleFor(r => r.KnowledgeTitle).IsOneLine()
            .Must((r, title) => title is null || r.Decision is ExpertReviewDecision.Approved or ExpertReviewDecision.Edited)
            .WithMessage("needs a text that was approved or edited");
    }
}

/// <summary>A review and what came of it.</summary>
public sealed record ExpertReviewResponse
{
    public required ExpertReviewId Id { get; init; }
    public required OrganizationId OrganizationId { get; init; }
    /// <summary>The text that is judged.</summary>
    public required string Content { get; init; }
    /// <summary>As the machine wrote it; null where the content was not changed since.</summary>
    public required string? AiOutput { get; init; }
    /// <summary>Of who submitted it; once it is decided, of who decided, if they wrote any.</summary>
    public required string? Notes { get; init; }
    public required ExpertReviewPriority Priority { get; init; }
    public required ExpertReviewStatus Status { get; init; }
    public required ExpertReviewDecision? Decision { get; init; }
    public required UserId? AssignedTo { get; init; }
    /// <summary>The text as the reviewer would have it; null where it was not edited.</summary>
    public required string? EditedContent { get; init; }
    /// <summary>Lines that went begin with -, lines that came with +, those that stayed with a blank.</summary>
    public required string? Diff { get; init; }
    public required UserId? DecidedBy { get; init; }
    /// <summary>When it was decided; null until then.</summary>
    public required DateTimeOffset? DecidedAt { get; init; }
    public required ChatMessageId? MessageId { get; init; }
    public required KnowledgeArticleId? ArticleId { get; init; }
    public required UserId? CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static ExpertReviewResponse Of(ExpertReview r) => new()
    {
        Id = r.Id, OrganizationId = r.OrganizationId, Content = r.Content, AiOutput = r.AiOutput, Notes = r.DecisionNotes ?? r.Notes,
        Priority = r.Priority, Status = r.Status,
        Decision = r.Decision, AssignedTo = r.AssignedTo, EditedContent = r.EditedContent, Diff = r.Diff, DecidedBy = r.DecidedBy,
        DecidedAt = r.DecidedAt, MessageId = r.MessageId,
        ArticleId = r.ArticleId, CreatedBy = r.CreatedBy, CreatedAt = r.CreatedAt, UpdatedAt = r.UpdatedAt,
    };
}
