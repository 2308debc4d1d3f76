using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.LandingPages;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Marketing.Assets;

internal sealed record AssetsToMake(GenerationId GenerationId);

internal sealed record MadeAssets(string CampaignId, int Assets, int Made, int Unchanged, int Failed);

/// <summary>
/// Makes the files of a generation one after the other. Each is committed with its event when it is done, so that a run which takes over
/// from a dead host goes on with the next; one whose contents are what they were is not made again.
/// </summary>
internal sealed class MakeAssets(MarketingDb db, AdSubjects subjects, AssetPress press, LandingPageWriter pages, TimeProvider clock,
    ILogger<MakeAssets> log) : IJobHandler<AssetsToMake>
{
    public const string Kind = "marketing.assets";

    public async Task<object?> RunAsync(AssetsToMake input, JobContext context, CancellationToken ct)
    {
        var generation = await db.Generations.AsNoTracking().FirstOrDefaultAsync(g => g.Id == input.GenerationId, ct)
            ?? throw new PermanentJobFailure("The request is gone.");
        var campaign = await db.Campaigns.FirstOrDefaultAsync(c => c.Id == generation.CampaignId, ct)
            ?? throw new PermanentJobFailure("The campaign is gone.");
        var wanted = generation.AssetIds.Select(id => new AssetId(id)).ToArray();
        var assets = await db.Assets.Where(a => a.CampaignId == campaign.Id).OrderBy(a => a.Id).ToListAsync(ct);
        var subject = await subjects.OfAsync(campaign, ct);
        // The page first: mails and codes lead to it.
        var page = await pages.WriteAsync(campaign, subject,
            anew: assets.Any(a => wanted.Contains(a.Id) && a.Channel == MarketingChannel.LandingPage), ct);
        var (made, unchanged) = (0, 0);
        foreach (var asset in assets.Where(a => wanted.Contains(a.Id)).OrderBy(a => a.Channel != MarketingChannel.LandingPage))
        {
            if (asset.State == AssetState.Pending)
            {
                if (await MakeAsync(asset, campaign, subject, page, assets, ct)) made++;
                else unchanged++;
            }
            var done = assets.Count(a => wanted.Contains(a.Id) && a.State != AssetState.Pending);
            await context.ReportAsync(done * 100 / wanted.Length, $"{done} of {wanted.Length} assets", ct);
        }
        return new MadeAssets(campaign.Id.Reference(), wanted.Length, made, unchanged,
            assets.Count(a => wanted.Contains(a.Id) && a.State == AssetState.Failed));
    }

    private async Task<bool> MakeAsync(MarketingAsset asset, MarketingCampaign campaign, AdSubject subject, LandingPage page,
        List<MarketingAsset> all, CancellationToken ct)
    {
        var isNew = true;
        try
        {
            var draft = await press.DraftAsync(asset, campaign, subject, page, ct);
            isNew = asset.InputHash != draft.Hash || (asset.FileKey is null && asset.Channel != MarketingChannel.LandingPage);
            if (isNew) await press.MakeAsync(asset, draft, ct);
            else asset.State = AssetState.Ready;
        }
        catch (Exception exception) when (exception is RenderingUnavailableException or UnsafeMarkupException or Problem)
        {
            asset.Failed(exception.Message);
        }
        catch (RenderingFailedException exception)
        {
            log.LogError(exception, "Asset {Asset} could not be rendered", asset.Reference);
            asset.Failed(exception.Message);
        }
        if (isNew && asset.State == AssetState.Ready) campaign.Reopen();
        Tell(asset, campaign, all);
        campaign.UpdatedAt = clock.Now();
        await db.SaveChangesAsync(ct);
        return isNew;
    }

    // Told when the last file of a content is done, and told as it then stands.
    private void Tell(MarketingAsset asset, MarketingCampaign campaign, List<MarketingAsset> all)
    {
        var contents = AssetPlan.Contents(all);
        var content = AssetPlan.ContentNames[asset.Channel];
        if (contents[content] == AssetState.Pending) return;
        var (id, state, by) = (campaign.Id, contents[content], campaign.CreatedBy);
        db.Raise(() => new PackageContentChanged(id, content, state, contents, by));
    }
}
