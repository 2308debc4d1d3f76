using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.UnitTests.Social;

/// <summary>Properties of many kinds, some of which few things are known of.</summary>
internal static class SampleHomes
{
    public static readonly IReadOnlyList<AdvertFacts> All =
    [
        Dubai("Dubai Marina", "دبي مارينا", "Marina Heights", PropertyType.Apartment, 2, 2.5m, 1180, 2_450_000,
            ["swimming pool", "balcony", "gym", "covered parking", "marina view"],
            ["مسبح", "شرفة", "صالة رياضية", "موقف مغطى", "إطلالة على المارينا"]),
        Dubai("Palm Jumeirah", "نخلة جميرا", null, PropertyType.Villa, 5, 6, 7200, 18_500_000,
            ["private pool", "beach access", "maid's room"], ["مسبح خاص", "وصول إلى الشاطئ", "غرفة خادمة"], plot: 9100),
        Dubai("Jumeirah Village Circle", "قرية جميرا الدائرية", "Bloom Towers", PropertyType.Apartment, 0, 1, 430, 55_000, ["gym"],
            ["صالة رياضية"], rent: "year"),
        Dubai("Business Bay", "الخليج التجاري", "Quay House", PropertyType.Office, null, null, 1950, 3_100_000, ["covered parking"],
            ["موقف مغطى"]),
        Dubai("Dubai Hills Estate", "دبي هيلز استيت", null, PropertyType.Townhouse, 3, 4, 2310, 4_200_000, ["garden", "study"],
            ["حديقة", "غرفة مكتب"]),
        Dubai("Al Furjan", "الفرجان", null, PropertyType.Land, null, null, null, 6_750_000, [], [], plot: 12_400),
        Dubai("Downtown Dubai", "وسط مدينة دبي", "Fountain Court", PropertyType.Penthouse, 8, 11, 14_250, 92_000_000,
            ["terrace", "concierge", "jacuzzi", "smart home", "spa"], ["تراس", "خدمة استقبال", "جاكوزي", "منزل ذكي", "سبا"]),
        Us("Austin", "TX", PropertyType.SingleFamily, 3, 2, 1850, 640_000, ["fireplace", "garage", "hardwood floors"]),
        Us("Seattle", "WA", PropertyType.Condo, 1, 1, 690, 2_850, ["elevator"], rent: "month"),
        Us("Phoenix", "AZ", PropertyType.Warehouse, null, null, 24_000, 3_900_000, []),
        Us("Miami", "FL", null, null, null, null, null, []),
    ];

    private static AdvertFacts Dubai(
        string place, string arabic, string? building, PropertyType type, int? beds, decimal? baths, decimal? area, decimal? price,
        string[] features, string[] arabicFeatures, decimal? plot = null, string? rent = null) => new()
    {
        Listing = new ListingSnapshot
        {
            Id = new PropertyId(1), Address = "1 Quay", City = "Dubai", Country = "AE", Community = place, Building = building,
            PropertyType = type, Bedrooms = beds, Bathrooms = baths, SquareFeet = area,
            LotSize = plot, Price = price, Currency = "AED", PermitNumber = "0071158760954",
        },
        IsDubai = true, IsRent = rent is not null, RentPeriod = rent, Orn = "12345", Brn = "48213", Agent = "Ada Admin",
        LandingPath = "/p/x",
        English = new AdvertWords("Harbour Realty", "Dubai", place, building, features),
        Arabic = new AdvertWords("هاربر العقارية", "دبي", arabic, building, arabicFeatures),
    };

    private static AdvertFacts Us(string city, string state, PropertyType? type, int? beds, decimal? baths, decimal? area, decimal? price,
        string[] features, string? rent = null) => new()
        {
            Listing = new ListingSnapshot
            {
                Id = new PropertyId(2), Address = "77 Elm St", City = city, State = state, Country = "US", PropertyType = type,
                Bedrooms = beds, Bathrooms = baths, SquareFeet = area, Price = price, Currency = "USD",
            },
            IsRent = rent is not null, RentPeriod = rent, Agent = "Ada Admin",
            English = new AdvertWords("Harbour Realty", city, null, null, features),
            Arabic = new AdvertWords("Harbour Realty", city, null, null, []),
        };
}
