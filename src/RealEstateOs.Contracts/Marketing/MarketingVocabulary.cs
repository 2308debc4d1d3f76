namespace RealEstateOs.Contracts.Marketing;

/// <summary>What a marketing campaign is about or made of; the last three are the words of campaigns to leads.</summary>
public enum MarketingCampaignType
{
    NewListing, OpenHouse, JustSold, PriceReduction, MarketUpdate, Postcard, EmailBlast, SocialCampaign, Flyer, Custom,
    Email, DirectMail, SocialMedia,
}

/// <summary>Where a campaign stands: written and reviewed, planned, going out, or at its end.</summary>
public enum MarketingCampaignStatus { Draft, PendingReview, ChangesRequested, Approved, Rejected, Scheduled, InProgress, Paused,
    Completed, Cancelled }

/// <summary>A way on which an advertisement reaches people.</summary>
public enum MarketingChannel { Postcard, Flyer, Email, Social, LandingPage }

/// <summary>Whether a file is made: pending is being made.</summary>
public enum AssetState { Pending, Ready, Failed }

/// <summary>How far a property is on a portal.</summary>
public enum PortalListingStatus { Queued, Submitted, Live, Failed, Withdrawing, Withdrawn, TakenDown }

/// <summary>Who reads a feed: it decides on its form.</summary>
public enum Portal { PropertyFinder, Bayut, Dubizzle, Website }

/// <summary>What a home is let or sold with.</summary>
public enum Furnishing { Unfurnished, SemiFurnished, Furnished }

/// <summary>Who gives the permit: the land department (Dubai), the tourism department (holiday homes), Abu Dhabi's register.</summary>
public enum PermitType { Rera, Dtcm, Adrec }

/// <summary>Free zones whose listings need no permit of the land department.</summary>
public enum PermitExemption { Difc, Jafza }
