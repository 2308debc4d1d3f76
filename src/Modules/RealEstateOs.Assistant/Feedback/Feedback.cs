using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Assistant.Feedback;

/// <summary>What somebody says of an answer, or of the product.</summary>
internal sealed class FeedbackEntry : Entity<FeedbackId>
{
    public int? Rating { get; set; }
    public bool? Helpful { get; set; }
    public string? Comment { get; set; }
    public string? Category { get; set; }
    public ChatMessageId? MessageId { get; set; }
}

/// <example>{"rating": 5, "comment": "Found the clause at once", "category": "answers"}</example>
public sealed record FeedbackRequest : IRequestBody<FeedbackRequest>
{
    /// <summary>1 (useless) to 5.</summary>
    public int? Rating { get; init; }
    /// <summary>Yes or no, in place of a rating or beside it.</summary>
    public bool? Helpful { get; init; }
    /// <summary>Needed where neither rating nor helpful is given.</summary>
    public string? Comment { get; init; }
    /// <summary>What it is about, in one word of your own.</summary>
    [System.ComponentModel.DataAnnotations.MaxLength(100)] public string? Category { get; init; }
    /// <summary>The answer that it is about; one of the asker's own chats.</summary>
    public ChatMessageId? MessageId { get; init; }
}

internal sealed class FeedbackValidator : AbstractValidator<FeedbackRequest>
{
    public FeedbackValidator()
    {
        RuleFor(f => f.Rating).InclusiveBetween(1, 5);
        RuleFor(f => f.Category).IsOneLine();
        RuleFor(f => f.Comment).NotEmpty().When(f => f.Rating is null && f.Helpful is null)
            .WithMessage("is required where there is neither rating nor helpful");
    }
}

/// <summary>What somebody said.</summary>
/// <param name="Rating">1 (useless) to 5; null where none was given.</param>
/// <param name="Helpful">Null where nobody said.</param>
/// <param name="Comment">In the person's own words.</param>
/// <param name="Category">What it is about, in one word.</param>
public sealed record FeedbackResponse(
    FeedbackId Id, OrganizationId OrganizationId, int? Rating, bool? Helpful, string? Comment, string? Category, ChatMessageId? MessageId,
    UserId? CreatedBy,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static FeedbackResponse Of(FeedbackEntry f) =>
        new(f.Id, f.OrganizationId, f.Rating, f.Helpful, f.Comment, f.Category, f.MessageId, f.CreatedBy, f.CreatedAt, f.UpdatedAt);
}

internal static class FeedbackEndpoints
{
    /// <summary>Says something of an answer, or of the product.</summary>
    public static async Task<Created<FeedbackResponse>> Give(FeedbackRequest request, AssistantDb db, CurrentUser user,
        CancellationToken ct)
    {
        if (request.MessageId is { } message && !await db.Messages.AnyAsync(m => m.Id == message && m.CreatedBy == user.Id, ct))
            throw Problem.Invalid(FieldError.Format("message_id", "names no message of your chats"));
        var feedback = new FeedbackEntry { Rating = request.Rating, Helpful = request.Helpful, Comment = request.Comment,
            Category = request.Category, MessageId = request.MessageId };
        db.Add(feedback);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"{ApiGroup.Root}/feedback/export", FeedbackResponse.Of(feedback));
    }

    /// <summary>
    /// All feedback of the organization as CSV, the latest first; a text that a spreadsheet would take for a formula gets an apostrophe in
    /// front.
    /// </summary>
    public static ListResult<FeedbackResponse> Export(AssistantDb db) =>
        Csv.Stream(db.Feedback.AsNoTracking().OrderByDescending(f => f.CreatedAt).ThenByDescending(f => f.Id)
            .Select(f => FeedbackResponse.Of(f)).AsAsyncEnumerable(), "feedback.csv");
}
