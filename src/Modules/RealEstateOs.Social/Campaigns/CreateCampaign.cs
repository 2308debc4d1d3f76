using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Tenancy;
using RealEstateOs.Social.Planning;
using RealEstateOs.Social.Posts;
using RealEstateOs.Social.Writing;

namespace RealEstateOs.Social.Campaigns;

internal static class CreateCampaign
{
    /// <summary>
    /// Plans posts over days and networks and writes them; each goes out at its time, if the rules allow it then. Each may be changed, and
    /// all be shifted or paused.
    /// </summary>
    public static async Task<Created<SocialCampaignResponse>> Handle(CreateSocialCampaignRequest request, Briefs briefs,
        CampaignPlanner planner, CancellationToken ct)
    {
        var brief = await briefs.OfAsync(request.PropertyId, request.Language, ct);
        var made = await planner.PlanAsync(request, brief, ct);
        return TypedResults.Created($"{ApiGroup.Root}/social/campaigns/{made.CampaignId}", made);
    }
}

/// <summary>Turns a wish into a campaign with its posts, in a constant number of statements.</summary>
internal sealed class CampaignPlanner(SocialDb db, NewPosts posts, PostingTimes times, Budgets budgets, TimeProvider clock)
{
    private static readonly PostType[] Usual = [PostType.HeroImage, PostType.DetailShots, PostType.Lifestyle, PostType.Neighborhood];

    public async Task<SocialCampaignResponse> PlanAsync(CreateSocialCampaignRequest request, PostBrief brief, CancellationToken ct)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(request.TimeZone ?? brief.Office.TimeZone);
        var platforms = request.Platforms!.Distinct().ToArray();
        var types = request.ContentCalendar?.PostTypes ?? Usual;
        var (frequency, now) = (request.ContentCalendar?.Frequency ?? PostFrequency.Daily, clock.Now());
        var campaign = new SocialCampaign
        {
            Name = request.CampaignName!.Trim(), PropertyId = request.PropertyId, Platforms = [.. platforms.Select(Vocabulary.Word)],
            PostTypes = [.. types.Select(Vocabulary.Word)],
            Frequency = frequency, DurationDays = request.CampaignDurationDays ?? 14,
            StartsOn = request.StartDate ?? LocalDay.Of(now, zone),
            TimeZone = zone.Id, Style = request.ContentStyle ?? StyleFor(request.TargetAudience), Language = brief.Language,
            TargetAudience = request.TargetAudience, Budget = request.Budget,
            Currency = brief.Office.Currency, Seed = (long)SeedOf.Text(request.CampaignName, brief.Seed),
        };
        await budgets.AllocateAsync(campaign, ct);
        db.Add(campaign);
        await db.SaveChangesAsync(ct);
        var habits = await times.OfAsync(zone, ct);
        brief = brief with { Style = campaign.Style, Audience = request.TargetAudience, CallToAction = request.CallToAction,
            Seed = (ulong)campaign.Seed };
        var places = PostCalendar.Spread(campaign.StartsOn.Value, campaign.DurationDays.Value, frequency, platforms, types, habits, zone,
            (ulong)campaign.Seed, now.AddMinutes(15));
        var made = places.Select(place =>
        {
            var post = posts.Make(brief, place.Platform, place.Type, place.Turn, place.Turn);
            (post.CampaignId, post.TimeZone) = (campaign.Id, zone.Id);
            post.ScheduleAt(place.At);
            return post;
        }).ToList();
        await db.InsertManyAsync<Post, PostId>(made, ct);
        return SocialCampaignResponse.Of(campaign, made) with
        {
            EstimatedReach = platforms.All(p => habits[p].ExpectedReach is not null)
                ? made.Sum(p => habits[p.Platform].ExpectedReach!.Value) : null,
            Note = platforms.All(p => habits[p].ExpectedReach is not null) ? null
                : "estimated_reach is null: fewer than five own posts of a network were measured.",
        };
    }

    private static ContentStyle StyleFor(string? audience) => audience switch
    {
        { } text when text.Contains("luxury", StringComparison.OrdinalIgnoreCase) => ContentStyle.Luxury,
        { } text when text.Contains("invest", StringComparison.OrdinalIgnoreCase) => ContentStyle.Investment,
        _ => ContentStyle.Professional,
    };
}
