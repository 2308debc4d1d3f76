using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Schedule;

/// <param name="PostId">Id of the post.</param>
/// <param name="ScheduledTime">When it goes out.</param>
/// <param name="Content">Text of the post.</param>
/// <param name="PropertyId">Id of the property, such as prop_12; null where it is about none.</param>
/// <param name="CampaignId">Id of the campaign; null where it is of none.</param>
public sealed record UpcomingPost(
    string PostId, DateTimeOffset ScheduledTime, SocialPlatform Platform, string Content, string? PropertyId, PostStatus Status,
    string? CampaignId, PostType PostType, PostTrouble? Trouble);

/// <summary>What goes out next.</summary>
/// <param name="UpcomingPosts">The first 500.</param>
/// <param name="TotalScheduled">All of the span.</param>
/// <param name="PlatformsSummary">How many by network.</param>
public sealed record UpcomingPostsResponse(IReadOnlyList<UpcomingPost> UpcomingPosts, int TotalScheduled,
    IReadOnlyDictionary<string, int> PlatformsSummary);

internal static class GetUpcomingPosts
{
    private const int Most = 500;
    private static readonly PostStatus[] Waiting = [PostStatus.Scheduled, PostStatus.Held, PostStatus.Publishing];

    /// <summary>What goes out in the coming days, the next one first; also what is held and should have gone out.</summary>
    /// <param name="days">1–365; default 7.</param>
    /// <param name="platform">One network, or <c>all</c> (default).</param>
    public static async Task<Ok<UpcomingPostsResponse>> Handle(
        SocialDb db, CurrentUser user, TimeProvider clock, CancellationToken ct, [FromQuery] int? days = null,
        [FromQuery] string? platform = null)
    {
        if (days is < 1 or > 365) throw Problem.Invalid(FieldError.Range("days", "must be between 1 and 365") with { In = "query" });
        var until = clock.Now().AddDays(days ?? 7);
        var planned = db.Posts.AsNoTracking().VisibleTo(user,
            SocialPermissions.Read).Where(p => Waiting.Contains(p.Status) && p.ScheduledAt != null && p.ScheduledAt <= until);
        if (platform is { Length: > 0 } and not "all")
        {
            if (!Vocabulary.TryRead<SocialPlatform>(platform, out var one))
                throw Problem.Invalid(FieldError.Format("platform",
                    $"must be all, or one of {string.Join(", ", Vocabulary.WordsOf(typeof(SocialPlatform)))}") with { In = "query" });
            planned = planned.Where(p => p.Platform == one);
        }
        var counts = await planned.GroupBy(p => p.Platform).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var posts = await planned.OrderBy(p => p.ScheduledAt).ThenBy(p => p.Id).Take(Most).ToListAsync(ct);
        return TypedResults.Ok(new UpcomingPostsResponse(
            [.. posts.Select(p => new UpcomingPost(
                p.Id.Reference(), p.ScheduledAt!.Value, p.Platform, p.Content, p.PropertyId?.Reference(), p.Status,
                p.CampaignId?.Reference(), p.PostType, PostTrouble.Of(p)))],
            counts.Sum(c => c.Count), counts.ToDictionary(c => Vocabulary.Word(c.Key), c => c.Count)));
    }
}
