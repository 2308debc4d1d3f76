using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Syndication.Feeds;

/// <summary>
/// A listing in the words of the Enterprise API, with what its documentation calls required to publish in the Emirates; its schema itself
/// demands nothing. What is not known is left out, never null.
/// </summary>
internal static class PropertyFinderBody
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly Dictionary<PropertyType, string> Types = new()
    {
        [PropertyType.Apartment] = "apartment", [PropertyType.LuxuryApartment] = "apartment", [PropertyType.Studio] = "apartment",
        [PropertyType.Condo] = "apartment", [PropertyType.Villa] = "villa", [PropertyType.SingleFamily] = "villa",
        [PropertyType.Townhouse] = "townhouse", [PropertyType.Penthouse] = "penthouse", [PropertyType.Duplex] = "duplex",
        [PropertyType.HotelApartment] = "hotel-apartment", [PropertyType.Land] = "land", [PropertyType.Office] = "office-space",
        [PropertyType.Retail] = "retail", [PropertyType.Warehouse] = "warehouse",
    };

    private static readonly Dictionary<string, string> Amenities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["central ac"] = "central-ac", ["balcony"] = "balcony", ["kitchen appliances"] = "kitchen-appliances",
        ["built in wardrobes"] = "built-in-wardrobes", ["covered parking"] = "covered-parking", ["parking"] = "covered-parking",
        ["concierge"] = "concierge", ["maid room"] = "maids-room", ["maids room"] = "maids-room", ["pets allowed"] = "pets-allowed",
        ["private garden"] = "private-garden", ["garden"] = "private-garden", ["jacuzzi"] = "private-jacuzzi",
        ["private pool"] = "private-pool", ["security"] = "security", ["swimming pool"] = "shared-pool", ["pool"] = "shared-pool",
        ["shared pool"] = "shared-pool", ["spa"] = "shared-spa", ["study"] = "study", ["gym"] = "shared-gym",
        ["sea view"] = "view-of-water", ["marina view"] = "view-of-water", ["canal view"] = "view-of-water",
        ["walk in closet"] = "walk-in-closet", ["barbecue area"] = "barbecue-area", ["kids play area"] = "childrens-play-area",
        ["children's play area"] = "childrens-play-area",
    };

    private static readonly string[] OfCommerce =
        ["shared-gym", "covered-parking", "networked", "shared-pool", "dining-in-building", "conference-room", "lobby-in-building"];

    /// <summary>What is missing for this portal's API beyond what its feed asks for.</summary>
    public static IEnumerable<string> Faults(AdvertisedListing subject)
    {
        var (listing, advert) = (subject.Listing!, subject.Advert!);
        if (!subject.IsDubai || EmirateOf(listing.City) is null)
            yield return $"{listing.City} is in none of the emirates that the API knows.";
        if (listing.PropertyType is { } type && !Types.ContainsKey(type)) yield return "The API publishes no such type of property.";
        if (advert.PropertyFinderLocationId is null)
            yield return "The portal's location is not known: enter property_finder_location_id at the advert "
                + "(GET /marketing/portals/property_finder/locations finds it).";
        if (subject.PropertyFinderProfileId is null)
            yield return "The agent's public profile at the portal is not known: enter property_finder_profile_id at the agent's profile.";
        if (advert.Furnishing is null) yield return "It is not known whether the property is furnished: enter furnishing at the advert.";
        if (!listing.IsRent && advert.DownPayment is null)
            yield return "The down payment is missing: enter down_payment at the advert, 0 for none.";
        if (listing.Price is { } price && (price != decimal.Truncate(price) || price > int.MaxValue))
            yield return "The portal takes whole amounts up to 2,147,483,647.";
        if (subject.LicenceNumber is null && advert.PermitExemption is null)
            yield return "The company's licence number is not known: enter licence_number in the marketing settings.";
    }

    public static object Of(FeedListing l)
    {
        var (p, a) = (l.Listing, l.Advert);
        var (commercial, land) = (PropertyFinderFeed.IsCommercial(p.PropertyType), p.PropertyType == PropertyType.Land);
        var profile = new { id = l.Subject.PropertyFinderProfileId };
        return new
        {
            reference = l.Reference, category = commercial ? "commercial" : "residential", type = Types[p.PropertyType!.Value],
            furnishingType = a.Furnishing switch
            {
                Furnishing.Furnished => "furnished", Furnishing.SemiFurnished => "semi-furnished", _ => "unfurnished",
            },
            uaeEmirate = EmirateOf(p.City), location = new { id = a.PropertyFinderLocationId },
            price = Price(l), title = new { en = l.Title, ar = l.TitleAr }, description = new { en = l.Description, ar = l.DescriptionAr },
            size = (double?)(p.SquareFeet ?? p.LotSize), plotSize = (double?)p.LotSize,
            bedrooms = commercial || land ? null : p.PropertyType == PropertyType.Studio || p.Bedrooms == 0 ? "studio"
                : p.Bedrooms is { } beds ? Number(Math.Min(beds, 30)) : null,
            bathrooms = land ? null : p.Bathrooms is { } baths and > 0 ? Number((int)Math.Min(Math.Ceiling(baths), 20)) : "none",
            projectStatus = p.CompletionStatus is { } status ? Vocabulary.Word(status) : null, developer = p.Developer,
            amenities = land ? null : Codes(p, commercial), media = new { images = l.Photos.Select(url => new { original = new { url } }) },
            compliance = a.PermitExemption is not null ? null : new
            {
                type = Vocabulary.Word(a.PermitType), listingAdvertisementNumber = p.PermitNumber,
                issuingClientLicenseNumber = l.Subject.LicenceNumber,
            },
            assignedTo = profile, createdBy = profile,
        };
    }

    private static object Price(FeedListing l)
    {
        var amount = (int)l.Listing.Price!.Value;
        if (!l.IsRent) return new { type = "sale", amounts = new { sale = amount }, downPayment = (int)l.Advert.DownPayment!.Value };
        return l.Listing.RentPeriod switch
        {
            RentPeriod.Month => new { type = "monthly", amounts = new { monthly = amount } },
            RentPeriod.Week => new { type = "weekly", amounts = new { weekly = amount } },
            RentPeriod.Day => new { type = "daily", amounts = new { daily = amount } },
            _ => (object)new { type = "yearly", amounts = new { yearly = amount } },
        };
    }

    private static string[] Codes(ListingSnapshot p, bool commercial) =>
        [.. p.Amenities.Concat(p.Features).Select(a => Amenities.GetValueOrDefault(a.Replace('_', ' ').Replace('-', ' ').Trim()))
            .OfType<string>().Where(a => !commercial || OfCommerce.Contains(a)).Distinct()];

    private static string? EmirateOf(string city) => city.Trim().ToLowerInvariant() switch
    {
        "dubai" => "dubai",
        "abu dhabi" or "al ain" => "abu_dhabi",
        "sharjah" or "ajman" or "ras al khaimah" or "fujairah" or "umm al quwain" => "northern_emirates",
        _ => null,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
