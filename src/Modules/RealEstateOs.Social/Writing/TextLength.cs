using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RealEstateOs.Social.Writing;

/// <summary>How long a text is in the eyes of a network.</summary>
internal static partial class TextLength
{
    private const int LinkWeight = 23;

    /// <summary>
    /// X (twitter-text v3): after NFC; a link is 23, an emoji sequence 2, Latin, Arabic and their kind 1, everything else 2.
    /// </summary>
    public static int OfX(string text)
    {
        text = text.Normalize(NormalizationForm.FormC);
        var links = Link().Count(text);
        var length = links * LinkWeight;
        foreach (var element in Elements(Link().Replace(text, "")))
            length += IsEmoji(element) ? 2 : element.EnumerateRunes().Sum(r => IsLight(r.Value) ? 1 : 2);
        return length;
    }

    private static bool IsLight(int code) => code is <= 4351 or >= 8192 and <= 8205 or >= 8208 and <= 8223 or >= 8242 and <= 8247;

    private static bool IsEmoji(string element) =>
        element.EnumerateRunes()
            .Any(r => r.Value is >= 0x1F300 and <= 0x1FAFF or >= 0x2600 and <= 0x27BF or 0xFE0F or >= 0x1F1E6 and <= 0x1F1FF);

    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext()) yield return elements.GetTextElement();
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
