using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace RealEstateOs.Contracts.Measures;

/// <summary>Names of places as people write them, in Arabic too where that name is known; others stay as they are.</summary>
public static partial class PlaceNames
{
    private static readonly FrozenDictionary<string, string> Arabic = new Dictionary<string, string>
    {
        ["Dubai"] = "دبي", ["Abu Dhabi"] = "أبوظبي", ["Sharjah"] = "الشارقة", ["Ajman"] = "عجمان", ["Ras Al Khaimah"] = "رأس الخيمة",
        ["Al Barari"] = "البراري", ["Al Barsha"] = "البرشاء", ["Al Furjan"] = "الفرجان", ["Al Hebiah Fifth"] = "الحبية الخامسة",
        ["Al Jaddaf"] = "الجداف", ["Al Khairan First"] = "الخيران الأولى", ["Al Quoz"] = "القوز", ["Al Satwa"] = "السطوة",
        ["Al Wasl"] = "الوصل", ["Al Yelayiss 1"] = "اليلايس 1", ["Al Yelayiss 2"] = "اليلايس 2", ["Al Yelayiss 5"] = "اليلايس 5",
        ["Al Yufrah 1"] = "اليفرة 1", ["Arabian Ranches"] = "المرابع العربية", ["Arabian Ranches 2"] = "المرابع العربية 2",
        ["Arabian Ranches 3"] = "المرابع العربية 3", ["Arjan"] = "أرجان", ["Barsha Heights"] = "برشا هايتس",
        ["Bluewaters Island"] = "جزيرة بلوواترز", ["Bukadra"] = "بوكدرة", ["Bur Dubai"] = "بر دبي", ["Business Bay"] = "الخليج التجاري",
        ["Business Park"] = "بزنس بارك", ["City Of Arabia"] = "سيتي أوف أرابيا", ["City Walk"] = "سيتي ووك",
        ["Damac Hills"] = "داماك هيلز", ["Deira"] = "ديرة", ["DIFC"] = "مركز دبي المالي العالمي", ["Discovery Gardens"] = "ديسكفري جاردنز",
        ["Downtown Dubai"] = "وسط مدينة دبي", ["Downtown Jebel Ali"] = "داون تاون جبل علي", ["Dubai Creek Harbour"] = "مرسى خور دبي",
        ["Dubai Harbour"] = "دبي هاربر", ["Dubai Hills Estate"] = "دبي هيلز استيت", ["Dubai Industrial City"] = "مدينة دبي الصناعية",
        ["Dubai Investment Park First"] = "مجمع دبي للاستثمار الأول", ["Dubai Investment Park Second"] = "مجمع دبي للاستثمار الثاني",
        ["Dubai Land Residence Complex"] = "مجمع دبي لاند السكني", ["Dubai Marina"] = "دبي مارينا",
        ["Dubai Maritime City"] = "مدينة دبي الملاحية", ["Dubai Production City"] = "مدينة دبي للإنتاج",
        ["Dubai Science Park"] = "مجمع دبي للعلوم", ["Dubai Silicon Oasis"] = "واحة دبي للسيليكون", ["Dubai South"] = "دبي الجنوب",
        ["Dubai Sports City"] = "مدينة دبي الرياضية", ["Dubai Studio City"] = "مدينة دبي للاستوديوهات",
        ["Emirates Hills"] = "تلال الإمارات",
        ["Hadaeq Sheikh Mohammed Bin Rashid"] = "حدائق الشيخ محمد بن راشد", ["International City"] = "المدينة العالمية",
        ["International City Phase 1"] = "المدينة العالمية، المرحلة 1",
        ["International City Phase 2 and 3"] = "المدينة العالمية، المرحلتان 2 و3",
        ["Jabal Ali First"] = "جبل علي الأولى", ["Jebel Ali"] = "جبل علي", ["Jumeirah"] = "جميرا",
        ["Jumeirah Beach Residence"] = "جميرا بيتش ريزيدنس", ["Jumeirah Lake Towers"] = "أبراج بحيرات جميرا",
        ["Jumeirah Village Circle"] = "قرية جميرا الدائرية", ["Jumeirah Village Triangle"] = "قرية جميرا المثلثة", ["Liwan"] = "ليوان",
        ["Madinat Al Mataar"] = "مدينة المطار", ["Madinat Dubai Almelaheyah"] = "مدينة دبي الملاحية", ["Madinat Hind 4"] = "مدينة هند 4",
        ["Majan"] = "مجان", ["Me'aisem First"] = "معيصم الأولى", ["Me'aisem Second"] = "معيصم الثانية", ["Meydan One"] = "ميدان ون",
        ["Mirdif"] = "مردف", ["Motor City"] = "موتور سيتي", ["Nad Al Shiba First"] = "ند الشبا الأولى", ["Palm Deira"] = "نخلة ديرة",
        ["Palm Jabal Ali"] = "نخلة جبل علي", ["Palm Jumeirah"] = "نخلة جميرا", ["Saih Shuaib 1"] = "سيح شعيب 1",
        ["Sama Al Jaddaf"] = "سما الجداف", ["Sobha Hartland"] = "شوبا هارتلاند", ["The Greens"] = "الروضة", ["The Meadows"] = "المروج",
        ["The Springs"] = "الينابيع", ["Town Square"] = "تاون سكوير", ["Umm Suqeim Third"] = "أم سقيم الثالثة",
        ["Wadi Al Safa 3"] = "وادي الصفا 3", ["Wadi Al Safa 4"] = "وادي الصفا 4", ["Wadi Al Safa 5"] = "وادي الصفا 5",
        ["Warsan First"] = "ورسان الأولى", ["Zaabeel Second"] = "زعبيل الثانية",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // Written in capitals by everybody; of two and three letters without a vowel each is one.
    private static readonly FrozenSet<string> Capitals =
        FrozenSet.ToFrozenSet(["DIFC", "DAMAC", "DMCC", "MAG", "II", "III", "IV", "VI", "VII", "VIII", "IX"]);

    private static readonly FrozenSet<string> Small = FrozenSet.ToFrozenSet(["AT", "BY", "OF", "THE", "AND", "IN", "ON"]);

    /// <summary>In the language asked for, where the name is known in it.</summary>
    public static string Name(string place, bool arabic)
    {
        var written = Written(place.Trim());
        return arabic ? Arabic.GetValueOrDefault(written, written) : written;
    }

    /// <summary>Registries write many names in capitals: THE RESIDENCES AT MARINA GATE 1 is The Residences at Marina Gate 1.</summary>
    public static string Written(string place) => place.Any(char.IsLower) || !place.Any(char.IsUpper) ? place
        : Words().Replace(place, word => Small.Contains(word.Value) && word.Index > 0 ? word.Value.ToLowerInvariant()
            : IsAbbreviation(word.Value) ? word.Value : word.Value[..1] + word.Value[1..].ToLowerInvariant());

    private static bool IsAbbreviation(string word) =>
        Capitals.Contains(word) || word.Any(char.IsDigit) || (word.Length <= 3 && !word.Any("AEIOUY".Contains));

    [GeneratedRegex(@"[\p{L}\p{Nd}'’]+")]
    private static partial Regex Words();
}
