using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Syndication.Portals;

namespace RealEstateOs.Syndication;

/// <summary>Writes down what is wanted of a listing, with the job that brings it there.</summary>
internal sealed class PortalWork(SyndicationDb db, JobQueue jobs) : IAdvertFollower
{
    public async Task<QueuedJob> WantAsync(PortalListing listing, PortalWish wish, CancellationToken ct)
    {
        listing.Want(wish);
        await db.SaveChangesAsync(ct);
        return await jobs.EnqueueAsync(PublishListing.Kind, new ListingToBring(listing.Id, listing.Round), ct,
            resource: listing.Id.Reference());
    }

    /// <summary>The property, or what is advertised of it, changed: portals that want it get what it is now, or lose it.</summary>
    public async Task FollowAsync(PropertyId property, CancellationToken ct)
    {
        foreach (var listing in await db.PortalListings.Where(l => l.PropertyId == property && l.Wanted == PortalWish.Live).ToListAsync(ct))
            await WantAsync(listing, PortalWish.Live, ct);
    }
}
