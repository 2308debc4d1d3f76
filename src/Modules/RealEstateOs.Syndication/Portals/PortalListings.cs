using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Syndication.Feeds;

namespace RealEstateOs.Syndication.Portals;

/// <summary>A property on the portal.</summary>
/// <param name="Status"><c>queued</c>, <c>submitted</c> (the portal has it and has not confirmed it), <c>live</c>, <c>failed</c>,
/// <c>withdrawing</c>, <c>withdrawn</c> or <c>taken_down</c> (by the portal).</param>
/// <param name="Reference">Under which the portal knows it.</param>
/// <param name="PortalState">In the portal's own words.</param>
/// <param name="Problems">Why it is not there, and what to do.</param>
/// <param name="Action">What the portal wants done at it, such as <c>listing_price_issue</c>, until <paramref name="ActionDueAt"/>.</param>
/// <param name="Wanted">What the office asked for; <paramref name="Status"/> says how far it is.</param>
/// <param name="PortalId">The portal's own id of it.</param>
/// <param name="LiveAt">Since when it is there; null while it is not.</param>
/// <param name="Id">Id of the listing here.</param>
/// <param name="PropertyId">Id of the property, such as prop_12.</param>
/// <param name="ActionDueAt">Until when the portal wants <c>action</c> done; null where it wants nothing.</param>
public sealed record PortalListingResponse(string Id, string PropertyId, Portal Portal, PortalWish Wanted, PortalListingStatus Status,
    string Reference, string? PortalId, string? PortalState, IReadOnlyList<string> Problems, DateTimeOffset? LiveAt, string? Action,
    DateTimeOffset? ActionDueAt, UserId? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static PortalListingResponse Of(PortalListing l) => new(l.Id.Reference(), l.PropertyId.Reference(), l.Portal, l.Wanted,
        l.Status, FeedDesk.Reference(l.PropertyId), l.ExternalId, l.PortalState, l.Problems, l.LiveAt, l.Action, l.ActionDueAt, l.CreatedBy,
        l.CreatedAt, l.UpdatedAt);
}

internal static class PortalListings
{
    private static readonly ListSpec<PortalListing> Spec = new ListSpec<PortalListing>()
        .Is("status", l => l.Status).Is("property_id", l => l.PropertyId).Sort("updated_at", l => l.UpdatedAt).By("-updated_at");

    /// <summary>The office's properties on Property Finder, and how far each is.</summary>
    public static Task<ListResult<PortalListingResponse>> List(ListRequest list, SyndicationDb db, CancellationToken ct) =>
        list.PageAsync(db.PortalListings.AsNoTracking().Where(l => l.Portal == Portal.PropertyFinder), Spec, l => l.Id,
            l => PortalListingResponse.Of(l), ct);

    /// <summary>How far a property is on Property Finder.</summary>
    public static async Task<Results<Ok<PortalListingResponse>, NotFound>> Get(PropertyId propertyId, SyndicationDb db,
        IPropertyReader properties, CancellationToken ct) =>
            await SeesAsync(propertyId, properties, ct) && await FindAsync(db, propertyId, ct) is { } listing
                ? TypedResults.Ok(PortalListingResponse.Of(listing)) : TypedResults.NotFound();

    /// <summary>
    /// Has the property published on Property Finder: a draft, asked to be published, live when the portal confirms it. While it is wanted
    /// there, changes follow by themselves. A property that must not be advertised fails and says why.
    /// </summary>
    public static async Task<Results<Accepted<PortalListingResponse>, NotFound>> Publish(PropertyId propertyId, SyndicationDb db,
        IPropertyReader properties, PortalWork work, CancellationToken ct)
    {
        if (!await SeesAsync(propertyId, properties, ct)) return TypedResults.NotFound();
        if (!await db.PortalAccounts.AnyAsync(a => a.Portal == Portal.PropertyFinder, ct))
            throw Problem.Conflict("No account of Property Finder is connected.");
        await LockAsync(db, ct);
        var listing = await FindAsync(db, propertyId, ct);
        if (listing is null) db.Add(listing = new PortalListing { PropertyId = propertyId, Portal = Portal.PropertyFinder });
        await work.WantAsync(listing, PortalWish.Live, ct);
        return TypedResults.Accepted(AddressOf(propertyId), PortalListingResponse.Of(listing));
    }

    /// <summary>Has the property taken off Property Finder; the draft stays there.</summary>
    public static async Task<Results<Accepted<PortalListingResponse>, NotFound>> Unpublish(PropertyId propertyId, SyndicationDb db,
        IPropertyReader properties, PortalWork work, CancellationToken ct)
    {
        if (!await SeesAsync(propertyId, properties, ct)) return TypedResults.NotFound();
        await LockAsync(db, ct);
        if (await FindAsync(db, propertyId, ct) is not { } listing) return TypedResults.NotFound();
        await work.WantAsync(listing, PortalWish.Withdrawn, ct);
        return TypedResults.Accepted(AddressOf(propertyId), PortalListingResponse.Of(listing));
    }

    // Two who ask at once ask one after the other: one listing for a property.
    private static Task LockAsync(SyndicationDb db, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"select pg_advisory_xact_lock(hashtextextended('marketing.portals', {db.CurrentOrganization.Value}))", ct);

    private static string AddressOf(PropertyId property) =>
        $"{ApiGroup.Root}/marketing/portals/property_finder/listings/{property.Reference()}";

    private static Task<PortalListing?> FindAsync(SyndicationDb db, PropertyId property, CancellationToken ct) =>
        db.PortalListings.FirstOrDefaultAsync(l => l.Portal == Portal.PropertyFinder && l.PropertyId == property, ct);

    private static async Task<bool> SeesAsync(PropertyId property, IPropertyReader properties, CancellationToken ct) =>
        (await properties.SummariesAsync([property], ct)).ContainsKey(property);
}
