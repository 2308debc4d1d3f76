namespace RealEstateOs.Platform.Rendering;

/// <summary>An organization's colours on what it prints, as the variables <c>--accent</c> and <c>--ink</c> of a style sheet.</summary>
public static class BrandColours
{
    private const string Ink = "#12304a", Accent = "#0f766e";

    /// <summary>The colours where they are legible, the accent on white and white letters on the ink; else the house's own.</summary>
    public static Html Of(string? primary, string? secondary) =>
        Html.Trusted($":root{{--ink:{Dark(secondary, 0.18) ?? Ink};--accent:{Dark(primary, 0.3) ?? Accent}}}");

    /// <summary>The primary colour where white letters are legible on it and it is on white; else the house's own.</summary>
    public static string Legible(string? primary) => Dark(primary, 0.18) ?? "#1d4ed8";

    /// <summary>The colour if it is one and not lighter (relative luminance, WCAG 2) than asked.</summary>
    private static string? Dark(string? colour, double lightest)
    {
        if (colour is not ['#', .. { Length: 6 } digits] || !digits.All(char.IsAsciiHexDigit)) return null;
        double Channel(int at)
        {
            var c = Convert.ToInt32(digits.Substring(at, 2), 16) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(0) + 0.7152 * Channel(2) + 0.0722 * Channel(4) <= lightest ? colour : null;
    }
}
