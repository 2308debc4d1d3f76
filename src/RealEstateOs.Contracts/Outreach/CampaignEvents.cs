using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;

namespace RealEstateOs.Contracts.Outreach;

/// <summary>How far a campaign is, about once a second while it is sent.</summary>
/// <param name="TotalRecipients">Everybody that it is meant for.</param>
/// <param name="SentCount">Messages that left.</param>
/// <param name="FailedCount">Messages that could not be sent.</param>
/// <param name="SuppressedCount">People who may not be written to.</param>
public sealed record CampaignProgress(CampaignId CampaignId, CampaignStatus Status, int TotalRecipients, int SentCount, int FailedCount,
    int SuppressedCount, UserId? CreatedBy) : IEvent
{
    public static string Type => "campaign.progress";
}

/// <summary>Every recipient of a campaign was written to or is known not to be.</summary>
/// <param name="TotalRecipients">Everybody that it is meant for.</param>
/// <param name="SentCount">Messages that left.</param>
/// <param name="FailedCount">Messages that could not be sent.</param>
/// <param name="SuppressedCount">People who may not be written to.</param>
/// <param name="Name">What the office calls the campaign.</param>
public sealed record CampaignCompleted(CampaignId CampaignId, string Name, int TotalRecipients, int SentCount, int FailedCount,
    int SuppressedCount, UserId? CreatedBy) : IEvent
{
    public static string Type => "campaign.completed";
}
