using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Marketing.Approvals;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Marketing.PackageSteps;

internal sealed record CampaignCreationInput
{
    public required PropertyId PropertyId { get; init; }
    public MarketingCampaignType? Occasion { get; init; }
    /// <summary>Empty: all of them.</summary>
    public MarketingChannel[]? Channels { get; init; }
    public string[]? Languages { get; init; }
    public decimal? Budget { get; init; }
    public string? TargetAudience { get; init; }
}

/// <summary>
/// The same package as <c>POST /marketing/campaigns/full-package</c>. Undone, a campaign that nobody has approved or launched is deleted.
/// </summary>
internal sealed class CampaignCreation(IMarketingPackages packages, MarketingDb db, IPropertyReader properties, TimeProvider clock)
    : IUndoableStep<CampaignCreationInput>
{
    public async Task<StepResult> RunAsync(CampaignCreationInput input, StepContext context, CancellationToken ct)
    {
        await properties.RequireAsync([input.PropertyId], ct); // as the user: the package itself asks as the office
        var ordered = await packages.CreateAsync(new PackageOrder(input.PropertyId, input.Occasion ?? MarketingCampaignType.NewListing)
        {
            Channels = input.Channels ?? [], Budget = input.Budget, TargetAudience = input.TargetAudience,
            Languages = input.Languages is { Length: > 0 } given ? given : ["en"],
        }, ct);
        var campaign = ordered.CampaignId.Reference();
        return StepResult.After(ordered.JobId, new { campaign_id = campaign, assets = ordered.Assets },
            new Deliverable("Marketing Campaign", campaign));
    }

    public async Task UndoAsync(CampaignCreationInput input, JsonElement? output, StepContext context, CancellationToken ct)
    {
        if (output is not { } made || !EntityId.TryParse<MarketingCampaignId>(made.GetProperty("campaign_id").GetString(), out var id))
            return;
        var campaign = await db.Campaigns.FirstOrDefaultAsync(c => c.Id == id, ct);
        if (campaign?.Status is not (MarketingCampaignStatus.Draft or MarketingCampaignStatus.PendingReview
            or MarketingCampaignStatus.ChangesRequested)) return;
        campaign.DeletedAt = clock.Now();
        await db.SaveChangesAsync(ct);
    }
}

internal sealed record CampaignSubmissionInput
{
    public required MarketingCampaignId CampaignId { get; init; }
    public UserId? ReviewerId { get; init; }
    public string? Notes { get; init; }
}

internal sealed class CampaignSubmission(MarketingDb db, CurrentUser user, IOrganizationDirectory organizations, TimeProvider clock)
    : IWorkflowStep<CampaignSubmissionInput>
{
    public async Task<StepResult> RunAsync(CampaignSubmissionInput input, StepContext context, CancellationToken ct)
    {
        var request = new ReviewRequest { Action = ReviewAction.SubmitForReview, ReviewerId = input.ReviewerId,
            Notes = input.Notes ?? $"From {context.PackageName} ({context.Reference})." };
        var answer = await ReviewCampaign.Handle(input.CampaignId, request, db, user, organizations, clock, ct);
        return answer.Result is Ok<ReviewResponse> { Value: { } review }
            ? StepResult.Done(new { approval_id = review.ApprovalId, campaign_id = review.CampaignId, status = review.Status,
                next_actions = review.NextActions })
            : StepResult.Skipped("The campaign does not exist any more.");
    }
}
