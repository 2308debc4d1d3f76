namespace RealEstateOs.Contracts.Texts;

/// <summary>Texts of several lines, such as postal addresses, where there is room for one.</summary>
public static class OneLineText
{
    /// <summary>The lines that are not empty, with a comma between them.</summary>
    public static string OneLine(this string lines) =>
        string.Join(", ", lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
