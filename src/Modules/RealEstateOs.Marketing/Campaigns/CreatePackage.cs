using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Assets;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Marketing.Campaigns;

/// <summary>A package that is being made.</summary>
public sealed record PackageStarted : JobAnswer
{
    /// <summary>Id of the campaign that the package is.</summary>
    public required string CampaignId { get; init; }
    /// <summary>The state of each content: <c>pending</c>, <c>ready</c> or <c>failed</c>.</summary>
    public required IReadOnlyDictionary<string, AssetState> PackageContents { get; init; }
    /// <summary>Where it is read how far the package is.</summary>
    public required string TrackingUrl { get; init; }
    /// <summary>Why <c>estimated_completion</c> is null, where it is.</summary>
    public string? Note => EstimatedCompletion is null
        ? "No such package has been made here yet, so its duration can't be estimated." : null;
}

internal static class CreatePackage
{
    /// <summary>
    /// Makes a whole package of a property: cards, flyers, mails, pictures for the networks and a landing page, each told on the live
    /// stream when it is ready.
    /// </summary>
    public static async Task<Accepted<PackageStarted>> Handle(CreatePackageRequest request, Packages packages, CancellationToken ct)
    {
        var (campaign, job, assets) = await packages.OrderAsync(request, request.Name, ct);
        var answer = job.ToAnswer();
        var tracking = $"{ApiGroup.Root}/marketing/campaigns/{campaign.Id.Reference()}/status";
        return TypedResults.Accepted(tracking, new PackageStarted
        {
            JobId = answer.JobId, Status = "processing", ProgressUrl = answer.ProgressUrl, EstimatedCompletion = answer.EstimatedCompletion,
            CampaignId = campaign.Id.Reference(), PackageContents = AssetPlan.Contents(assets), TrackingUrl = tracking,
        });
    }
}
