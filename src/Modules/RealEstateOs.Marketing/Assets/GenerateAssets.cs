using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Assets;

/// <summary>What can be made.</summary>
public enum AssetType { PdfFlyer, PdfPostcard, SocialGraphics, EmailHtml, LandingPage }

public enum SocialSize { Story, Post, Landscape }

public enum PrintQuality { Screen, PrintReady }

/// <summary>For which networks, in which proportions.</summary>
public sealed record SocialOptions
{
    /// <summary>
    /// One set of files for each: <c>instagram</c>, <c>facebook</c>, <c>linkedin</c>, <c>x</c>. Without any, one set for all.
    /// </summary>
    [MaxLength(20)] public string[]? Platforms { get; init; }
    /// <summary><c>story</c> 1080×1920, <c>post</c> 1080×1080, <c>landscape</c> 1200×628. All by default.</summary>
    public SocialSize[]? Sizes { get; init; }
}

/// <summary>How something is printed.</summary>
public sealed record PrintOptions
{
    /// <summary><c>A4</c> or <c>A5</c> for flyers; postcards are A5 landscape.</summary>
    [MaxLength(4)] public string? Size { get; init; }
    /// <summary><c>print_ready</c> adds 3 mm of bleed, crop marks and the boxes that a press reads.</summary>
    public PrintQuality? Quality { get; init; }
}

/// <summary>Options by the type that they are for.</summary>
public sealed record FormatOptions
{
    public PrintOptions? PdfFlyer { get; init; }
    public PrintOptions? PdfPostcard { get; init; }
    public SocialOptions? SocialGraphics { get; init; }
}

/// <example>{"asset_types": ["pdf_flyer", "social_graphics", "email_html"], "priority": "high",
/// "format_options": {"pdf_flyer": {"size": "A4", "quality": "print_ready"}, "social_graphics": {"platforms": ["instagram", "facebook"],
/// "sizes": ["story", "post"]}}}</example>
public sealed record GenerateAssetsRequest : IRequestBody<GenerateAssetsRequest>
{
    public AssetType[]? AssetTypes { get; init; }
    /// <summary>Kept with the request; files are made in the order in which they were asked for.</summary>
    [MaxLength(20)] public string? Priority { get; init; }
    public FormatOptions? FormatOptions { get; init; }
    /// <summary><c>en</c>, <c>ar</c>; the campaign's languages by default.</summary>
    [MaxLength(2)] public string[]? Languages { get; init; }
}

internal sealed class GenerateAssetsValidator : AbstractValidator<GenerateAssetsRequest>
{
    public static readonly string[] Platforms = ["instagram", "facebook", "linkedin", "x"];

    public GenerateAssetsValidator()
    {
        RuleFor(r => r.AssetTypes).NotEmpty();
        RuleFor(r => r.Priority).Must(p => p is null or "low" or "standard" or "normal" or "high" or "urgent")
            .WithMessage("must be low, standard, high or urgent");
        RuleForEach(r => r.Languages).Must(l => l is "en" or "ar").WithMessage("must be en or ar");
        RuleForEach(r => r.FormatOptions!.SocialGraphics!.Platforms).Must(p => Platforms.Contains(p))
            .WithMessage($"must be one of {string.Join(", ", Platforms)}")
            .When(r => r.FormatOptions?.SocialGraphics?.Platforms is not null).OverridePropertyName(
                "format_options.social_graphics.platforms");
        RuleFor(r => r.FormatOptions!.PdfFlyer!.Size).Must(s => s is null || s.ToUpperInvariant() is "A4" or "A5")
            .WithMessage("must be A4 or A5")
            .When(r => r.FormatOptions?.PdfFlyer is not null).OverridePropertyName("format_options.pdf_flyer.size");
        RuleFor(r => r.FormatOptions!.PdfPostcard!.Size).Must(s => s is null || s.ToUpperInvariant() is "A5").WithMessage("must be A5")
            .When(r => r.FormatOptions?.PdfPostcard is not null).OverridePropertyName("format_options.pdf_postcard.size");
    }
}

/// <summary>Assets that are being made.</summary>
public sealed record GenerationStarted : JobAnswer
{
    /// <summary>The same as <c>job_id</c>.</summary>
    public required string GenerationJobId { get; init; }
    /// <summary>How many files will be made.</summary>
    public required int AssetsToGenerate { get; init; }
    /// <summary>Where it is read how far they are.</summary>
    public required string ProgressTracking { get; init; }
}

internal static class GenerateAssets
{
    /// <summary>Makes the files that are asked for; what has not changed since it was made is not made again.</summary>
    public static async Task<Results<Accepted<GenerationStarted>, NotFound>> Handle(
        MarketingCampaignId id, GenerateAssetsRequest request, MarketingDb db, CurrentUser user, AdSubjects subjects, AssetOrders orders,
        CancellationToken ct)
    {
        if (await db.FindAsync(id, user, MarketingPermissions.Update, ct) is not { } campaign) return TypedResults.NotFound();
        var market = (await subjects.OfAsync(campaign, ct)).Market;
        var wanted = Wanted(request, campaign, market);
        var (_, job, assets) = await orders.OrderAsync(campaign, wanted, ct);
        var answer = job.ToAnswer();
        var tracking = $"{ApiGroup.Root}/marketing/assets/{job.Id.Reference()}/status";
        return TypedResults.Accepted(tracking, new GenerationStarted
        {
            JobId = answer.JobId, Status = answer.Status, ProgressUrl = answer.ProgressUrl,
            EstimatedCompletion = answer.EstimatedCompletion,
            GenerationJobId = job.Id.Reference(), AssetsToGenerate = assets.Count, ProgressTracking = tracking,
        });
    }

    private static List<WantedAsset> Wanted(GenerateAssetsRequest request, MarketingCampaign campaign, TemplateMarket market)
    {
        var languages = request.Languages is { Length: > 0 } asked
            ? asked.Distinct().Select(l => l == "ar" ? AdLanguage.Ar : AdLanguage.En).ToArray() : [.. campaign.LanguageSet];
        var options = request.FormatOptions;
        return [.. request.AssetTypes!.Distinct().SelectMany(type => type switch
        {
            AssetType.PdfFlyer => In(MarketingChannel.Flyer,
                options?.PdfFlyer?.Size?.ToUpperInvariant() == "A5" ? AdFormat.A5 : AdFormat.A4, null,
                options?.PdfFlyer?.Quality == PrintQuality.PrintReady),
            AssetType.PdfPostcard =>
                In(MarketingChannel.Postcard, AdFormat.A5Landscape, null, options?.PdfPostcard?.Quality != PrintQuality.Screen),
            AssetType.EmailHtml => In(MarketingChannel.Email, AdFormat.Mail, null, false),
            AssetType.LandingPage =>
                [new WantedAsset(MarketingChannel.LandingPage, AdFormat.Page, AdLanguage.En,
                    AssetPlan.TemplateOf(campaign, MarketingChannel.LandingPage, market))],
            _ => from platform in options?.SocialGraphics?.Platforms is { Length: > 0 } platforms ? platforms.Distinct()
                : Enumerable.Repeat<string?>(null, 1)
                 from size in options?.SocialGraphics?.Sizes is { Length: > 0 } sizes ? sizes.Distinct() : Enum.GetValues<SocialSize>()
                 from asset in In(MarketingChannel.Social, AdFormat.All[Vocabulary.Word(size)], platform, false)
                 select asset,
        })];

        IEnumerable<WantedAsset> In(MarketingChannel channel, AdFormat format, string? platform, bool forPress) =>
            languages.Select(language => new WantedAsset(channel, format, language, AssetPlan.TemplateOf(campaign, channel, market),
                platform, forPress));
    }
}

/// <summary>How far a request for assets is.</summary>
/// <param name="Progress">0 to 100.</param>
/// <param name="GenerationJobId">The job that makes them, as of <c>GET /status/{job_id}</c>.</param>
/// <param name="CampaignId">Id of the campaign.</param>
/// <param name="Status">queued, processing, completed, or failed where one could not be made.</param>
/// <param name="AssetsTotal">How many were asked for.</param>
/// <param name="AssetsReady">Of these, those that are made.</param>
/// <param name="AssetsFailed">Of these, those that could not be made.</param>
public sealed record GenerationStatusResponse(string GenerationJobId, string CampaignId, string Status, int Progress, int AssetsTotal,
    int AssetsReady, int AssetsFailed, IReadOnlyList<AssetResponse> Assets);

internal static class GetGenerationStatus
{
    /// <summary>The state of each asset of a request, with a link to every file that is ready.</summary>
    /// <param name="jobId">The job's id, as <c>generation_job_id</c> named it.</param>
    public static async Task<Results<Ok<GenerationStatusResponse>, NotFound>> Handle(JobId jobId, MarketingDb db, CurrentUser user,
        AssetLinks links, CancellationToken ct)
    {
        if (await db.Generations.AsNoTracking().FirstOrDefaultAsync(g => g.JobId == jobId, ct) is not { } generation)
            return TypedResults.NotFound();
        if (!await db.Campaigns.VisibleTo(user, MarketingPermissions.Read).AnyAsync(c => c.Id == generation.CampaignId, ct))
            return TypedResults.NotFound();
        var wanted = generation.AssetIds.Select(id => new AssetId(id)).ToArray();
        var assets = await db.Assets.AsNoTracking().Where(a => wanted.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct);
        var page = await db.LandingPages.AsNoTracking().FirstOrDefaultAsync(p => p.CampaignId == generation.CampaignId, ct);
        var (ready, failed) = (assets.Count(a => a.State == AssetState.Ready), assets.Count(a => a.State == AssetState.Failed));
        var done = ready + failed;
        var status = done < assets.Count ? done == 0 ? "queued" : "processing" : failed > 0 ? "failed" : "completed";
        return TypedResults.Ok(new GenerationStatusResponse(
            jobId.Reference(), generation.CampaignId.Reference(), status, assets.Count == 0 ? 100 : done * 100 / assets.Count, assets.Count,
            ready, failed, [.. assets.Select(a => links.Of(a, page))]));
    }
}
