using System.Text;
using System.Text.RegularExpressions;

namespace RealEstateOs.Platform.Persistence;

/// <summary>
/// Text as it is compared when people search and when names are matched: without accents, hamza, short vowels and tatweel, with ى as ي and
/// ة as ه, digits as 0 to 9, in lower case, without the Arabic article. In a query of EF it is <c>platform.fold</c>, which does the same.
/// </summary>
public static partial class Folding
{
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['ى'] = "ي", ['ة'] = "ه", ['ٱ'] = "ا", ['ک'] = "ك", ['ی'] = "ي", ['ø'] = "o", ['đ'] = "d", ['ł'] = "l", ['ı'] = "i", ['ß'] = "ss",
        ['æ'] = "ae", ['œ'] = "oe",
    };

    public static string Fold(string text)
    {
        var plain = Marks().Replace(Whole(text).Normalize(NormalizationForm.FormKD), "").ToLowerInvariant();
        var folded = new StringBuilder(plain.Length);
        foreach (var c in plain)
        {
            if (Letters.TryGetValue(c, out var letters)) folded.Append(letters);
            else if (c is >= '٠' and <= '٩') folded.Append((char)(c - '٠' + '0'));
            else if (c is >= '۰' and <= '۹') folded.Append((char)(c - '۰' + '0'));
            else folded.Append(c);
        }
        return Article().Replace(folded.ToString(), "$1");
    }

    // Half a surrogate pair can't be normalised.
    private static string Whole(string text) => string.Concat(text.EnumerateRunes());

    [GeneratedRegex("[\u0300-\u036F\u0640\u064B-\u065F\u0670\u06D6-\u06ED]")]
    private static partial Regex Marks();

    [GeneratedRegex("(^|[^\u0621-\u064A])ال(?=[\u0621-\u064A]{3})")]
    private static partial Regex Article();
}
