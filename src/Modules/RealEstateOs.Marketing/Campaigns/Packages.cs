using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Assets;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Campaigns;

/// <summary>Orders packages, for the endpoint and for other modules.</summary>
internal sealed class Packages(MarketingDb db, NewCampaigns campaigns, AdSubjects subjects, AssetOrders orders) : IMarketingPackages
{
    private static readonly MarketingChannel[] Everything = [MarketingChannel.Postcard, MarketingChannel.Flyer, MarketingChannel.Email,
        MarketingChannel.Social];

    public async Task<(MarketingCampaign Campaign, QueuedJob Job, IReadOnlyList<MarketingAsset> Assets)> OrderAsync(CampaignOrder order,
        string? name, CancellationToken ct)
    {
        var campaign = await campaigns.MakeAsync(order, name, ct);
        // Every package has a page: mails and codes lead to it.
        campaign.Channels = [.. (order.TargetChannels is { Length: > 0 } asked ? asked : Everything).Append(MarketingChannel.LandingPage)
            .Distinct().Select(Vocabulary.Word)];
        db.Add(campaign);
        await db.SaveChangesAsync(ct);
        var subject = await subjects.OfAsync(campaign, ct);
        var (_, job, assets) = await orders.OrderAsync(campaign, AssetPlan.Package(campaign, subject.Market), ct);
        return (campaign, job, assets);
    }

    public async Task<OrderedPackage> CreateAsync(PackageOrder order, CancellationToken ct)
    {
        var (campaign, job, assets) = await OrderAsync(
            new CreatePackageRequest
            {
                PropertyId = order.PropertyId, CampaignType = order.Occasion, TargetChannels = [.. order.Channels],
                Customizations = new AdWishes { Headline = order.Headline, CallToAction = order.CallToAction,
                    Languages = [.. order.Languages] },
            }, order.Name, ct);
        (campaign.Budget, campaign.TargetAudience) = (order.Budget, order.TargetAudience);
        await db.SaveChangesAsync(ct);
        return new OrderedPackage(campaign.Id, job.Id, assets.Count);
    }

    public async Task<IReadOnlyDictionary<MarketingCampaignId, PackageProgress>> ProgressAsync(
        IReadOnlyCollection<MarketingCampaignId> wanted, CancellationToken ct)
    {
        var ids = wanted.Distinct().ToArray();
        var states = await db.Campaigns.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Status }).ToListAsync(ct);
        var assets = (await db.Assets.AsNoTracking().Where(a => ids.Contains(a.CampaignId)).ToListAsync(ct)).ToLookup(a => a.CampaignId);
        return states.ToDictionary(s => s.Id, s => new PackageProgress(
            s.Status, assets[s.Id].Count(), assets[s.Id].Count(a => a.State == AssetState.Ready),
            assets[s.Id].Count(a => a.State == AssetState.Failed), AssetPlan.Contents(assets[s.Id])));
    }

    public async Task<ILookup<MarketingCampaignId, MarketingGraphic>> GraphicsAsync(IReadOnlyCollection<MarketingCampaignId> wanted,
        CancellationToken ct)
    {
        var ids = wanted.Distinct().ToArray();
        var found = await (from asset in db.Assets.AsNoTracking()
                           join campaign in db.Campaigns.AsNoTracking() on asset.CampaignId equals campaign.Id
                           where ids.Contains(asset.CampaignId) && asset.Channel == MarketingChannel.Social
                               && asset.State == AssetState.Ready
                           orderby asset.Id
                           select new { asset, campaign.PropertyId, campaign.CreatedBy }).ToListAsync(ct);
        return found.ToLookup(f => f.asset.CampaignId, f => new MarketingGraphic(
            f.asset.CampaignId, f.asset.Id, f.asset.Format, Vocabulary.Word(f.asset.Language), f.asset.Platform, f.asset.FileKey!,
            f.asset.ContentType!, f.PropertyId, f.CreatedBy));
    }
}
