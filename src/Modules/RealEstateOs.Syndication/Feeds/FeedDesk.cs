using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Syndication.Feeds;

/// <summary>Why a listing is not in a feed, or what would make it better there.</summary>
/// <param name="IsBlocking">It keeps the listing out.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">What is missing or wrong, as a sentence.</param>
public sealed record FeedFault(string Code, string Message, bool IsBlocking);

/// <summary>What a portal gets now: the listings that may go there, and those that may not with the reasons.</summary>
internal sealed record FeedContents(
    IReadOnlyList<FeedListing> Listings, IReadOnlyList<(PropertyId Property, IReadOnlyList<FeedFault> Faults)> Rejected,
    IReadOnlyList<(string Reference, DateTimeOffset At)> Deleted);

/// <summary>Collects the contents of feeds: a function of the database, the same for the same rows.</summary>
internal sealed class FeedDesk(SyndicationDb db, IAdverts adverts, IAdvertisingRules rules, TimeProvider clock)
{
    /// <summary>How long a portal is told that a listing is gone.</summary>
    private static readonly TimeSpan ToldOfDeletion = TimeSpan.FromDays(30);

    public async Task<FeedContents> CollectAsync(Portal portal, Func<PropertyId, int, string> photo, CancellationToken ct)
    {
        var meant = await adverts.MeantForAsync(portal, ct);
        var found = await adverts.OfAsync(meant, ct);
        var known = meant.Where(p => found[p].Listing is not null).ToArray();
        var checks = await rules.CheckAsync(
            [.. known.Select(p => new AdvertToCheck { PropertyId = p, Channel = MarketingChannel.LandingPage,
                Texts = [.. TextsOf(found[p])] })], ct);
        var (listings, rejected) = (new List<FeedListing>(), new List<(PropertyId, IReadOnlyList<FeedFault>)>());
        foreach (var (property, check) in known.Zip(checks))
        {
            var faults = FeedCheck.Of(portal, found[property], check).ToArray();
            if (faults.Any(f => f.IsBlocking)) rejected.Add((property, faults));
            else listings.Add(Listed(found[property], photo));
        }
        return new FeedContents(listings, rejected, await DeletedAsync(portal, listings, ct));
    }

    /// <summary>One property as the portal's API gets it; null with all that keeps it away.</summary>
    public async Task<(FeedListing? Listing, IReadOnlyList<string> Problems)> OneAsync(Portal portal, PropertyId property,
        Func<PropertyId, int, string> photo, CancellationToken ct)
    {
        var subject = (await adverts.OfAsync([property], ct))[property];
        if (subject.Listing is null) return (null, ["The property is not there any more."]);
        if (subject.Advert is null) return (null, ["The property has no advert yet: PUT /marketing/adverts/{property_id}."]);
        var check = (await rules.CheckAsync([new AdvertToCheck { PropertyId = property, Channel = MarketingChannel.LandingPage,
            Texts = [.. TextsOf(subject)] }], ct))[0];
        var problems = FeedCheck.Of(portal, subject, check).Where(f => f.IsBlocking).Select(f => f.Message)
            .Concat(PropertyFinderBody.Faults(subject)).ToList();
        return problems.Count > 0 ? (null, problems) : (Listed(subject, photo), problems);
    }

    private static FeedListing Listed(AdvertisedListing subject, Func<PropertyId, int, string> photo)
    {
        var (listing, advert) = (subject.Listing!, subject.Advert!);
        return new FeedListing(subject, Reference(listing.Id), advert.UpdatedAt > listing.UpdatedAt ? advert.UpdatedAt : listing.UpdatedAt,
            [.. listing.Pictures.Take(30).Select((_, i) => photo(listing.Id, i))]);
    }

    /// <summary>Every listing that is meant for the portal and has a fault or could be better.</summary>
    public async Task<IReadOnlyList<FeedReject>> ReportAsync(Portal portal, CancellationToken ct)
    {
        var contents = await CollectAsync(portal, (_, _) => "", ct);
        var listed = contents.Listings.Select(
            l => new FeedReject(l.Listing.Id.Reference(), true,
                [.. FeedCheck.Advice(l.Subject).Select(a => new FeedFault(a.Code, a.Message, false))]));
        return [.. contents.Rejected.Select(r => new FeedReject(r.Property.Reference(), false, r.Faults)),
            .. listed.Where(l => l.Faults.Count > 0)];
    }

    /// <summary>Letters and digits only; it stays the same for the life of the listing.</summary>
    public static string Reference(PropertyId property) => ListingReference.Of(property);

    /// <summary>Remembers what the portal was shown, so that it can be told what is gone.</summary>
    public async Task RememberAsync(Portal portal, FeedContents contents, CancellationToken ct)
    {
        var now = clock.Now();
        var items = await db.FeedItems.Where(i => i.Portal == portal).ToDictionaryAsync(i => i.PropertyId, ct);
        var listed = contents.Listings.Select(l => l.Listing.Id).ToHashSet();
        foreach (var property in listed)
        {
            if (!items.TryGetValue(property, out var item)) db.Add(new FeedItem { Portal = portal, PropertyId = property, ListedAt = now });
            else if (item.DelistedAt is not null) (item.ListedAt, item.DelistedAt) = (now, null);
        }
        foreach (var item in items.Values.Where(i => i.DelistedAt is null && !listed.Contains(i.PropertyId))) item.DelistedAt = now;
        await db.SaveChangesAsync(ct);
    }

    private async Task<IReadOnlyList<(string, DateTimeOffset)>> DeletedAsync(Portal portal, List<FeedListing> listings,
        CancellationToken ct)
    {
        var now = clock.Now();
        var since = now - ToldOfDeletion;
        var listed = listings.Select(l => l.Listing.Id).ToHashSet();
        var items = await db.FeedItems.AsNoTracking().Where(i => i.Portal == portal && (i.DelistedAt == null || i.DelistedAt > since))
            .OrderBy(i => i.PropertyId).ToListAsync(ct);
        return [.. items.Where(i => !listed.Contains(i.PropertyId)).Select(i => (Reference(i.PropertyId), i.DelistedAt ?? now))];
    }

    private static IEnumerable<string> TextsOf(AdvertisedListing subject) =>
        new[] { subject.Advert?.Title, subject.Advert?.TitleAr, subject.Advert?.Description ?? subject.Listing?.Description,
            subject.Advert?.DescriptionAr }.OfType<string>();
}
