using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.LandingPages;

/// <summary>The public page of a campaign as it was made: the property may change, the page does not until it is made again.</summary>
internal sealed class LandingPage : Entity<LandingPageId>, INotAudited
{
    public MarketingCampaignId CampaignId { get; set; }
    public PropertyId? PropertyId { get; set; }
    public required string Token { get; set; }
    public bool IsPublished { get; private set; }
    public string Theme { get; set; } = "marina";
    /// <summary>What it says, by language, as it was made last.</summary>
    public JsonElement Contents { get; set; }
    public JsonElement Photos { get; set; }
    /// <summary>The same as it was launched: what the public sees.</summary>
    public JsonElement? PublishedContents { get; private set; }
    public JsonElement? PublishedPhotos { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }

    internal IReadOnlyDictionary<string, AdContent> ByLanguage =>
        (PublishedContents ?? Contents).Deserialize<Dictionary<string, AdContent>>(Json.Options)!;

    internal IReadOnlyList<PhotoSource> PhotoSources => (PublishedPhotos ?? Photos).Deserialize<List<PhotoSource>>(Json.Options)!;

    public void Publish(DateTimeOffset now) =>
        (IsPublished, PublishedContents, PublishedPhotos, PublishedAt) = (true, Contents, Photos, now);

    public void Withdraw() => IsPublished = false;

    internal string Path => $"/p/{Token}";
}

/// <summary>How often a page was looked at and answered on a day.</summary>
[PrimaryKey(nameof(PageId), nameof(Day))]
internal sealed class LandingDay : ITenantOwned, INotAudited
{
    public OrganizationId OrganizationId { get; set; }
    public LandingPageId PageId { get; set; }
    public DateOnly Day { get; set; }
    public long Views { get; set; }
    public long Enquiries { get; set; }
}

/// <summary>A request for a viewing, and the consent that came with it.</summary>
internal sealed class Enquiry : Entity<EnquiryId>
{
    public LandingPageId PageId { get; set; }
    public MarketingCampaignId CampaignId { get; set; }
    public LeadId LeadId { get; set; }
    public required string ConsentText { get; set; }
    public string? IpAddress { get; set; }
}
