using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Social;

namespace RealEstateOs.Social.Posts;

/// <summary>The market's advertising rules, asked for posts: all at once, in the order of the posts.</summary>
internal sealed class PostRules(IAdvertisingRules rules)
{
    private static readonly AdvertCheck Nothing = new([]);

    public async Task<IReadOnlyList<AdvertCheck>> CheckAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        // A post about no property is no advertisement of one.
        var about = posts.Where(p => p.PropertyId is not null).ToArray();
        if (about.Length == 0) return [.. posts.Select(_ => Nothing)];
        var checks = await rules.CheckAsync([.. about.Select(p => new AdvertToCheck
        {
            PropertyId = p.PropertyId, Channel = MarketingChannel.Social, Occasion = OccasionOf(p.PostType), Texts = [p.Content],
        })], ct);
        var byPost = about.Zip(checks).ToDictionary(c => c.First, c => c.Second);
        return [.. posts.Select(p => byPost.GetValueOrDefault(p, Nothing))];
    }

    private static MarketingCampaignType OccasionOf(PostType type) => type switch
    {
        PostType.OpenHouse => MarketingCampaignType.OpenHouse, PostType.JustSold => MarketingCampaignType.JustSold,
        PostType.PriceReduction => MarketingCampaignType.PriceReduction,
        PostType.MarketUpdate => MarketingCampaignType.MarketUpdate, _ => MarketingCampaignType.NewListing,
    };
}
