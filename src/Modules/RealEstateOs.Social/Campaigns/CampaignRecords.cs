using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Social.Planning;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Campaigns;

internal static class CampaignRecords
{
    private static readonly ListSpec<SocialCampaign> Spec = new ListSpec<SocialCampaign>()
        .Is("status", c => c.Status).Is("property_id", c => c.PropertyId).Is("created_by", c => c.CreatedBy).Range("created_at",
            c => c.CreatedAt)
        .Sort("created_at", c => c.CreatedAt).Sort("name", c => c.Name).By("-created_at");

    private static readonly PostStatus[] StillToCome = [PostStatus.Scheduled, PostStatus.Held, PostStatus.Failed];

    /// <summary>Campaigns, without their calendars.</summary>
    public static Task<ListResult<SocialCampaignResponse>> List(ListRequest list, SocialDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync(db.Campaigns.AsNoTracking().VisibleTo(user, SocialPermissions.Read), Spec, c => c.Id,
            c => SocialCampaignResponse.Of(c, Array.Empty<Post>()), ct);

    /// <summary>One campaign with its calendar.</summary>
    public static async Task<Results<Ok<SocialCampaignResponse>, NotFound>> Get(SocialCampaignId id, SocialDb db, CurrentUser user,
        CancellationToken ct) =>
            await db.Campaigns.AsNoTracking().VisibleTo(user, SocialPermissions.Read).FirstOrDefaultAsync(c => c.Id == id,
                ct) is { } campaign
                ? TypedResults.Ok(await AnswerAsync(campaign, db, ct)) : TypedResults.NotFound();

    /// <summary>Changes name, budget or audience; single posts are changed by themselves.</summary>
    public static async Task<Results<Ok<SocialCampaignResponse>, NotFound>> Update(
        SocialCampaignId id, UpdateSocialCampaignRequest request, SocialDb db, CurrentUser user, Budgets budgets, CancellationToken ct)
    {
        if (await LockedAsync(id, db, user, ct) is not { } campaign) return TypedResults.NotFound();
        campaign.Name = request.CampaignName?.Trim() ?? campaign.Name;
        campaign.TargetAudience = request.Given(request.TargetAudience, campaign.TargetAudience);
        if (request.Has(nameof(request.Budget)))
        {
            campaign.Budget = request.Budget;
            await budgets.AllocateAsync(campaign, ct);
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await AnswerAsync(campaign, db, ct));
    }

    /// <summary>
    /// Moves what has not left to later or earlier; the time of day stays, also over a change of the clocks. What would lie in the past is
    /// a 422.
    /// </summary>
    public static async Task<Results<Ok<SocialCampaignResponse>, NotFound>> Shift(
        SocialCampaignId id, ShiftCampaignRequest request, SocialDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        if (await LockedAsync(id, db, user, ct) is not { } campaign) return TypedResults.NotFound();
        campaign.RequireOpen();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(campaign.TimeZone);
        var posts = await LockedPostsAsync(id, db, ct);
        var moving = posts.Where(
            p => StillToCome.Contains(p.Status) && p.ScheduledAt is { } at && at >= (request.From ?? DateTimeOffset.MinValue)).ToList();
        foreach (var post in moving)
        {
            var local = TimeZoneInfo.ConvertTime(post.ScheduledAt!.Value, zone);
            var moved = local.DateTime.AddDays(request.Days ?? 0).AddMinutes(request.Minutes ?? 0);
            var at = PostingTimes.At(DateOnly.FromDateTime(moved), TimeOnly.FromDateTime(moved), zone);
            if (at <= clock.GetUtcNow())
                throw Problem.Invalid(FieldError.Range("days", $"moves a post to {at:yyyy-MM-dd HH:mm} UTC, which is over"));
            var wasHeld = post.Status == PostStatus.Held;
            if (campaign.Status == SocialCampaignStatus.Paused && wasHeld) post.ScheduledAt = at;
            else post.ScheduleAt(at);
        }
        if (request.From is null && campaign.StartsOn is { } first) campaign.StartsOn = first.AddDays(request.Days ?? 0);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(SocialCampaignResponse.Of(campaign, posts));
    }

    /// <summary>Keeps what has not left from going out until the campaign is resumed.</summary>
    public static Task<Results<Ok<SocialCampaignResponse>, NotFound>> Pause(SocialCampaignId id, SocialDb db, CurrentUser user,
        CancellationToken ct) => ChangeAsync(id, db, user, c => c.Pause(), posts =>
        {
            foreach (var post in posts.Where(p => p.Status == PostStatus.Scheduled))
                post.Hold(Paused, "The campaign is paused.", "Resume the campaign, or publish the post by itself.");
        }, ct);

    /// <summary>Goes on. What should have gone out meanwhile stays held: shift it, or publish it by itself.</summary>
    public static Task<Results<Ok<SocialCampaignResponse>, NotFound>> Resume(SocialCampaignId id, SocialDb db, CurrentUser user,
        TimeProvider clock, CancellationToken ct) => ChangeAsync(id, db, user, c => c.Resume(), posts =>
        {
            foreach (var post in posts.Where(p => p.Status == PostStatus.Held && p.ErrorCode == Paused))
                if (post.ScheduledAt > clock.GetUtcNow()) post.ScheduleAt(post.ScheduledAt.Value);
                else post.Hold("missed", "Its time passed while the campaign was paused.",
                    "Shift the campaign, give the post another time, or publish it now.");
        }, ct);

    /// <summary>Ends the campaign; what has not left is cancelled.</summary>
    public static Task<Results<Ok<SocialCampaignResponse>, NotFound>> Cancel(SocialCampaignId id, SocialDb db, CurrentUser user,
        CancellationToken ct) => ChangeAsync(id, db, user, c => c.Cancel(), posts =>
        {
            foreach (var post in posts.Where(p => p.Status is PostStatus.Draft or PostStatus.Scheduled or PostStatus.Held)) post.Cancel();
        }, ct);

    internal const string Paused = "campaign_paused";

    private static async Task<Results<Ok<SocialCampaignResponse>, NotFound>> ChangeAsync(SocialCampaignId id, SocialDb db,
        CurrentUser user, Action<SocialCampaign> change, Action<List<Post>> follow, CancellationToken ct)
    {
        if (await LockedAsync(id, db, user, ct) is not { } campaign) return TypedResults.NotFound();
        change(campaign);
        var posts = await LockedPostsAsync(id, db, ct);
        follow(posts);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(SocialCampaignResponse.Of(campaign, posts));
    }

    private static async Task<SocialCampaign?> LockedAsync(SocialCampaignId id, SocialDb db, CurrentUser user, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from social.campaigns where id = {id.Value} for update", ct);
        return await db.Campaigns.VisibleTo(user, SocialPermissions.Update).FirstOrDefaultAsync(c => c.Id == id, ct);
    }

    private static async Task<List<Post>> LockedPostsAsync(SocialCampaignId id, SocialDb db, CancellationToken ct) =>
        await db.Posts.FromSql($"select *, xmin from social.posts where campaign_id = {id.Value} order by id for update").OrderBy(p => p.Id)
            .ToListAsync(ct);

    private static async Task<SocialCampaignResponse> AnswerAsync(SocialCampaign campaign, SocialDb db, CancellationToken ct) =>
        SocialCampaignResponse.Of(campaign, await db.Posts.AsNoTracking().Where(p => p.CampaignId == campaign.Id).ToListAsync(ct));
}
