using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Marketing.Adverts;

/// <summary>Where a property lies, in one line.</summary>
internal static class PlaceLine
{
    /// <summary>Building, community and city; in the United States street, city and state.</summary>
    public static string Of(ListingSnapshot listing, bool arabic)
    {
        string?[] parts = listing.Community is null && listing.Building is null ? [listing.Address, listing.City, listing.State]
            : [listing.Building, listing.Community, listing.City];
        var known = parts.OfType<string>().Where(p => p.Length > 0).Select(p => PlaceNames.Name(p, arabic))
            .Distinct(StringComparer.OrdinalIgnoreCase);
        return string.Join(arabic ? "، " : ", ", known);
    }
}
