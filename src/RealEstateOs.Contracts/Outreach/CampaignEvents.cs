using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;

namespace RealEstateOs.Contracts.Outreach;

/// <summary>How far a campaign is, about once a second while it is sent.</summary>
public sealed record CampaignProgress(CampaignId CampaignId, CampaignStatus Status, int TotalRecipients, int SentCount, int FailedCount,
    int SuppressedCount, UserId? CreatedBy) : IEvent
{
    public static string Type => "campaign.progress";
}

/// <summary>Every recipient of a campaign was written to or is known not to be.</summary>
public sealed record CampaignCompleted(CampaignId CampaignId, string Name, int TotalRecipients, int SentCount, int FailedCount,
    int SuppressedCount, UserId? CreatedBy) : IEvent
{
    public static string Type => "campaign.completed";
}
