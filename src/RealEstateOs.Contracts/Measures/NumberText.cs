using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RealEstateOs.Contracts.Measures;

/// <summary>What separates the whole from its fraction: unsaid, a text is read only where it can be meant in one way.</summary>
public enum DecimalMark { Unsaid, Point, Comma }

/// <summary>
/// A number as people write it: thousands apart by comma, point, apostrophe or space, in Latin, Arabic or Persian digits.
/// </summary>
public static partial class NumberText
{
    /// <param name="text">The digits, with nothing else around them.</param>
    /// <param name="number">What they say.</param>
    /// <param name="mark">What a list is known to write before the fraction.</param>
    public static bool TryRead(string text, out decimal number, DecimalMark mark = DecimalMark.Unsaid)
    {
        var digits = GroupSpace().Replace(Latin(text).Trim(), "");
        if (mark == DecimalMark.Comma)
        {
            number = 0;
            if (!Continental().IsMatch(digits)) return false;
            digits = digits.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        }
        else if (mark == DecimalMark.Unsaid && ThousandsByPoint().IsMatch(digits))
            digits = digits.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        else if (ThousandsByComma().IsMatch(digits)) digits = digits.Replace(",", "", StringComparison.Ordinal);
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(digits, styles, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Might this be thousands as well as thousandths? "597.500" is both.</summary>
    public static bool IsAmbiguous(string digits) => PointAndThree().IsMatch(Latin(digits).Trim());

    private static string Latin(string text)
    {
        if (text.All(char.IsAscii)) return text;
        var latin = new StringBuilder(text.Length);
        foreach (var c in text)
            latin.Append(c switch
            {
                >= '\u0660' and <= '\u0669' => (char)(c - '\u0660' + '0'),
                >= '\u06F0' and <= '\u06F9' => (char)(c - '\u06F0' + '0'),
                '\u066B' => '.',
                '\u066C' or '\u2019' or '\u00A0' or '\u202F' or '\u2009' => '\'',
                _ => c,
            });
        return latin.ToString();
    }

    [GeneratedRegex(@"(?<=\d)[ '](?=\d{3}(?!\d))")]
    private static partial Regex GroupSpace();

    [GeneratedRegex(@"^[-+]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$")]
    private static partial Regex Continental();

    [GeneratedRegex(@"^[-+]?\d{1,3}(\.\d{3})+,\d+$|^[-+]?\d{1,3}(\.\d{3}){2,}$|^[-+]?\d+,\d{1,2}$")]
    private static partial Regex ThousandsByPoint();

    [GeneratedRegex(@"^[-+]?\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?$")]
    private static partial Regex ThousandsByComma();

    [GeneratedRegex(@"^[-+]?[1-9]\d{0,2}\.\d{3}$")]
    private static partial Regex PointAndThree();
}
