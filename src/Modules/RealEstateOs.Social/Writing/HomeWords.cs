using System.Globalization;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Social.Writing;

/// <summary>"A 2-bedroom apartment", and what grammar makes of it.</summary>
internal static class EnglishWords
{
    public static void KnowHome(Slots slots, ListingSnapshot listing)
    {
        var kind = Kind(listing.PropertyType);
        var home = listing.Bedrooms switch
        {
            _ when !HasRooms(listing.PropertyType) => kind,
            0 when kind is "apartment" or "condo" => $"studio {kind}",
            > 0 and var beds => $"{beds}-bedroom {kind}",
            _ => kind,
        };
        slots.Know("kind", kind);
        slots.Know("home", home, "home");
        slots.Know("Home", Slots.Capital(home), "home");
        slots.Know("a_home", $"{Article(home)} {home}", "home");
        slots.Know("A_home", Slots.Capital($"{Article(home)} {home}"), "home");
        slots.Know("this_home", $"this {home}", "home");
        slots.Know("Open_day", PostFacts.IsHome(listing.PropertyType) ? "Open house" : "Open viewing");
    }

    public static string? Baths(decimal? bathrooms) =>
        bathrooms switch { null or <= 0 => null, 1 => "1 bathroom", var n => $"{PostFacts.Number(n.Value)} bathrooms" };

    /// <summary>"An" before a vowel, and before 8, 11 and 18.</summary>
    public static string Article(string noun) =>
        noun.Length > 0 && ("aeio".Contains(noun[0], StringComparison.OrdinalIgnoreCase) || noun[0] == '8'
            || noun.StartsWith("11-", StringComparison.Ordinal) || noun.StartsWith("18-", StringComparison.Ordinal))
            ? "an" : "a";

    private static bool HasRooms(PropertyType? type) => PostFacts.IsHome(type) && type != PropertyType.Studio;

    private static string Kind(PropertyType? type) => type switch
    {
        PropertyType.SingleFamily => "house", PropertyType.MultiFamily => "multi-family house", PropertyType.Condo =>
            "condo", PropertyType.Townhouse => "townhouse",
        PropertyType.Apartment or PropertyType.LuxuryApartment => "apartment", PropertyType.Villa => "villa", PropertyType.Penthouse =>
            "penthouse", PropertyType.Studio => "studio",
        PropertyType.Duplex => "duplex", PropertyType.HotelApartment => "hotel apartment", PropertyType.Land =>
            "plot of land", PropertyType.Commercial => "commercial property",
        PropertyType.Office => "office", PropertyType.Retail => "retail space", PropertyType.Warehouse =>
            "warehouse", PropertyType.Industrial => "industrial property",
        PropertyType.MixedUse => "mixed-use property", _ => "home",
    };
}

/// <summary>The same in Arabic, where number and gender decide on the words around.</summary>
internal static class ArabicWords
{
    public static void KnowHome(Slots slots, ListingSnapshot listing)
    {
        var (kind, definite, feminine, rooms) = Kind(listing.PropertyType);
        var home = listing.Bedrooms switch
        {
            _ when !rooms => kind,
            0 => listing.PropertyType is PropertyType.Apartment or PropertyType.Condo or PropertyType.LuxuryApartment ? "استوديو" : kind,
            1 => $"{kind} من غرفة نوم واحدة",
            2 => $"{kind} من غرفتي نوم",
            >= 3 and <= 10 and var beds => $"{kind} من {beds.ToString(CultureInfo.InvariantCulture)} غرف نوم",
            > 10 and var beds => $"{kind} من {beds.ToString(CultureInfo.InvariantCulture)} غرفة نوم",
            _ => kind,
        };
        slots.Know("kind", definite);
        slots.Know("home", home, "home");
        slots.Know("this_kind", $"{(feminine ? "هذه" : "هذا")} {definite}", "home");
    }

    /// <param name="afterWith">The dual has another end after "with".</param>
    public static string? Baths(decimal? bathrooms, bool afterWith) => bathrooms switch
    {
        null or <= 0 => null,
        1 => "حمام واحد",
        2 => afterWith ? "حمامين" : "حمامان",
        var n when decimal.Truncate(n.Value) != n => $"{PostFacts.Number(n.Value)} حمام",
        >= 3 and <= 10 and var few => $"{PostFacts.Number(few)} حمامات",
        var n => $"{PostFacts.Number(n.Value)} حماماً",
    };

    private static (string Kind, string Definite, bool Feminine, bool Rooms) Kind(PropertyType? type) => type switch
    {
        PropertyType.Apartment or PropertyType.LuxuryApartment or PropertyType.Condo => ("شقة", "الشقة", true, true),
        PropertyType.HotelApartment => ("شقة فندقية", "الشقة الفندقية", true, true),
        PropertyType.Villa => ("فيلا", "الفيلا", true, true),
        PropertyType.Penthouse => ("بنتهاوس", "البنتهاوس", false, true),
        PropertyType.Townhouse => ("تاون هاوس", "التاون هاوس", false, true),
        PropertyType.Duplex => ("دوبلكس", "الدوبلكس", false, true),
        PropertyType.Studio => ("استوديو", "الاستوديو", false, false),
        PropertyType.SingleFamily or PropertyType.MultiFamily => ("منزل", "المنزل", false, true),
        PropertyType.Land => ("قطعة أرض", "قطعة الأرض", true, false),
        PropertyType.Office => ("مكتب", "المكتب", false, false),
        PropertyType.Retail => ("محل تجاري", "المحل التجاري", false, false),
        PropertyType.Warehouse => ("مستودع", "المستودع", false, false),
        PropertyType.Commercial or PropertyType.Industrial or PropertyType.MixedUse => ("عقار تجاري", "العقار التجاري", false, false),
        _ => ("منزل", "المنزل", false, true),
    };
}
