using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Leads;

/// <summary>Where a lead stands: converted became a client, lost and unqualified are given up, nurturing is kept warm for later.</summary>
public enum LeadStatus { New, Contacted, Qualified, Unqualified, Nurturing, Converted, Lost }

/// <summary>Where a lead came from, by its kind; <c>portal</c> names the portal or site. Part of its score.</summary>
public enum LeadSource { Website, Referral, SocialMedia, Email, Phone, WalkIn, Event, Advertisement, Portal, LandingPage, Import, Other }

/// <summary>What a lead wants: to buy or to rent a home, to sell one, or to let one out.</summary>
public enum LeadIntent { Buy, Rent, Sell, Let }

public static class LeadIntents
{
    /// <summary>
    /// What a listing must be offered for to interest the lead. Who has not said is taken for a buyer; who sells or lets looks for nothing.
    /// </summary>
    public static ListingPurpose? Seeks(this LeadIntent? intent) => intent switch
    {
        LeadIntent.Rent => ListingPurpose.Rent,
        LeadIntent.Sell or LeadIntent.Let => null,
        _ => ListingPurpose.Sale,
    };
}

/// <summary>What was done with a lead, or is planned.</summary>
public enum LeadActivityType { Call, Email, Meeting, Sms, Note, Viewing, Task }
