using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Syndication.Feeds;

/// <summary>What a portal demands of a listing, and what it rewards.</summary>
internal static class FeedCheck
{
    private const int FewPhotos = 5, ShortTitle = 30, ShortDescription = 200;

    public static IEnumerable<FeedFault> Of(Portal portal, AdvertisedListing subject, AdvertCheck rules)
    {
        foreach (var finding in rules.Findings.Where(f => f.Severity == FindingSeverity.Block))
            yield return new(finding.Code, $"{finding.Message} {finding.Remedy}", true);
        foreach (var missing in Missing(portal, subject)) yield return new("missing", missing, true);
        foreach (var (code, advice) in Advice(subject)) yield return new(code, advice, false);
    }

    private static IEnumerable<string> Missing(Portal portal, AdvertisedListing subject)
    {
        var (listing, advert) = (subject.Listing!, subject.Advert!);
        if (listing.Status != PropertyStatus.Available) yield return "The property is not available.";
        if (listing.Price is not { } price) yield return "The property has no price.";
        else if (portal == Portal.PropertyFinder && price < LeastPrice(listing))
            yield return $"Property Finder takes no price below {LeastPrice(listing):0}.";
        if (portal != Portal.Website && listing.Currency != subject.OfficeCurrency)
            yield return $"The portal's file names no currency: prices in {listing.Currency} would be read as {subject.OfficeCurrency}.";
        if (listing.SquareFeet is null && listing.PropertyType != PropertyType.Land) yield return "The property has no area (square_feet).";
        if (listing.PropertyType is null) yield return "The property has no type.";
        else if (portal != Portal.Website
            && (portal == Portal.PropertyFinder ? PropertyFinderFeed.TypeOf(listing.PropertyType)
                : BayutFeed.TypeOf(listing.PropertyType)) is null)
            yield return "The portal has no such type of property.";
        if (listing.Pictures.Count == 0) yield return "The property has no photograph.";
        if (string.IsNullOrWhiteSpace(advert.Description ?? listing.Description)) yield return "There is no description.";
        if (portal != Portal.Website && string.IsNullOrWhiteSpace(listing.Community)) yield return "The property has no community.";
        if (portal != Portal.Website && subject.Agent is not { Phone.Length: > 0 }) yield return "The agent has no phone number.";
        if (listing.Bathrooms is null && listing.PropertyType != PropertyType.Land && portal == Portal.PropertyFinder)
            yield return "The number of bathrooms is missing.";
    }

    /// <summary>What Property Finder's documentation calls minimum prices, in dirham.</summary>
    private static decimal LeastPrice(ListingSnapshot listing) => listing.RentPeriod switch
    {
        null => 100_000, RentPeriod.Month or RentPeriod.Week => 1_000, RentPeriod.Day => 100, _ => 10_000,
    };

    /// <summary>What would make a listing that is in better.</summary>
    public static IEnumerable<(string Code, string Message)> Advice(AdvertisedListing subject)
    {
        var (listing, advert) = (subject.Listing!, subject.Advert!);
        var description = PortalText.Block(advert.Description ?? listing.Description ?? "");
        if (advert.Title is null) yield return ("title", "Write a title: one made of the facts is all the portal has now.");
        else if (advert.Title.Length < ShortTitle)
            yield return ("title",
                $"The title has {advert.Title.Length} characters; name type, bedrooms, place and one thing that is special, in 30 to 50.");
        else if (advert.Title.Length > 100) yield return ("title", "The title is cut after 100 characters.");
        if (advert.Title is { } title && title == title.ToUpperInvariant() && title.Any(char.IsLetter))
            yield return ("title", "Write the title in ordinary letters, not in capitals.");
        if (description.Length is > 0 and < ShortDescription)
            yield return ("description",
                $"The description has {description.Length} characters; portals rank those from {ShortDescription} on higher.");
        if (listing.Pictures.Count is > 0 and < FewPhotos)
            yield return ("photos", $"There are {listing.Pictures.Count} photographs; at least {FewPhotos} are recommended.");
        if (advert.TitleAr is null || advert.DescriptionAr is null) yield return ("arabic", "Title and description in Arabic are missing.");
        if (listing.Latitude is null) yield return ("location", "The coordinates are missing: the listing is not on the map.");
        if (listing.Amenities.Count + listing.Features.Count < 3)
            yield return ("amenities", "Fewer than three amenities are named; searches filter by them.");
    }
}
