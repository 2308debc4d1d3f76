using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Marketing.Templates;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Assets;

/// <summary>One file that is wanted.</summary>
internal sealed record WantedAsset(MarketingChannel Channel, AdFormat Format, AdLanguage Language, string Template, string? Platform = null,
    bool ForPress = false);

/// <summary>Which files a campaign consists of.</summary>
internal static class AssetPlan
{
    /// <summary>The names of contents as the package shows them.</summary>
    public static readonly IReadOnlyDictionary<MarketingChannel, string> ContentNames = new Dictionary<MarketingChannel, string>
    {
        [MarketingChannel.Postcard] = "postcard_design", [MarketingChannel.Flyer] = "flyer_design",
        [MarketingChannel.Email] = "email_template",
        [MarketingChannel.Social] = "social_posts", [MarketingChannel.LandingPage] = "landing_page",
    };

    /// <summary>A whole package: everything on its channels, in its languages.</summary>
    public static List<WantedAsset> Package(MarketingCampaign campaign, TemplateMarket market) =>
    [
        .. from channel in campaign.ChannelSet
           from format in FormatsOf(channel)
           from language in channel == MarketingChannel.LandingPage ? [AdLanguage.En] : campaign.LanguageSet
           select new WantedAsset(channel, format, language, TemplateOf(campaign, channel, market),
               ForPress: channel is MarketingChannel.Postcard),
    ];

    public static AdFormat[] FormatsOf(MarketingChannel channel) => channel switch
    {
        MarketingChannel.Postcard => [AdFormat.A5Landscape],
        MarketingChannel.Flyer => [AdFormat.A4],
        MarketingChannel.Email => [AdFormat.Mail],
        MarketingChannel.Social => [AdFormat.Story, AdFormat.Post, AdFormat.Landscape],
        _ => [AdFormat.Page],
    };

    /// <summary>The template that the campaign asks for, else the one that fits its occasion.</summary>
    public static string TemplateOf(MarketingCampaign campaign, MarketingChannel channel, TemplateMarket market)
    {
        var asked = campaign.Wishes.Templates;
        var named = channel switch
        {
            MarketingChannel.Postcard => asked?.Postcard, MarketingChannel.Flyer => asked?.Flyer, MarketingChannel.Email => asked?.Email,
            MarketingChannel.Social => asked?.Social, _ => asked?.LandingPage,
        };
        return named ?? StarterTemplates.For(CategoryOf(channel), market,
            Vocabulary.Word(campaign.CampaignType)).Reference;
    }

    public static TemplateCategory CategoryOf(MarketingChannel channel) => channel switch
    {
        MarketingChannel.Postcard => TemplateCategory.Postcard, MarketingChannel.Flyer => TemplateCategory.Flyer, MarketingChannel.Email =>
            TemplateCategory.Email,
        MarketingChannel.Social => TemplateCategory.Social, _ => TemplateCategory.LandingPage,
    };

    /// <summary>The state of each content: failed if one of its files failed, ready when all are.</summary>
    public static Dictionary<string, AssetState> Contents(IEnumerable<MarketingAsset> assets) =>
        assets.GroupBy(a => a.Channel).OrderBy(g => g.Key)
            .ToDictionary(g => ContentNames[g.Key],
                g => g.Any(a => a.State == AssetState.Pending) ? AssetState.Pending
                    : g.Any(a => a.State == AssetState.Failed) ? AssetState.Failed : AssetState.Ready);
}
