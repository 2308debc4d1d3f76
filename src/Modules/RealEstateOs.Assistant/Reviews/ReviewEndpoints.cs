using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Assistant.Knowledge;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Assistant.Reviews;

internal static class ReviewEndpoints
{
    private static readonly ListSpec<ExpertReview> Spec = new ListSpec<ExpertReview>()
        .Is("status", r => r.Status).Is("decision", r => r.Decision).Is("priority", r => r.Priority).Is("assigned_to",
            r => r.AssignedTo).Is("created_by", r => r.CreatedBy)
        .Sort("created_at", r => r.CreatedAt).Sort("updated_at", r => r.UpdatedAt)
        .By("created_at");

    /// <summary>The queue: texts that wait for a judgement, and those that were judged.</summary>
    public static Task<ListResult<ExpertReviewResponse>> List(ListRequest list, AssistantDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync<ExpertReview, ExpertReviewId, ExpertReviewResponse>(
            db.Reviews.AsNoTracking().VisibleTo(user, AssistantPermissions.ReadReviews), Spec, r => ExpertReviewResponse.Of(r), ct);

    /// <summary>A review and what came of it.</summary>
    public static async Task<Results<Ok<ExpertReviewResponse>, NotFound>> Get(ExpertReviewId id, AssistantDb db, CurrentUser user,
        CancellationToken ct) =>
            await db.Reviews.AsNoTracking().VisibleTo(user, AssistantPermissions.ReadReviews).FirstOrDefaultAsync(r => r.Id == id,
                ct) is { } review
                ? TypedResults.Ok(ExpertReviewResponse.Of(review)) : TypedResults.NotFound();

    /// <summary>Submits a text for the judgement of a person.</summary>
    public static async Task<Created<ExpertReviewResponse>> Submit(SubmitReviewRequest request, AssistantDb db, CurrentUser user,
        IOrganizationDirectory organizations, CancellationToken ct)
    {
        await organizations.RequireAsync(null, request.AssignedTo, ct, userMember: "assigned_to");
        if (request.MessageId is { } message && !await db.Messages.AnyAsync(m => m.Id == message && m.CreatedBy == user.Id, ct))
            throw Problem.Invalid(FieldError.Format("message_id", "names no message of your chats"));
        var review = new ExpertReview
        {
            Content = string.IsNullOrWhiteSpace(request.Content) ? request.AiOutput! : request.Content, AiOutput = request.AiOutput,
            Notes = request.Notes,
            Priority = request.Priority ?? ExpertReviewPriority.Standard, AssignedTo = request.AssignedTo, MessageId = request.MessageId,
        };
        db.Add(review);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"{ApiGroup.Root}/expertise/reviews/{review.Id.Value}", ExpertReviewResponse.Of(review));
    }

    /// <summary>
    /// Assigns a review, edits its text or decides it; what was decided stays so. The text may become an article of the office's knowledge.
    /// </summary>
    public static async Task<Results<Ok<ExpertReviewResponse>, NotFound>> Decide(
        ExpertReviewId id, DecideReviewRequest request, AssistantDb db, CurrentUser user, IOrganizationDirectory organizations,
        Articles articles, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Reviews.VisibleTo(user, AssistantPermissions.Decide).FirstOrDefaultAsync(r => r.Id == id, ct) is not { } review)
            return TypedResults.NotFound();
        await organizations.RequireAsync(null, request.AssignedTo, ct, userMember: "assigned_to");
        review.AssignedTo = request.Given(request.AssignedTo, review.AssignedTo);
        if (request.Has(nameof(request.Notes))) review.DecisionNotes = request.Notes;
        if (review.Status == ExpertReviewStatus.Completed && request.EditedContent is not null
            && request.EditedContent != review.EditedContent) throw Problem.Conflict("This review is decided. Submit the text once more.");
        if (request.EditedContent is not null) review.Edit(request.EditedContent);
        if (request.Decision is { } decision) review.Decide(decision, user.Id, clock.Now());
        else if (request.Status is { } status && review.Status != ExpertReviewStatus.Completed) review.Status = status;
        if (request.KnowledgeTitle is { Length: > 0 } title) await TeachAsync(review, title.Trim(), db, user, articles, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ExpertReviewResponse.Of(review));
    }

    private static async Task TeachAsync(ExpertReview review, string title, AssistantDb db, CurrentUser user, Articles articles,
        CancellationToken ct)
    {
        if (user.ReachOf(AssistantPermissions.ManageKnowledge) != Reach.All) throw Problem.Forbidden(AssistantPermissions.ManageKnowledge);
        if (await db.Articles.AnyAsync(a => a.Title.ToLower() == title.ToLower() && a.Id != review.ArticleId, ct))
            throw Problem.AlreadyExists("Another article has this title.");
        var article = review.ArticleId is { } known ? await db.Articles.FirstAsync(a => a.Id == known, ct)
            : new KnowledgeArticle { ReviewId = review.Id };
        (article.Title, article.Content) = (title, review.EditedContent ?? review.Content);
        await articles.SaveAsync(article, ct);
        review.ArticleId = article.Id;
    }
}
