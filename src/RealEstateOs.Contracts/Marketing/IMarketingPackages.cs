using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Marketing;

/// <summary>
/// Marketing packages for other modules: a workflow makes and launches them, Social takes their graphics. In the caller's transaction, as
/// the office.
/// </summary>
public interface IMarketingPackages
{
    /// <summary>Orders the package of a property; its files are made in the background. Refuses with a 422 what does not exist.</summary>
    Task<OrderedPackage> CreateAsync(PackageOrder order, CancellationToken ct);

    /// <summary>How far packages are, in a constant number of queries; unknown ones are left out.</summary>
    Task<IReadOnlyDictionary<MarketingCampaignId, PackageProgress>> ProgressAsync(IReadOnlyCollection<MarketingCampaignId> campaigns,
        CancellationToken ct);

    /// <summary>The pictures for the networks that are ready, by campaign, in one query.</summary>
    Task<ILookup<MarketingCampaignId, MarketingGraphic>> GraphicsAsync(IReadOnlyCollection<MarketingCampaignId> campaigns,
        CancellationToken ct);
}

/// <summary>What a package is to be.</summary>
public sealed record PackageOrder(PropertyId PropertyId, MarketingCampaignType Occasion)
{
    public string? Name { get; init; }
    /// <summary>Empty: all of them.</summary>
    public IReadOnlyCollection<MarketingChannel> Channels { get; init; } = [];
    public decimal? Budget { get; init; }
    public string? TargetAudience { get; init; }
    public string? Headline { get; init; }
    public string? CallToAction { get; init; }
    /// <summary><c>en</c>, <c>ar</c>.</summary>
    public IReadOnlyCollection<string> Languages { get; init; } = ["en"];
}

public sealed record OrderedPackage(MarketingCampaignId CampaignId, JobId JobId, int Assets);

/// <param name="Contents">As the package's status shows them: postcard_design, landing_page …</param>
public sealed record PackageProgress(MarketingCampaignStatus Status, int Assets, int Ready, int Failed,
    IReadOnlyDictionary<string, AssetState> Contents)
{
    public bool IsMade => Ready + Failed == Assets;
}

/// <param name="Format">story, post or landscape.</param>
public sealed record MarketingGraphic(MarketingCampaignId CampaignId, AssetId AssetId, string Format, string Language, string? Platform,
    string FileKey, string ContentType, PropertyId? PropertyId, UserId? CreatedBy);
