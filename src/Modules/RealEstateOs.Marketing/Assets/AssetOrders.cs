using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Campaigns;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Marketing.Assets;

/// <summary>Writes down which files are wanted, and the job that makes them.</summary>
internal sealed class AssetOrders(MarketingDb db, JobQueue jobs)
{
    public async Task<(Generation Generation, QueuedJob Job, IReadOnlyList<MarketingAsset> Assets)> OrderAsync(MarketingCampaign campaign, IReadOnlyList<WantedAsset> wanted, CancellationToken ct)
    {
        var known = await db.Assets.Where(a => a.CampaignId == campaign.Id).ToListAsync(ct);
        var assets = wanted.Select(w => Find(known, w) ?? Add(campaign, w)).ToList();
        foreach (var (asset, order) in assets.Zip(wanted)) (asset.State, asset.Template, asset.ForPress) = (AssetState.Pending, order.Template, order.ForPress);
        await db.SaveChangesAsync(ct);
        var generation = new Generation { CampaignId = campaign.Id, AssetIds = [.. assets.Select(a => a.Id.Value)] };
        db.Add(generation);
        await db.SaveChangesAsync(ct);
        var job = await jobs.EnqueueAsync(MakeAssets.Kind, new AssetsToMake(generation.Id), ct, resource: campaign.Id.Reference());
        (generation.JobId, campaign.JobId) = (job.Id, job.Id);
        await db.SaveChangesAsync(ct);
        return (generation, job, assets);
    }

    private static MarketingAsset? Find(List<MarketingAsset> known, WantedAsset w) =>
        known.FirstOrDefault(a => a.Channel == w.Channel && a.Format == w.Format.Name && a.Language == w.Language && a.Platform == w.Platform);

    private MarketingAsset Add(MarketingCampaign campaign, WantedAsset w)
    {
        var asset = new MarketingAsset { CampaignId = campaign.Id, Channel = w.Channel, Format = w.Format.Name, Language = w.Language, Platform = w.Platform, ForPress = w.ForPress, Template = w.Template };
        db.Add(asset);
        return asset;
    }
}
