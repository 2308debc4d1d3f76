using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Texts;

namespace RealEstateOs.Social.Writing;

/// <summary>
/// Holds a text that a model wrote against the facts that it was given: every number has to stand there, and every word of a list that
/// names an amenity, a quality, a place nearby or a promise.
/// </summary>
internal static partial class FactCheck
{
    /// <summary>Words that say something of a property which only its facts can say; plurals are meant, too.</summary>
    public static readonly IReadOnlyList<string> Claims =
    [
        "pool", "gym", "balcony", "terrace", "view", "garden", "parking", "garage", "beach", "spa", "sauna", "jacuzzi",
        "concierge", "elevator", "lift", "fireplace", "study", "maid", "hardwood", "marble", "smart home", "sea", "waterfront",
        "skyline", "sunset", "playground", "security", "kitchen", "wardrobe", "rooftop", "penthouse", "duplex", "furnished",
        "new build", "brand-new", "brand new", "quiet", "spacious", "sunny", "bright", "airy", "modern", "contemporary", "cozy",
        "cosy", "renovated", "upgraded", "refurbished", "stunning", "breathtaking", "exclusive", "prestigious", "luxurious",
        "iconic", "high floor", "vacant", "tenanted", "metro", "school", "mall", "supermarket", "airport", "walking distance",
        "minutes", "steps from", "close to", "near", "best", "cheapest", "lowest", "largest", "guaranteed", "guarantee",
        "yield", "return on investment", "roi", "appreciation", "below market", "discount", "mortgage", "payment plan", "fee",
        "families", "couples", "students", "professionals", "safe",
        "مسبح", "شرفة", "صالة رياضية", "موقف", "إطلالة", "تراس", "حديقة", "شاطئ", "جاكوزي", "خادمة", "مفروش", "مفروشة", "هادئ",
        "هادئة", "واسع", "واسعة", "مشرق", "مشرقة", "حديث", "حديثة", "عصري", "عصرية", "مجدد", "مجددة", "فاخر", "فاخرة", "مذهل",
        "مذهلة", "حصري", "حصرية", "مترو", "مدرسة", "مول", "مطار", "دقائق", "دقيقة", "قريب", "قريبة", "بالقرب", "أفضل", "أرخص",
        "مضمون", "مضمونة", "عائد", "عوائد", "خصم", "تقسيط", "للعائلات", "آمن", "آمنة",
    ];

    private static readonly string[] NumberWords =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>What the text says beyond the facts, each as a part of a sentence.</summary>
    public static IEnumerable<string> ObjectionsTo(string text, string facts)
    {
        var known = NumbersOf(facts).ToHashSet();
        foreach (var number in NumbersOf(text).Distinct().Where(n => !known.Contains(n)))
            yield return $"tells the number {number}, which the facts do not have";
        foreach (var claim in Claims.Where(c => Has(text, c) && !Has(facts, c)))
            yield return $"says \"{claim}\", which the facts do not have";
        if (Elsewhere().IsMatch(text)) yield return "has a link, a hashtag or a mention of its own";
    }

    private static IEnumerable<string> NumbersOf(string text) =>
        Number().Matches(text.WithLatinDigits()).Select(m => m.Value.Replace(",", "", StringComparison.Ordinal).TrimEnd('.'))
            .Concat(NumberWords.Index().Where(w => Has(text, w.Item)).Select(w => $"{w.Index + 2}"));

    private static bool Has(string text, string word) =>
        Regex.IsMatch(text, $@"(?<!\w)(?:ال|وال|بال|لل|و)?{Regex.Escape(word)}s?(?!\w)", RegexOptions.IgnoreCase);

    [GeneratedRegex(@"\d[\d,.]*")]
    private static partial Regex Number();

    [GeneratedRegex(@"https?://|www\.|(?<!\w)[#@]\w")]
    private static partial Regex Elsewhere();
}
