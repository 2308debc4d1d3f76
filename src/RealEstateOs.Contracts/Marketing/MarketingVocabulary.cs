namespace RealEstateOs.Contracts.Marketing;

/// <summary>What a marketing campaign is about or made of; the last three are the words of campaigns to leads.</summary>
public enum MarketingCampaignType
{
    NewListing, OpenHouse, JustSold, PriceReduction, MarketUpdate, Postcard, EmailBlast, SocialCampaign, Flyer, Custom,
    Email, DirectMail, SocialMedia,
}

public enum MarketingCampaignStatus { Draft, PendingReview, ChangesRequested, Approved, Rejected, Scheduled, InProgress, Paused,
    Completed, Cancelled }

/// <summary>A way on which an advertisement reaches people.</summary>
public enum MarketingChannel { Postcard, Flyer, Email, Social, LandingPage }

public enum AssetState { Pending, Ready, Failed }

/// <summary>How far a property is on a portal.</summary>
public enum PortalListingStatus { Queued, Submitted, Live, Failed, Withdrawing, Withdrawn, TakenDown }
