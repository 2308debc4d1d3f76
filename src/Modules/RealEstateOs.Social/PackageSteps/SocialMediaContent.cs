using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Social.Campaigns;

namespace RealEstateOs.Social.PackageSteps;

/// <summary>What the step is given.</summary>
internal sealed record SocialContentInput
{
    public required PropertyId PropertyId { get; init; }
    /// <summary>The marketing package whose graphics are shown.</summary>
    public MarketingCampaignId? CampaignId { get; init; }
    public SocialPlatform[]? Platforms { get; init; }
    public PostType? PostType { get; init; }
    public string? Language { get; init; }
}

/// <summary>Writes a draft for each network; nothing leaves before a person says so.</summary>
internal sealed class SocialMediaContent(SocialDb db, IPropertyReader properties, SocialLaunch launch) : IUndoableStep<SocialContentInput>
{
    private static readonly SocialPlatform[] Usual = [SocialPlatform.Instagram, SocialPlatform.Facebook, SocialPlatform.Linkedin];

    public async Task<StepResult> RunAsync(SocialContentInput input, StepContext context, CancellationToken ct)
    {
        await properties.RequireAsync([input.PropertyId], ct);
        var platforms = input.Platforms is { Length: > 0 } wanted ? wanted.Distinct().ToArray() : Usual;
        // The package keeps its place: its launch may still hand posts over.
        var posts = await launch.PlanAsync(null, input.PropertyId, input.PostType ?? PostType.NewListing, platforms, input.Language ?? "en",
            scheduled: false, ct, input.CampaignId);
        var output = new { campaign_id = posts[0].CampaignId!.Value.Reference(),
            posts = posts.Select(p => new { post_id = p.Id.Reference(), platform = p.Platform, content = p.Content }) };
        return StepResult.Done(output, [new Deliverable("Social Media Content", output.campaign_id)]);
    }

    /// <summary>Takes back the drafts that nobody has published or planned.</summary>
    public async Task UndoAsync(SocialContentInput input, System.Text.Json.JsonElement? output, StepContext context, CancellationToken ct)
    {
        if (output is not { } said || !said.TryGetProperty("campaign_id", out var reference)
            || !EntityId.TryParse<SocialCampaignId>(reference.GetString(), out var campaign)) return;
        foreach (var draft in await db.Posts.Where(p => p.CampaignId == campaign && p.Status == PostStatus.Draft).ToListAsync(ct))
            draft.Cancel();
        await db.SaveChangesAsync(ct);
    }
}
