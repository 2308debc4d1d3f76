using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Assets;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Marketing.Campaigns;

/// <summary>How far a package is, and where its files are.</summary>
/// <param name="Status"><c>processing</c> while something is pending, then <c>ready</c>; <c>failed</c> where something could not be made;
/// <c>empty</c> before anything was ordered.</param>
/// <param name="Progress">0 to 100.</param>
/// <param name="PackageContents">The state of each content: all its files are ready, or one is pending or failed.</param>
/// <param name="NextActions">What may follow, as words for programs.</param>
/// <param name="CampaignId">Id of the campaign that the package is.</param>
/// <param name="CampaignStatus">Where the campaign stands between draft and end.</param>
/// <param name="JobId">The job that makes it, as of <c>GET /status/{job_id}</c>; null before the first.</param>
public sealed record PackageStatusResponse(
    string CampaignId, string Status, MarketingCampaignStatus CampaignStatus, int Progress,
    IReadOnlyDictionary<string, AssetState> PackageContents, IReadOnlyList<AssetResponse> Assets,
    string? JobId, IReadOnlyList<string> NextActions, DateTimeOffset UpdatedAt);

internal static class GetPackageStatus
{
    /// <summary>The state of each content of a package, with a link to every file that is ready.</summary>
    public static async Task<Results<Ok<PackageStatusResponse>, NotFound>> Handle(MarketingCampaignId id, MarketingDb db, CurrentUser user,
        AssetLinks links, CancellationToken ct)
    {
        if (await db.Campaigns.AsNoTracking().VisibleTo(user, MarketingPermissions.Read).FirstOrDefaultAsync(c => c.Id == id,
            ct) is not { } campaign) return TypedResults.NotFound();
        var assets = await db.Assets.AsNoTracking().Where(a => a.CampaignId == id).OrderBy(a => a.Id).ToListAsync(ct);
        var page = await db.LandingPages.AsNoTracking().FirstOrDefaultAsync(p => p.CampaignId == id, ct);
        var status = assets.Count == 0 ? "empty" : assets.Any(a => a.State == AssetState.Pending) ? "processing"
            : assets.Any(a => a.State == AssetState.Failed) ? "failed" : "ready";
        return TypedResults.Ok(new PackageStatusResponse(
            id.Reference(), status, campaign.Status,
            assets.Count == 0 ? 0 : assets.Count(a => a.State != AssetState.Pending) * 100 / assets.Count, AssetPlan.Contents(assets),
            [.. assets.Select(a => links.Of(a, page))], campaign.JobId?.Reference(), campaign.NextActions, campaign.UpdatedAt));
    }
}
