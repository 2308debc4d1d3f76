using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Social.Hashtags;
using RealEstateOs.Social.Planning;
using RealEstateOs.Social.Writing;

namespace RealEstateOs.Social.Posts;

internal static class CreatePosts
{
    /// <summary>
    /// Writes a post for each network, from the property's facts alone. With <c>scheduled_at</c> they go out then; else they are drafts.
    /// The posts of one request form a campaign, if none is named.
    /// </summary>
    public static async Task<Created<CreatePostsResponse>> Handle(
        CreatePostsRequest request, SocialDb db, CurrentUser user, Briefs briefs, NewPosts posts, PostPictures pictures, PostingTimes times,
        PostRules rules, TimeProvider clock, CancellationToken ct)
    {
        var faults = new List<FieldError>();
        var hashtags = HashtagWish.Read(request.Hashtags, faults);
        if (faults.Count > 0) throw Problem.Invalid(faults);
        var brief = (await briefs.OfAsync(request.PropertyId, request.Language, ct)) with
        {
            Style = request.ContentStyle ?? ContentStyle.Professional, TellsDetails = request.IncludePropertyDetails ?? true,
            CallToAction = request.CallToAction, Message = request.CustomMessage,
            Event = request.EventStartsAt is { } starts ? (starts, request.EventEndsAt) : null, Hashtags = hashtags!,
            MaxHashtags = request.MaxHashtags, Audience = request.TargetAudience,
            WithLink = request.IncludeLink, LinkTarget = request.LinkTarget,
        };
        var campaign = await CampaignAsync(request, brief, db, user, ct);
        var turns = await TurnsAsync(request, db, ct);
        var type = request.Type;
        var made = request.Wanted.Select(p => posts.Make(brief, p, type, request.Variant ?? turns.GetValueOrDefault(p))).ToList();
        foreach (var post in made)
            faults.AddRange(NetworkLimits.FaultsOf(post.Platform, post.Content)
                .Select(f => FieldError.Range(request.CustomMessage is null ? "hashtags" : "custom_message", $"makes a post that {f}")));
        if (faults.Count > 0) throw Problem.Invalid(faults);
        foreach (var post in made)
        {
            post.CampaignId = campaign.Id;
            if (request.ScheduledAt is { } at) post.ScheduleAt(at);
        }
        db.AddRange(made);
        await db.SaveChangesAsync(ct);
        var checks = await rules.CheckAsync(made, ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(brief.Office.TimeZone);
        var habits = await times.OfAsync(zone, ct);
        var suggestions = pictures.Suggest(brief.Pictures, brief.Facts);
        return TypedResults.Created($"{ApiGroup.Root}/social/campaigns/{campaign.Id.Reference()}", new CreatePostsResponse(
            [.. made.Select((post, i) => Written(post, suggestions, habits[post.Platform],
                PostingTimes.Next(habits[post.Platform], clock.Now(), zone), checks[i]))],
            campaign.Id.Reference(), "available"));
    }

    private static async Task<SocialCampaign> CampaignAsync(CreatePostsRequest request, PostBrief brief, SocialDb db, CurrentUser user,
        CancellationToken ct)
    {
        if (request.CampaignId is { } id)
        {
            if (await db.Campaigns.VisibleTo(user, SocialPermissions.Update).FirstOrDefaultAsync(c => c.Id == id, ct) is not { } known)
                throw Problem.Invalid(FieldError.Format("campaign_id", "is no campaign of yours"));
            known.RequireOpen();
            return known;
        }
        var campaign = brief.NewCampaign(request.PropertyId, request.Type, request.Wanted);
        db.Add(campaign);
        await db.SaveChangesAsync(ct);
        return campaign;
    }

    /// <summary>How many posts about the same the property has had on each network: the next one is worded otherwise.</summary>
    private static Task<Dictionary<SocialPlatform, int>> TurnsAsync(CreatePostsRequest request, SocialDb db, CancellationToken ct) =>
        db.Posts.AsNoTracking().Where(p => p.PropertyId == request.PropertyId && p.PostType == request.Type)
            .GroupBy(p => p.Platform).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);

    private static WrittenPost Written(Post post, IReadOnlyList<string> pictures, NetworkHabits habits, DateTimeOffset best,
        AdvertCheck check) => new(
            post.Id.Reference(), post.Platform, post.Content, post.Hashtags, NetworkLimits.LengthOf(post.Platform, post.Content),
            NetworkLimits.Of(post.Platform).Text, post.Status, post.ScheduledAt,
            pictures, best, habits.Source, habits.ExpectedReach,
            habits.ExpectedReach is null ? "expected_reach is null: fewer than five own posts of this network were measured." : null,
            check.Findings);
}

/// <summary>Collects what posts about a property, or about the office, may say.</summary>
internal sealed class Briefs(IPropertyReader properties, IAdvertFacts facts, IMarketingPackages packages,
    IOrganizationDirectory organizations, PostPictures pictures)
{
    /// <summary>Refuses with a 422 a property that the user does not see.</summary>
    public async Task<PostBrief> OfAsync(PropertyId? property, string? language, CancellationToken ct)
    {
        if (property is { } seen) await properties.RequireAsync([seen], ct);
        return await AsOfficeAsync(property, language, [], ct);
    }

    /// <summary>The same as the office; <paramref name="from"/> are marketing packages whose graphics may be shown.</summary>
    public async Task<PostBrief> AsOfficeAsync(PropertyId? property, string? language, IReadOnlyCollection<MarketingCampaignId> from,
        CancellationToken ct)
    {
        var office = await organizations.DefaultsAsync(ct);
        var found = property is { } id ? (await facts.OfAsync([id], ct)).GetValueOrDefault(id) : null;
        var graphics = from.Count == 0 ? [] : (await packages.GraphicsAsync(from, ct)).SelectMany(g => g).ToList();
        return new PostBrief
        {
            Facts = found, Office = office, Language = language ?? "en", Pictures = pictures.Of(found, graphics),
            Seed = SeedOf.Text(property?.Reference() ?? "office", (ulong)office.Name.Length),
        };
    }
}
