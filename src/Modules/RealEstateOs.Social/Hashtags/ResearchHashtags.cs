using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Social.Hashtags;

/// <example>{"property_type": "luxury_apartment", "location": "Dubai Marina", "target_audience": "investors", "platform": "instagram",
/// "hashtag_count": 20}</example>
public sealed record HashtagResearchRequest : IRequestBody<HashtagResearchRequest>
{
    /// <summary>A property type, such as <c>apartment</c> or <c>villa</c>.</summary>
    [MaxLength(50)] public string? PropertyType { get; init; }
    /// <summary>Area and city, such as Dubai Marina.</summary>
    [MaxLength(200)] public string? Location { get; init; }
    /// <summary><c>investors</c>, <c>first_time_buyers</c>, <c>luxury_buyers</c>, <c>tenants</c> …</summary>
    [MaxLength(100)] public string? TargetAudience { get; init; }
    /// <summary>Default <c>instagram</c>.</summary>
    public SocialPlatform? Platform { get; init; }
    /// <summary>At most so many, and never more than the network takes.</summary>
    [Alias("max_hashtags")] public int? HashtagCount { get; init; }
    public PostType? PostType { get; init; }
    public ContentStyle? ContentStyle { get; init; }
    /// <summary><c>en</c> (default) or <c>ar</c>.</summary>
    public string? Language { get; init; }
}

internal sealed class HashtagResearchValidator : AbstractValidator<HashtagResearchRequest>
{
    public HashtagResearchValidator()
    {
        RuleFor(r => r.HashtagCount).InclusiveBetween(1, 100);
        RuleFor(r => r.Language).Must(l => l is null or "en" or "ar").WithMessage("must be en or ar");
    }
}

/// <summary>What own posts with a hashtag have measured.</summary>
/// <param name="Posts">Own published posts that carried it; null where there were none.</param>
/// <param name="EngagementRate">Likes, comments, shares and saves for each person reached; null where nothing was measured.</param>
/// <param name="Relevance">How well it fits the question, from 0 to 1, by the vocabulary.</param>
public sealed record HashtagFigures(int? Posts, decimal? EngagementRate, decimal? Relevance);

/// <summary>Hashtags for a post.</summary>
/// <param name="TrendingHashtags">In season this month by the vocabulary's calendar, after those whose own posts did best in 90
/// days.</param>
/// <param name="MarketSpecific">Is one of them about the place that was asked for?</param>
/// <param name="RecommendedHashtags">The best first, each with #.</param>
/// <param name="HashtagAnalytics">What own posts with them did, by hashtag.</param>
/// <param name="NetworkLimit">The most that the network takes in one post.</param>
/// <param name="Note">How many the network takes, and where the figures come from.</param>
public sealed record HashtagResearchResponse(
    IReadOnlyList<string> RecommendedHashtags, IReadOnlyDictionary<string, HashtagFigures> HashtagAnalytics,
    IReadOnlyList<string> TrendingHashtags, bool MarketSpecific,
    int NetworkLimit, string Note);

internal static class ResearchHashtags
{
    /// <summary>
    /// Hashtags for a place, a kind of property and an audience, the most fitting first; what own posts measured stands beside them.
    /// </summary>
    public static async Task<Ok<HashtagResearchResponse>> Handle(HashtagResearchRequest request, SocialDb db,
        IOrganizationDirectory organizations, TimeProvider clock, CancellationToken ct)
    {
        var (platform, office) = (request.Platform ?? SocialPlatform.Instagram, await organizations.DefaultsAsync(ct));
        var isDubai = office.Country?.ToUpperInvariant() is "AE" or "UAE" || office.Currency == "AED"
            || request.Location?.Contains("dubai", StringComparison.OrdinalIgnoreCase) == true;
        string?[] places = [.. (request.Location ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            isDubai ? "Dubai" : null];
        var topic = new HashtagTopic(isDubai, request.Language == "ar")
        {
            Places = [.. places.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)], PropertyType = request.PropertyType,
            Audience = request.TargetAudience, Occasion = request.PostType,
            Style = request.ContentStyle
                ?? (request.PropertyType?.StartsWith("luxury", StringComparison.Ordinal) == true ? ContentStyle.Luxury : null),
        };
        var limits = NetworkLimits.Of(platform);
        var found = HashtagVocabulary.Find(topic)
            .Take(Math.Min(request.HashtagCount ?? limits.WrittenHashtags, limits.MostHashtags)).ToArray();
        var measured = await MeasuredAsync(db, clock.Now().AddDays(-90), ct);
        var season = HashtagVocabulary.InSeason(isDubai,
            TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone)).Month);
        return TypedResults.Ok(new HashtagResearchResponse(
            [.. found.Select(t => t.Tag)],
            found.ToDictionary(t => t.Tag,
                t => measured.TryGetValue(t.Tag, out var own) ? own with { Relevance = t.Relevance }
                    : new HashtagFigures(null, null, t.Relevance)),
            [.. measured.Where(m => m.Value is { EngagementRate: not null, Posts: >= 3 }).OrderByDescending(m => m.Value.EngagementRate)
                .Take(3).Select(m => m.Key).Concat(season).Distinct(StringComparer.OrdinalIgnoreCase)],
            found.Any(t => t.Kind is "area" or "city" or "place"), limits.MostHashtags,
            $"{NetworkLimits.NameOf(platform)} takes {limits.MostHashtags} hashtags. "
                + "posts and engagement_rate count own posts of 90 days; null where none were measured. "
                + "trending_hashtags are own measurements and the season, not figures of the network."));
    }

    /// <summary>By hashtag, in one query.</summary>
    private static async Task<Dictionary<string, HashtagFigures>> MeasuredAsync(SocialDb db, DateTimeOffset since, CancellationToken ct)
    {
        var posts = await db.Posts.AsNoTracking().Where(p => p.PublishedAt >= since).Select(p => new
        {
            p.Hashtags,
            Last = db.Insights.Where(i => i.PostId == p.Id).OrderByDescending(i => i.MeasuredAt)
                .Select(i => new { i.Reach, i.Likes, i.Comments, i.Shares, i.Saves }).FirstOrDefault(),
        }).ToListAsync(ct);
        return posts.SelectMany(p => p.Hashtags.Distinct(StringComparer.OrdinalIgnoreCase).Select(tag => (Tag: tag, p.Last)))
            .GroupBy(p => p.Tag, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g =>
            {
                var known = g.Where(p => p.Last?.Reach > 0).ToArray();
                var reach = known.Sum(p => p.Last!.Reach!.Value);
                var reactions = known.Sum(p => (p.Last!.Likes ?? 0) + (p.Last.Comments ?? 0) + (p.Last.Shares ?? 0) + (p.Last.Saves ?? 0));
                return new HashtagFigures(g.Count(), reach == 0 ? null : Math.Round((decimal)reactions / reach, 4), null);
            }, StringComparer.OrdinalIgnoreCase);
    }
}
