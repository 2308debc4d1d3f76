using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Marketing.Approvals;

/// <summary>What is done with a campaign's review.</summary>
public enum ReviewAction { SubmitForReview, Approve, RequestChanges, Reject }

/// <summary>How soon it should be looked at.</summary>
public enum ReviewPriority { Low, Standard, High, Urgent }

/// <example>{"action": "submit_for_review", "notes": "Please review pricing and compliance", "priority": "standard"}</example>
public sealed record ReviewRequest : IRequestBody<ReviewRequest>
{
    public ReviewAction? Action { get; init; }
    /// <summary>Who is asked to review; anybody with the permission may decide.</summary>
    public UserId? ReviewerId { get; init; }
    /// <summary>To the reviewer, or to the author.</summary>
    [MaxLength(4000)] public string? Notes { get; init; }
    public ReviewPriority? Priority { get; init; }
}

internal sealed class ReviewValidator : AbstractValidator<ReviewRequest>
{
    public ReviewValidator()
    {
        RuleFor(r => r.Action).NotNull();
        RuleFor(r => r.Notes).NotEmpty().When(r => r.Action is ReviewAction.RequestChanges).WithMessage("says what to change");
    }
}

/// <summary>Where the review stands.</summary>
/// <param name="EstimatedReviewTime">From the median of the last 50 reviews here, such as <c>2 hours</c>; null before the first.</param>
/// <param name="WorkflowStage"><c>draft</c>, <c>review</c>, <c>revision</c>, <c>distribution</c> or <c>closed</c>.</param>
/// <param name="NextActions">What may follow, as words of <c>action</c>.</param>
/// <param name="ContentHash">Of everything that would go out: the same hash, the same contents.</param>
/// <param name="DecidedBy">Who approved, rejected or asked for changes.</param>
/// <param name="ApprovalId">Id of the review.</param>
/// <param name="CampaignId">Id of the campaign.</param>
/// <param name="AssignedReviewer">Id of who is to look at it; null where anybody may.</param>
/// <param name="Notes">What was said with the latest step.</param>
/// <param name="DecidedAt">When it was decided; null until then.</param>
/// <param name="Note">Why there is no estimate; null where there is one.</param>
public sealed record ReviewResponse(
    string ApprovalId, string CampaignId, MarketingCampaignStatus Status, string? AssignedReviewer, string? EstimatedReviewTime,
    string WorkflowStage, IReadOnlyList<string> NextActions,
    string? Notes, string? DecidedBy, DateTimeOffset? DecidedAt, string? ContentHash, string? Note);

internal static class ReviewCampaign
{
    /// <summary>
    /// Submits a campaign for review, or decides on it: approve, request changes, reject. What is approved is frozen: whoever changes it
    /// reopens the review.
    /// </summary>
    public static async Task<Results<Ok<ReviewResponse>, NotFound>> Handle(
        MarketingCampaignId id, ReviewRequest request, MarketingDb db, CurrentUser user, IOrganizationDirectory organizations,
        TimeProvider clock, CancellationToken ct)
    {
        var permission = request.Action == ReviewAction.SubmitForReview ? MarketingPermissions.Update : MarketingPermissions.Approve;
        if (!user.May(permission)) throw Problem.Forbidden(permission);
        if (await db.LockedAsync(id, user, permission, ct) is not { } campaign) return TypedResults.NotFound();
        await organizations.RequireAsync(null, request.ReviewerId, ct, userMember: "reviewer_id");
        var before = campaign.Status;
        var approval = request.Action == ReviewAction.SubmitForReview ? Submit(request, campaign, db, user)
            : await DecideAsync(request, campaign, db, user, clock, ct);
        var (key, status, by, author) = (campaign.Id, campaign.Status, user.Id, campaign.CreatedBy);
        db.Raise(() => new MarketingCampaignStatusChanged(key, status, before, author, by));
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await AnswerAsync(approval, campaign, db, ct));
    }

    /// <summary>The rounds of a campaign's review, the latest first.</summary>
    public static async Task<Results<Ok<IReadOnlyList<ReviewResponse>>, NotFound>> List(MarketingCampaignId id, MarketingDb db,
        CurrentUser user, CancellationToken ct)
    {
        if (await db.Campaigns.AsNoTracking().VisibleTo(user, MarketingPermissions.Read).FirstOrDefaultAsync(c => c.Id == id,
            ct) is not { } campaign) return TypedResults.NotFound();
        var rounds = await db.Approvals.AsNoTracking().Where(a => a.CampaignId == id).OrderByDescending(a => a.Id).Take(100)
            .ToListAsync(ct);
        var time = await EstimateAsync(db, ct);
        return TypedResults.Ok<IReadOnlyList<ReviewResponse>>(
            [.. rounds.Select(r => Answer(r, r.Decision ?? campaign.Status, campaign, time))]);
    }

    private static Approval Submit(ReviewRequest request, MarketingCampaign campaign, MarketingDb db, CurrentUser user)
    {
        campaign.Submit();
        var approval = new Approval
        {
            CampaignId = campaign.Id, Notes = request.Notes, ReviewerId = request.ReviewerId, SubmittedBy = user.Id,
            Priority = request.Priority ?? ReviewPriority.Standard,
        };
        db.Add(approval);
        return approval;
    }

    private static async Task<Approval> DecideAsync(ReviewRequest request, MarketingCampaign campaign, MarketingDb db, CurrentUser user,
        TimeProvider clock, CancellationToken ct)
    {
        var approval = await db.Approvals.Where(a => a.CampaignId == campaign.Id).OrderByDescending(a => a.Id).FirstOrDefaultAsync(ct);
        var hash = await ContentHashAsync(db, campaign, ct);
        switch (request.Action)
        {
            case ReviewAction.Approve:
                if ((campaign.CreatedBy == user.Id || approval?.SubmittedBy == user.Id)
                    && await db.Settings.AsNoTracking().AnyAsync(s => !s.AuthorMayApprove, ct))
                    throw new Problem(403, ErrorCodes.Forbidden, "InsufficientPermissionsError",
                        "In this organization nobody approves what is their own.");
                if (await db.Assets.AnyAsync(a => a.CampaignId == campaign.Id && a.State == AssetState.Pending, ct))
                    throw Problem.Conflict("Its files are still being made; what can't be seen can't be approved.");
                campaign.Approve(hash);
                break;
            case ReviewAction.RequestChanges:
                campaign.RequestChanges();
                break;
            default:
                campaign.Reject();
                break;
        }
        approval!.Decide(campaign.Status, request.Notes, hash, user.Id, clock.Now());
        return approval;
    }

    /// <summary>Of everything that would go out: the same hash, the same contents.</summary>
    public static async Task<string> ContentHashAsync(MarketingDb db, MarketingCampaign campaign, CancellationToken ct)
    {
        var files = await db.Assets.Where(a => a.CampaignId == campaign.Id).OrderBy(a => a.Id).Select(a => a.Sha256 ?? "").ToListAsync(ct);
        var all = string.Join('\n', [campaign.Subject, campaign.Content, .. campaign.Channels, .. files]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    private static async Task<ReviewResponse> AnswerAsync(Approval approval, MarketingCampaign campaign, MarketingDb db,
        CancellationToken ct) =>
            Answer(approval, campaign.Status, campaign, await EstimateAsync(db, ct));

    private static ReviewResponse Answer(Approval approval, MarketingCampaignStatus status, MarketingCampaign campaign, TimeSpan? time) =>
        new(
            approval.Id.Reference(), campaign.Id.Reference(), status, approval.ReviewerId?.Reference(),
            time is { } span ? Words(span) : null,
            status switch
            {
                MarketingCampaignStatus.PendingReview => "review", MarketingCampaignStatus.ChangesRequested => "revision",
                MarketingCampaignStatus.Approved => "distribution",
                MarketingCampaignStatus.Draft => "draft", _ => "closed",
            },
            campaign.NextActions, approval.DecisionNotes ?? approval.Notes, approval.DecidedBy?.Reference(), approval.DecidedAt,
            approval.ContentHash,
            time is null ? "Nothing has been reviewed here yet, so the time can't be estimated." : null);

    private static async Task<TimeSpan?> EstimateAsync(MarketingDb db, CancellationToken ct)
    {
        var times = await db.Approvals.AsNoTracking().Where(a => a.DecidedAt != null).OrderByDescending(a => a.DecidedAt).Take(50)
            .Select(a => a.DecidedAt!.Value - a.CreatedAt).ToListAsync(ct);
        if (times.Count == 0) return null;
        times.Sort();
        return times[times.Count / 2];
    }

    private static string Words(TimeSpan span)
    {
        var (count, unit) = span.TotalMinutes < 90 ? (Math.Max(1, Math.Round(span.TotalMinutes)), "minute")
            : span.TotalHours < 36 ? (Math.Round(span.TotalHours), "hour") : (Math.Round(span.TotalDays), "day");
        return string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
    }
}
