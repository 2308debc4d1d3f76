namespace RealEstateOs.Contracts.Texts;

/// <summary>Texts of several lines, such as postal addresses, where there is room for one.</summary>
public static class OneLineText
{
    /// <summary>The lines that are not empty, with a comma between them.</summary>
    public static string OneLine(this string lines) =>
        InARow(lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The texts with a comma between them, which behind Arabic is the Arabic one.</summary>
    public static string InARow(params ReadOnlySpan<string> texts)
    {
        var (row, before) = ("", "");
        foreach (var text in texts)
        {
            row = row.Length == 0 ? text : row + (before.HoldsArabic() ? "، " : ", ") + text;
            before = text;
        }
        return row;
    }

    /// <summary>Does the text hold letters of the Arabic script?</summary>
    public static bool HoldsArabic(this string text) => text.Any(c => c is >= '\u0600' and <= '\u06FF');
}
