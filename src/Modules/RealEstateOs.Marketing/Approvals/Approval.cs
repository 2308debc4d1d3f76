using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Marketing.Approvals;

/// <summary>One round of a review: submitted, then decided once.</summary>
internal sealed class Approval : Entity<ApprovalId>
{
    public MarketingCampaignId CampaignId { get; set; }
    /// <summary>Null while it is under review.</summary>
    public MarketingCampaignStatus? Decision { get; private set; }
    public ReviewPriority Priority { get; set; } = ReviewPriority.Standard;
    public string? Notes { get; set; }
    public UserId? ReviewerId { get; set; }
    public UserId? SubmittedBy { get; set; }
    public UserId? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecisionNotes { get; private set; }
    /// <summary>Of what was reviewed.</summary>
    public string? ContentHash { get; private set; }

    public void Decide(MarketingCampaignStatus decision, string? notes, string contentHash, UserId? by, DateTimeOffset now) =>
        (Decision, DecisionNotes, ContentHash, DecidedBy, DecidedAt) = (decision, notes, contentHash, by, now);
}
