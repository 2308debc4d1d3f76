namespace RealEstateOs.Contracts.Social;

/// <summary>The networks that posts are written for.</summary>
public enum SocialPlatform { Instagram, Facebook, Linkedin, X }

/// <summary>What a post is about. The last ones are the words of calendars: pictures and moods of the same property.</summary>
public enum PostType
{
    NewListing, OpenHouse, JustSold, PriceReduction, MarketUpdate, Neighborhood, Testimonial, Custom,
    HeroImage, DetailShots, Lifestyle,
}

/// <summary>How a post sounds.</summary>
public enum ContentStyle { Professional, Luxury, Friendly, Minimal, Investment }

/// <summary>Where a post stands.</summary>
public enum PostStatus
{
    /// <summary>Goes out when somebody says so.</summary>
    Draft,

    /// <summary>Goes out at its time.</summary>
    Scheduled,
    Publishing,
    Published,

    /// <summary>The network refused it; the post says why and what to do.</summary>
    Failed,

    /// <summary>Sent without an answer, and nothing tells whether it arrived: somebody has to look.</summary>
    Unknown,

    /// <summary>Something has to be put right first; the post says what.</summary>
    Held,

    /// <summary>Without an account: the requests that would have been sent are kept instead.</summary>
    DryRun,
    Cancelled,
}

/// <summary>Where a campaign of posts stands.</summary>
public enum SocialCampaignStatus { Created, Active, Paused, Completed, Cancelled }
