using System.Globalization;
using System.Text;

namespace RealEstateOs.Platform.Rendering;

/// <summary>What runs below the pages of a print, as rules of its style sheet: a text, and the page's number of how many.</summary>
public static class PageFoot
{
    /// <param name="text">Stands where a line begins.</param>
    /// <param name="pageOf">Page {0} of {1}, in the language of the print.</param>
    /// <param name="rightToLeft">Where a line begins on the right.</param>
    /// <param name="withoutFirst">The first page is a cover.</param>
    /// <param name="middle">Stands between, where there is something to say on every page.</param>
    public static Html Of(string text, string pageOf, bool rightToLeft, bool withoutFirst = false, string? middle = null)
    {
        var number = string.Join(' ', pageOf.Split("{0}") is [var before, var rest] && rest.Split("{1}") is [var between, var after]
            ? [Quoted(before), "counter(page)", Quoted(between), "counter(pages)", Quoted(after)] : ["counter(page)"]);
        var (start, end) = rightToLeft ? ("right", "left") : ("left", "right");
        var look = $"direction:{(rightToLeft ? "rtl" : "ltr")};color:#64748b;"
            + "font:7pt 'Noto Sans','DejaVu Sans','Noto Naskh Arabic',sans-serif";
        string Box(string place, string content) => $"@bottom-{place}{{content:{content};text-align:{place};white-space:nowrap;{look}}}";
        var page = $"@page{{{Box(start, Quoted(text))}{Box("center", Quoted(middle ?? ""))}{Box(end, number)}}}";
        return Html.Trusted(withoutFirst
            ? $"{page}@page:first{{{Box(start, "none")}{Box("center", "none")}{Box(end, "none")}}}" : page);
    }

    /// <summary>A text of a style sheet: whatever is neither letter nor digit is written by its number, so that nothing ends it.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value == ' ' || Rune.IsLetterOrDigit(rune)) quoted.Append(rune.ToString());
            else quoted.Append(CultureInfo.InvariantCulture, $"\\{rune.Value:x6} ");
        return quoted.Append('"').ToString();
    }
}
