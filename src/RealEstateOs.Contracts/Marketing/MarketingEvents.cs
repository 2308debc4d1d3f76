using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Marketing;

/// <summary>
/// One content of a package (postcard_design, landing_page …) is ready, or could not be made; <see cref="PackageContents"/> is the state of
/// all.
/// </summary>
/// <param name="Content">Such as postcard_design or landing_page.</param>
/// <param name="PackageContents">The state of all contents.</param>
public sealed record PackageContentChanged(
    MarketingCampaignId CampaignId, string Content, AssetState Status, IReadOnlyDictionary<string, AssetState> PackageContents,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "marketing.content_changed";
}

/// <summary>A campaign was submitted, approved, sent back, launched …</summary>
/// <param name="PreviousStatus">The status before.</param>
public sealed record MarketingCampaignStatusChanged(MarketingCampaignId CampaignId, MarketingCampaignStatus Status,
    MarketingCampaignStatus PreviousStatus, UserId? CreatedBy, UserId? ChangedBy) : IEvent
{
    public static string Type => "marketing.status_changed";
}

/// <summary>An approved campaign goes out. What a channel needs of it is asked by its id.</summary>
public sealed record MarketingCampaignLaunched(MarketingCampaignId CampaignId, PropertyId? PropertyId,
    IReadOnlyList<MarketingChannel> Channels, UserId? LaunchedBy) : IEvent
{
    public static string Type => "marketing.launched";
}

/// <summary>A property became live on a portal, failed there, was withdrawn, or the portal wants something done at it.</summary>
/// <param name="Portal">The portal's word, such as property_finder.</param>
/// <param name="Problems">Why it is not there, as sentences; empty where it is.</param>
public sealed record PortalListingChanged(PortalListingId PortalListingId, PropertyId PropertyId, string Portal, PortalListingStatus Status,
    IReadOnlyList<string> Problems, UserId? CreatedBy) : IEvent
{
    public static string Type => "marketing.portal_listing_changed";
}
