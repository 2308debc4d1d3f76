using System.Text;

namespace RealEstateOs.Valuation.MarketData;

/// <summary>
/// One name for one place. The registry mixes cadastral districts and marketing names ("Marsa Dubai" and "DUBAI MARINA"), cases and
/// spellings. Only places that are really one and the same stand in the table: a cadastral district that holds several communities stays
/// itself.
/// </summary>
internal sealed class AreaNames
{
    /// <summary>Canonical name, then the other spellings of the same place.</summary>
    private static readonly string[][] BuiltIn =
    [
        ["Dubai Marina", "Marsa Dubai", "Marina Dubai", "Dubai Marina Area", "دبي مارينا", "مرسى دبي"],
        ["Jumeirah Lake Towers", "Jumeirah Lakes Towers", "JLT", "Al Thanyah Fifth", "DMCC-EZ2", "أبراج بحيرات جميرا", "الثنية الخامسة"],
        ["Downtown Dubai", "Burj Khalifa", "Downtown", "Downtown Burj Khalifa", "The Burj Khalifa District", "وسط مدينة دبي", "برج خليفة"],
        ["Jumeirah Village Circle", "JVC", "Al Barsha South Fourth", "Jumeirah Village", "قرية جميرا الدائرية", "البرشاء جنوب الرابعة"],
        ["Jumeirah Village Triangle", "JVT", "Al Barsha South Fifth", "قرية جميرا المثلثة", "البرشاء جنوب الخامسة"],
        ["Arjan", "Al Barshaa South Third", "Al Barsha South Third", "أرجان"],
        ["Dubai Science Park", "Al Barshaa South Second", "Dubiotech"],
        ["Palm Jumeirah", "The Palm Jumeirah", "Nakhlat Jumeirah", "نخلة جميرا"],
        ["Palm Jabal Ali", "Palm Jebel Ali"],
        ["Jumeirah Beach Residence", "JBR", "Jumeirah Beach Residences", "جميرا بيتش ريزيدنس"],
        ["Business Bay", "The Business Bay", "الخليج التجاري"],
        ["Dubai Silicon Oasis", "Silicon Oasis", "DSO", "Nadd Hessa", "واحة دبي للسيليكون"],
        ["International City Phase 1", "International City Ph 1", "International City"],
        ["International City Phase 2 and 3", "International City Ph 2 & 3", "Al Warsan Second"],
        ["Dubai Investment Park First", "DIP 1", "DIP First"],
        ["Dubai Investment Park Second", "DIP 2", "DIP Second"],
        ["Dubai Land Residence Complex", "Dubailand Residence Complex", "DLRC", "Dubai Residence Complex"],
        ["Dubai Production City", "IMPZ", "International Media Production Zone"],
        ["Dubai Sports City", "DSC", "Sports City", "مدينة دبي الرياضية"],
        ["Barsha Heights", "Tecom Site A", "Tecom"],
        ["Emirates Living", "Emirate Living", "Emirates Hills"],
        ["Sobha Hartland", "Sobha Heartland"],
        ["Downtown Jebel Ali", "Down Town Jabal Ali", "Downtown Jabal Ali"],
        ["Jebel Ali Hills", "Jabel Ali Hills"],
        ["Palm Deira", "Dubai Islands", "Deira Islands"],
        ["Meydan One", "Meydan"],
        ["Dubai Hills Estate", "Dubai Hills", "دبي هيلز استيت", "دبي هيلز"],
        ["Al Jaddaf", "Al Jadaf", "Al Jadaf Second", "الجداف"],
        ["Sama Al Jaddaf", "Sama Al Jadaf"],
        ["DIFC", "Dubai International Financial Centre", "Trade Center Second", "Trade Centre Second", "مركز دبي المالي العالمي"],
        ["Arabian Ranches", "Arabian Ranches I", "Arabian Ranches 1", "المرابع العربية"],
        ["Arabian Ranches 2", "Arabian Ranches II"],
        ["Arabian Ranches 3", "Arabian Ranches III"],
        ["Al Yufrah 1", "Al Yufra 1"],
        ["Al Barari", "Barari"],
        ["Dubai Maritime City", "DMC"],
        ["Umm Suqeim Third", "Um Suqaim Third"],
        ["Dubai South", "Dubai World Central", "DWC", "دبي الجنوب"],
        ["Dubai Harbour", "Dubai Harbor"],
        ["Motor City", "Dubai Motor City", "موتور سيتي"],
        ["Al Furjan", "Furjan", "الفرجان"],
        ["The Greens", "Greens"],
    ];

    private readonly Dictionary<string, string> _canonicalByKey = new(StringComparer.Ordinal);

    /// <param name="further">Further aliases of an installation: other spelling to canonical name.</param>
    public AreaNames(IEnumerable<KeyValuePair<string, string>>? further = null)
    {
        foreach (var row in BuiltIn)
            foreach (var name in row)
                _canonicalByKey[Key(name)] = row[0];
        foreach (var (alias, canonical) in further ?? [])
            _canonicalByKey[Key(alias)] = Canonical(canonical);
    }

    public static AreaNames Default { get; } = new();

    /// <summary>The place's one name; a place that the table does not know keeps its own, in one casing.</summary>
    public string Canonical(string name)
    {
        var key = Key(name);
        return _canonicalByKey.TryGetValue(key, out var canonical) ? canonical : TitleCase(name);
    }

    /// <summary>Letters and digits only, upper case: what two spellings of one name share.</summary>
    public static string Key(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
            if (char.IsLetterOrDigit(c))
                text.Append(char.ToUpperInvariant(c));
        return text.ToString();
    }

    private static string TitleCase(string name)
    {
        var text = new StringBuilder(name.Length);
        var start = true;
        foreach (var c in name.Trim())
        {
            if (char.IsWhiteSpace(c))
            {
                if (!start) text.Append(' ');
                start = true;
                continue;
            }
            text.Append(start ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c));
            start = false;
        }
        return text.ToString().TrimEnd();
    }
}
