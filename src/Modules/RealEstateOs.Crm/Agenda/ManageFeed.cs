using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Crm.Agenda;

/// <summary>Where the feed stands. Its address is shown once, when it is made.</summary>
public record FeedResponse
{
    /// <summary>The feed has an address that calendar programs can read.</summary>
    public required bool IsActive { get; init; }
    /// <summary>When its address was made; null without one.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>When a calendar program last fetched it, to the hour.</summary>
    public DateTimeOffset? LastReadAt { get; init; }
}

/// <summary>A new feed with its secret address.</summary>
public sealed record NewFeedResponse : FeedResponse
{
    /// <summary>Keep it like a password: who has it reads the agenda.</summary>
    public required string Url { get; init; }
    /// <summary>The same for a click: calendar programs offer to subscribe.</summary>
    public required string WebcalUrl { get; init; }
}

internal static class ManageFeed
{
    /// <summary>Makes the secret address of one's own agenda; an older one ends at once.</summary>
    public static async Task<Created<NewFeedResponse>> Create(CrmDb db, CurrentUser user, PublicAddress address, CancellationToken ct)
    {
        var token = Secrets.NewToken();
        var feed = await db.CalendarFeeds.FirstOrDefaultAsync(f => f.UserId == user.Id, ct);
        if (feed is null) db.Add(feed = new CalendarFeed { UserId = user.Id });
        (feed.TokenHash, feed.LastReadAt) = (Secrets.Hash(token), null);
        await db.SaveChangesAsync(ct);
        var url = address.Of($"/calendar/{token}.ics");
        return TypedResults.Created((string?)null, new NewFeedResponse { IsActive = true, CreatedAt = feed.UpdatedAt, Url = url,
            WebcalUrl = $"webcal{url[url.IndexOf(':', StringComparison.Ordinal)..]}" });
    }

    /// <summary>Whether there is one, and when it was last read.</summary>
    public static async Task<Ok<FeedResponse>> Get(CrmDb db, CurrentUser user, CancellationToken ct) =>
        TypedResults.Ok(await db.CalendarFeeds.AsNoTracking().Where(f => f.UserId == user.Id)
            .Select(f => new FeedResponse { IsActive = true, CreatedAt = f.UpdatedAt, LastReadAt = f.LastReadAt })
            .FirstOrDefaultAsync(ct) ?? new FeedResponse { IsActive = false });

    /// <summary>Ends the address: whoever reads it gets a 404 from now on.</summary>
    public static async Task<NoContent> Revoke(CrmDb db, CurrentUser user, CancellationToken ct)
    {
        if (await db.CalendarFeeds.FirstOrDefaultAsync(f => f.UserId == user.Id, ct) is { } feed) db.Remove(feed);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
