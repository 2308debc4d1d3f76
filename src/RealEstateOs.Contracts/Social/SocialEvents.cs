using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Social;

/// <summary>
/// A post reached another state by itself: published, failed, held, unknown or dry_run; <see cref="Reason"/> says why where it is not out.
/// </summary>
/// <param name="Permalink">Where it is on the network; null where it is not out.</param>
/// <param name="Reason">Why it is not out; null where it is.</param>
public sealed record PostStatusChanged(
    PostId PostId, SocialCampaignId? CampaignId, PropertyId? PropertyId, SocialPlatform Platform, PostStatus Status, string? Permalink,
    string? Reason, UserId? CreatedBy) : IEvent
{
    public static string Type => "social.post_status_changed";
}
