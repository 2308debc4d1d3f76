using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Social.Planning;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Campaigns;

/// <summary>Turns a launched marketing package into posts.</summary>
internal sealed class SocialLaunch(SocialDb db, Briefs briefs, NewPosts posts, PostingTimes times, TimeProvider clock) : ISocialLaunch
{
    public async Task<SocialHandover> TakeAsync(MarketingCampaignId package, PropertyId? property, MarketingCampaignType occasion,
        string language, CancellationToken ct)
    {
        if (property is null) return new SocialHandover(0, null);
        if (await db.Campaigns.AsNoTracking().FirstOrDefaultAsync(c => c.PackageId == package, ct) is { } before)
            return new SocialHandover(await db.Posts.CountAsync(p => p.CampaignId == before.Id, ct), before.Id);
        var platforms = await db.Accounts.AsNoTracking().Where(a => a.IsDefault).Select(a => a.Platform).Distinct().ToArrayAsync(ct);
        if (platforms.Length == 0) return new SocialHandover(0, null);
        var made = await PlanAsync(package, property.Value, TypeOf(occasion), platforms, language, scheduled: true, ct);
        return new SocialHandover(made.Count, made[0].CampaignId);
    }

    /// <summary>A post for each network about the same; planned for its next good time, or as drafts.</summary>
    public async Task<IReadOnlyList<Post>> PlanAsync(
        MarketingCampaignId? package, PropertyId property, PostType type, IReadOnlyList<SocialPlatform> platforms, string language,
        bool scheduled, CancellationToken ct,
        MarketingCampaignId? graphicsOf = null)
    {
        var brief = await briefs.AsOfficeAsync(property, language, (package ?? graphicsOf) is { } from ? [from] : [], ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(brief.Office.TimeZone);
        var campaign = brief.NewCampaign(property, type, platforms);
        campaign.PackageId = package;
        db.Add(campaign);
        await db.SaveChangesAsync(ct);
        var habits = await times.OfAsync(zone, ct);
        var made = platforms.Select(platform =>
        {
            var post = posts.Make(brief, platform, type, turn: 0);
            post.CampaignId = campaign.Id;
            if (scheduled) post.ScheduleAt(PostingTimes.Next(habits[platform], clock.Now(), zone));
            return post;
        }).ToList();
        db.AddRange(made);
        await db.SaveChangesAsync(ct);
        return made;
    }

    private static PostType TypeOf(MarketingCampaignType occasion) => occasion switch
    {
        MarketingCampaignType.OpenHouse => PostType.OpenHouse, MarketingCampaignType.JustSold => PostType.JustSold,
        MarketingCampaignType.PriceReduction => PostType.PriceReduction,
        MarketingCampaignType.MarketUpdate => PostType.MarketUpdate, _ => PostType.NewListing,
    };
}
