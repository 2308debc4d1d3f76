using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Marketing.Adverts;

/// <summary>Where a property lies, in Arabic too where the name is known; others stay as they are.</summary>
internal static class PlaceNames
{
    private static readonly Dictionary<string, string> Arabic = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Dubai"] = "دبي", ["Abu Dhabi"] = "أبوظبي", ["Sharjah"] = "الشارقة", ["Ajman"] = "عجمان", ["Ras Al Khaimah"] = "رأس الخيمة",
        ["Dubai Marina"] = "دبي مارينا",
        ["Downtown Dubai"] = "وسط مدينة دبي", ["Palm Jumeirah"] = "نخلة جميرا", ["Jumeirah Village Circle"] = "قرية جميرا الدائرية",
        ["Business Bay"] = "الخليج التجاري",
        ["Jumeirah Lake Towers"] = "أبراج بحيرات جميرا", ["Jumeirah Beach Residence"] = "جميرا بيتش ريزيدنس", ["Jumeirah"] = "جميرا",
        ["Dubai Hills Estate"] = "دبي هيلز استيت",
        ["Arabian Ranches"] = "المرابع العربية", ["Dubai Creek Harbour"] = "مرسى خور دبي", ["Al Barsha"] = "البرشاء", ["Deira"] = "ديرة",
        ["Bur Dubai"] = "بر دبي", ["Mirdif"] = "مردف",
        ["Dubai Silicon Oasis"] = "واحة دبي للسيليكون", ["International City"] = "المدينة العالمية", ["Emirates Hills"] = "تلال الإمارات",
        ["The Springs"] = "الينابيع", ["The Meadows"] = "المروج",
        ["City Walk"] = "سيتي ووك", ["DIFC"] = "مركز دبي المالي العالمي", ["Al Furjan"] = "الفرجان", ["Motor City"] = "موتور سيتي",
        ["Dubai Sports City"] = "مدينة دبي الرياضية",
        ["Discovery Gardens"] = "ديسكفري جاردنز", ["Jebel Ali"] = "جبل علي", ["Al Quoz"] = "القوز", ["Damac Hills"] = "داماك هيلز",
        ["Town Square"] = "تاون سكوير", ["Bluewaters Island"] = "جزيرة بلوواترز",
    };

    public static string Name(string place, bool arabic) => arabic ? Arabic.GetValueOrDefault(place.Trim(), place) : place;

    /// <summary>Building, community and city; in the United States street, city and state.</summary>
    public static string Line(ListingSnapshot listing, bool arabic)
    {
        string?[] parts = listing.Community is null && listing.Building is null ? [listing.Address, listing.City, listing.State]
            : [listing.Building, listing.Community, listing.City];
        var known = parts.OfType<string>().Where(p => p.Length > 0).Select(p => Name(p, arabic)).Distinct(StringComparer.OrdinalIgnoreCase);
        return string.Join(arabic ? "، " : ", ", known);
    }
}
