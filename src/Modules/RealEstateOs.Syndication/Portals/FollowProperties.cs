using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Syndication.Portals;

/// <summary>A property that is wanted on a portal changed: the portal gets what it is now, or loses it.</summary>
internal sealed class FollowProperties(PortalWork work) : IEventHandler<PropertyUpdated>, IEventHandler<PropertyDeleted>
{
    // Stored with what is there: the name is of the time when portals were a part of marketing.
    public const string Subscription = "marketing.portals";

    public Task HandleAsync(PropertyUpdated happened, EventContext context, CancellationToken ct) =>
        work.FollowAsync(happened.PropertyId, ct);

    public Task HandleAsync(PropertyDeleted happened, EventContext context, CancellationToken ct) =>
        work.FollowAsync(happened.PropertyId, ct);
}

internal sealed record ListingsToCheck;

/// <summary>Looks at what is live once a day, as the office: permits end by themselves.</summary>
internal sealed class CheckListings(SyndicationDb db, PortalWork work) : IJobHandler<ListingsToCheck>
{
    public const string Kind = "marketing.portal_check";

    public async Task<object?> RunAsync(ListingsToCheck input, JobContext context, CancellationToken ct)
    {
        var live = await db.PortalListings.Where(l => l.Wanted == PortalWish.Live && l.Status == PortalListingStatus.Live).ToListAsync(ct);
        foreach (var listing in live) await work.WantAsync(listing, PortalWish.Live, ct);
        return new { listings = live.Count };
    }
}

/// <summary>Has each office that is on a portal look at its listings.</summary>
internal sealed class SweepPortals(JobQueue jobs) : IRecurringJob
{
    public const string Kind = "marketing.portal_sweep";

    private const string Sql = "select distinct organization_id from syndication.portal_listings where wanted = 'live' and status = 'live'";

    public Task<object?> RunAsync(JobContext context, CancellationToken ct) =>
        jobs.EnqueueForEachAsync(Sql, CheckListings.Kind, new ListingsToCheck(), "check", ct);
}
