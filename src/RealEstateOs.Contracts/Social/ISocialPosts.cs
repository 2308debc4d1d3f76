using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Social;

/// <summary>Remembers who came by a post's tracked link. As the office, in the caller's transaction.</summary>
public interface IPostAttribution
{
    /// <summary>The lead came by this link; a token that is none of ours says nothing.</summary>
    Task CameByAsync(string token, LeadId lead, CancellationToken ct);
}

/// <summary>Takes what a launch hands over to the networks. As the office, in the caller's transaction.</summary>
public interface ISocialLaunch
{
    /// <summary>
    /// Plans a post for each network that has an account, at its next good time, with the package's graphics; a package that was handed
    /// over before is not handed over again. Answers how many were planned, none where no account is connected.
    /// </summary>
    Task<SocialHandover> TakeAsync(MarketingCampaignId package, PropertyId? property, MarketingCampaignType occasion, string language,
        CancellationToken ct);
}

/// <param name="Posts">Planned posts.</param>
/// <param name="Campaign">What they belong to; null where none were planned.</param>
public sealed record SocialHandover(int Posts, SocialCampaignId? Campaign);
