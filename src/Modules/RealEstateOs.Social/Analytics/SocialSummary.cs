using System.Globalization;
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

namespace RealEstateOs.Social.Analytics;

/// <summary>What posts brought.</summary>
/// <param name="TotalPosts">Planned and published ones.</param>
/// <param name="TotalReach">The sum over the posts that were measured; null where none was.</param>
/// <param name="TotalEngagement">Likes, comments, shares and saves.</param>
/// <param name="EngagementRate">Engagement for each person reached, of posts where both were measured.</param>
/// <param name="LeadsGenerated">People who became leads by a tracked link, or of whom somebody said so; null where nothing was published
/// with a link and nobody said anything.</param>
/// <param name="CostPerLead">The campaigns' budgets for each lead; null without budget or lead.</param>
/// <param name="PublishedPosts">Posts that went out.</param>
/// <param name="MeasuredPosts">Of these, those that a network has told figures of.</param>
/// <param name="LinkClicks">On the posts' own links, counted here.</param>
public sealed record SocialPerformance(
    int TotalPosts, int PublishedPosts, int MeasuredPosts, long? TotalReach, long? TotalEngagement, decimal? EngagementRate,
    long LinkClicks, int? LeadsGenerated, decimal? CostPerLead);

/// <param name="Reach">Null where none of its posts was measured.</param>
/// <param name="Engagement">Likes, comments, shares and saves.</param>
/// <param name="Posts">Planned and published ones.</param>
/// <param name="Published">Of these, those that went out.</param>
/// <param name="Leads">People who came by its posts; null where it can't be told.</param>
public sealed record PlatformPerformance(int Posts, int Published, long? Reach, long? Engagement, int? Leads);

/// <param name="EngagementRate">Engagement for each person reached, 0 to 1.</param>
/// <param name="PostId">Id of the post.</param>
/// <param name="Reach">People who saw it, as the network tells; null where it does not.</param>
/// <param name="Engagement">Likes, comments, shares and saves.</param>
/// <param name="Permalink">Where it is on the network.</param>
public sealed record TopPost(string PostId, SocialPlatform Platform, long? Reach, long? Engagement, decimal? EngagementRate,
    string? Permalink);

/// <summary>Posts of a period, counted.</summary>
/// <param name="PlatformBreakdown">The same by network.</param>
/// <param name="TopPerformingPosts">The five with the most engagement, the best first.</param>
/// <param name="From">Beginning of the period.</param>
/// <param name="To">The end of the period: when it was asked.</param>
/// <param name="Note">Says that no network has told figures yet; null where one has.</param>
public sealed record SocialSummaryResponse(
    SocialPerformance CampaignPerformance, IReadOnlyDictionary<string, PlatformPerformance> PlatformBreakdown,
    IReadOnlyList<TopPost> TopPerformingPosts, DateTimeOffset From, DateTimeOffset To, string? Note);

internal static class SocialSummary
{
    /// <summary>What posts of a period brought; what nothing measured is null.</summary>
    /// <param name="period"><c>7d</c>, <c>30d</c> (default), <c>90d</c>, <c>12m</c> …; of a campaign all its posts count.</param>
    /// <param name="campaignId">One campaign.</param>
    public static async Task<Ok<SocialSummaryResponse>> Handle(
        SocialDb db, CurrentUser user, TimeProvider clock, CancellationToken ct, [FromQuery] string? period = null,
        [FromQuery(Name = "campaign_id")] SocialCampaignId? campaignId = null)
    {
        var (now, visible) = (clock.Now(), db.Posts.AsNoTracking().VisibleTo(user, SocialPermissions.Read));
        var from = now - Span(period);
        var posts = campaignId is { } id ? visible.Where(p => p.CampaignId == id)
            : visible.Where(p => p.PublishedAt >= from || p.PublishedAt == null && p.CreatedAt >= from);
        var rows = await posts.Where(p => p.Status != PostStatus.Cancelled).Select(p => new PostFigures
        {
            Id = p.Id, Platform = p.Platform, IsPublished = p.PublishedAt != null, CampaignId = p.CampaignId, Permalink = p.Permalink,
            HasLink = p.LinkTarget != null,
            Last = db.Insights.Where(i => i.PostId == p.Id).OrderByDescending(i => i.MeasuredAt).FirstOrDefault(),
            Clicks = db.LinkDays.Where(d => d.PostId == p.Id).Sum(d => d.Clicks), Leads = db.PostLeads.Count(l => l.PostId == p.Id),
        }).ToListAsync(ct);
        var campaigns = rows.Select(r => r.CampaignId).OfType<SocialCampaignId>().Distinct().ToArray();
        var budget = await db.Campaigns.AsNoTracking().Where(c => campaigns.Contains(c.Id)).SumAsync(c => c.Budget, ct);
        return TypedResults.Ok(new SocialSummaryResponse(
            Of(rows, budget), rows.GroupBy(r => r.Platform).OrderBy(g => g.Key).ToDictionary(g => Vocabulary.Word(g.Key), g =>
                new PlatformPerformance(g.Count(), g.Count(r => r.IsPublished), Sum(g, r => r.Last?.Reach), Sum(g, r => r.Engagement),
                    Leads([.. g]))),
            [.. rows.Where(r => r.Engagement is not null).OrderByDescending(r => r.Engagement).Take(5)
                .Select(r => new TopPost(r.Id.Reference(), r.Platform, r.Last?.Reach, r.Engagement, r.Rate, r.Permalink))],
            from, now, rows.Any(r => r.Last is not null) ? null : "No figures of the networks yet: reach and engagement are null."));
    }

    private static SocialPerformance Of(IReadOnlyList<PostFigures> rows, decimal? budget)
    {
        var both = rows.Where(r => r.Rate is not null).ToArray();
        var leads = Leads(rows);
        return new SocialPerformance(
            rows.Count, rows.Count(r => r.IsPublished), rows.Count(r => r.Last is not null), Sum(rows, r => r.Last?.Reach),
            Sum(rows, r => r.Engagement),
            both.Length == 0 ? null : Math.Round((decimal)both.Sum(r => r.Engagement!.Value) / both.Sum(r => r.Last!.Reach!.Value), 4),
            rows.Sum(r => r.Clicks), leads,
            leads > 0 && budget > 0 ? Math.Round(budget.Value / leads.Value, 2) : null);
    }

    private static int? Leads(IReadOnlyList<PostFigures> rows) =>
        rows.Any(r => r.Leads > 0 || r is { IsPublished: true, HasLink: true }) ? rows.Sum(r => r.Leads) : null;

    private static long? Sum(IEnumerable<PostFigures> rows, Func<PostFigures, long?> of)
    {
        var known = rows.Select(of).OfType<long>().ToArray();
        return known.Length == 0 ? null : known.Sum();
    }

    private static TimeSpan Span(string? text)
    {
        var period = string.IsNullOrWhiteSpace(text) ? "30d" : text.Trim().ToLowerInvariant();
        var digits = new string([.. period.TakeWhile(char.IsAsciiDigit)]);
        if (digits.Length is > 0 and < 5 && int.Parse(digits, CultureInfo.InvariantCulture) is > 0 and var number)
        {
            switch (period[digits.Length..].Trim('_', ' '))
            {
                case "d" or "day" or "days" when number <= 3660: return TimeSpan.FromDays(number);
                case "m" or "month" or "months" when number <= 120: return TimeSpan.FromDays(number * 30.4375);
                case "y" or "year" or "years" when number <= 10: return TimeSpan.FromDays(number * 365.25);
            }
        }
        throw Problem.Invalid(FieldError.Format("period", "is a span such as 7d, 30d, 90d or 12m") with { In = "query" });
    }

    private sealed record PostFigures
    {
        public PostId Id { get; init; }
        public SocialPlatform Platform { get; init; }
        public bool IsPublished { get; init; }
        public bool HasLink { get; init; }
        public SocialCampaignId? CampaignId { get; init; }
        public string? Permalink { get; init; }
        public Insight? Last { get; init; }
        public long Clicks { get; init; }
        public int Leads { get; init; }

        public long? Engagement => Last is null || (Last.Likes ?? Last.Comments ?? Last.Shares ?? Last.Saves) is null ? null
            : (Last.Likes ?? 0) + (Last.Comments ?? 0) + (Last.Shares ?? 0) + (Last.Saves ?? 0);

        public decimal? Rate => Last?.Reach is > 0 and var reach && Engagement is { } engagement
            ? Math.Round((decimal)engagement / reach, 4) : null;
    }
}
