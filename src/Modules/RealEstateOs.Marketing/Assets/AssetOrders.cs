using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.Marketing.Assets;

/// <summary>Writes down which files are wanted, and the job that makes them.</summary>
internal sealed class AssetOrders(MarketingDb db, JobQueue jobs, IOptions<RateLimitOptions> limits, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public async Task<(Generation Generation, QueuedJob Job, IReadOnlyList<MarketingAsset> Assets)> OrderAsync(MarketingCampaign campaign,
        IReadOnlyList<WantedAsset> wanted, CancellationToken ct)
    {
        await CountAsync(wanted.Count, ct);
        var known = await db.Assets.Where(a => a.CampaignId == campaign.Id).ToListAsync(ct);
        var assets = wanted.Select(w => Find(known, w) ?? Add(campaign, w)).ToList();
        foreach (var (asset, order) in assets.Zip(wanted)) (asset.State, asset.Template, asset.ForPress) = (AssetState.Pending,
            order.Template, order.ForPress);
        await db.SaveChangesAsync(ct);
        var generation = new Generation { CampaignId = campaign.Id, AssetIds = [.. assets.Select(a => a.Id.Value)] };
        db.Add(generation);
        await db.SaveChangesAsync(ct);
        var job = await jobs.EnqueueAsync(MakeAssets.Kind, new AssetsToMake(generation.Id), ct, resource: campaign.Id.Reference());
        (generation.JobId, campaign.JobId) = (job.Id, job.Id);
        await db.SaveChangesAsync(ct);
        return (generation, job, assets);
    }

    /// <summary>So many files an hour, as the plan says: counted where they are written down, so that nothing makes it forget.</summary>
    private async Task CountAsync(int wanted, CancellationToken ct)
    {
        var most = limits.Value.Plan(db.Work.User.IsSignedIn ? db.Work.User.Principal.Plan : null).AssetsPerHour;
        // Two who order at once take turns.
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended('marketing.assets', {db.CurrentOrganization.Value}))", ct);
        var now = clock.Now();
        var since = now - Window;
        var recent = await db.Generations.AsNoTracking().Where(g => g.CreatedAt > since).OrderBy(g => g.CreatedAt)
            .Select(g => new { g.CreatedAt, Count = g.AssetIds.Length }).ToListAsync(ct);
        var used = recent.Sum(g => g.Count);
        if (used + wanted <= most) return;
        var free = recent.Count == 0 ? Window : recent[0].CreatedAt + Window - now;
        throw Problem.TooManyRequests(
            $"The plan makes {most} assets an hour; {used} were ordered in the last one, and these are {wanted} more.", free,
            ErrorCodes.QuotaExceeded);
    }

    private static MarketingAsset? Find(List<MarketingAsset> known, WantedAsset w) =>
        known.FirstOrDefault(a => a.Channel == w.Channel && a.Format == w.Format.Name && a.Language == w.Language
            && a.Platform == w.Platform);

    private MarketingAsset Add(MarketingCampaign campaign, WantedAsset w)
    {
        var asset = new MarketingAsset { CampaignId = campaign.Id, Channel = w.Channel, Format = w.Format.Name, Language = w.Language,
            Platform = w.Platform, ForPress = w.ForPress, Template = w.Template };
        db.Add(asset);
        return asset;
    }
}
