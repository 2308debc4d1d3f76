using System.Globalization;

namespace RealEstateOs.Marketing.Rendering;

/// <summary>
/// Design tokens: colours and letters. The organization's colours take the places of the theme's where they stay legible.
/// </summary>
internal sealed record AdStyle(string Ink, string Accent, string Paper, string Panel, string Muted, string Line, AdLetters Letters)
{
    private const double LegibleText = 4.5;

    public static readonly IReadOnlyDictionary<string, AdStyle> Themes = new Dictionary<string, AdStyle>(StringComparer.Ordinal)
    {
        ["luxury"] = new("#1f1b16", "#8a6a2f", "#fbf8f1", "#1f1b16", "#6f675b", "#e4dccb", AdLetters.Serif),
        ["marina"] = new("#0d2b45", "#0b7285", "#ffffff", "#0d2b45", "#5a6b7b", "#dbe4ea", AdLetters.Sans),
        ["desert"] = new("#3b2418", "#a8491f", "#fdf6ef", "#3b2418", "#7a6254", "#ecd9c8", AdLetters.Serif),
        ["garden"] = new("#1c3327", "#2f6b3f", "#f8faf5", "#1c3327", "#5d6f63", "#dde7dc", AdLetters.Sans),
        ["night"] = new("#11151c", "#7a5c1e", "#ffffff", "#11151c", "#5c6370", "#dfe2e7", AdLetters.Serif),
        ["classic"] = new("#1a2a4a", "#9b2335", "#ffffff", "#1a2a4a", "#5b6477", "#dfe3ec", AdLetters.Serif),
        ["coast"] = new("#133c4a", "#1f6f8b", "#f7fbfc", "#133c4a", "#587079", "#d9e7ec", AdLetters.Sans),
    };

    /// <summary>
    /// The primary colour becomes the accent, the secondary one the ground of dark panels: each only where letters on it can be read.
    /// </summary>
    public AdStyle WithBrand(string? primary, string? secondary) => this with
    {
        Accent = IsColour(primary) && Contrast(primary!, Paper) >= LegibleText ? primary! : Accent,
        Panel = IsColour(secondary) && Contrast(secondary!, "#ffffff") >= 7 ? secondary! : Panel,
    };

    /// <summary>The tokens as CSS variables.</summary>
    public string Css(AdLanguage language)
    {
        var (display, body) = Letters.Families(language);
        return $":root{{--ink:{Ink};--accent:{Accent};--paper:{Paper};--panel:{Panel};--muted:{Muted};"
            + $"--line:{Line};--glow:{Glow};--display:{display};--body:{body}}}";
    }

    /// <summary>The accent as it can be read on a dark ground.</summary>
    public string Glow => Lighter(Accent);

    private string Lighter(string colour)
    {
        var (r, g, b) = Rgb(colour);
        for (var step = 0; step <= 10; step++)
        {
            var lighter = $"#{Mix(r, step):x2}{Mix(g, step):x2}{Mix(b, step):x2}";
            if (Contrast(lighter, Panel) >= LegibleText) return lighter;
        }
        return "#ffffff";

        static int Mix(int channel, int step) => channel + (255 - channel) * step / 10;
    }

    internal static bool IsColour(string? text) => text is ['#', .. { Length: 6 } digits] && digits.All(char.IsAsciiHexDigit);

    /// <summary>WCAG 2 contrast of two colours, 1 to 21.</summary>
    internal static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var (r, g, b) = Rgb(colour);
        return 0.2126 * Linear(r) + 0.7152 * Linear(g) + 0.0722 * Linear(b);

        static double Linear(int channel)
        {
            var c = channel / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
    }

    private static (int R, int G, int B) Rgb(string colour) =>
        (Channel(colour, 1), Channel(colour, 3), Channel(colour, 5));

    private static int Channel(string colour, int at) =>
        int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

/// <summary>
/// Pairs of families that are installed with the product, each with static files for its weights: a variable font prints as Type 3.
/// </summary>
internal enum AdLetters { Serif, Sans }

internal static class AdLetterFamilies
{
    private const string Latin = "\"Noto Sans\",\"DejaVu Sans\"", Arabic = "\"Noto Sans Arabic\"";

    public static (string Display, string Body) Families(this AdLetters letters, AdLanguage language) => (letters, language) switch
    {
        (AdLetters.Serif, AdLanguage.Ar) => ($"\"Noto Naskh Arabic\",\"Noto Serif Display\",{Latin},serif", $"{Arabic},{Latin},sans-serif"),
        (AdLetters.Sans, AdLanguage.Ar) =>
            ($"\"Noto Kufi Arabic\",\"Noto Sans Display\",{Latin},sans-serif", $"{Arabic},{Latin},sans-serif"),
        (AdLetters.Serif, _) => ($"\"Noto Serif Display\",\"Noto Serif\",\"Noto Naskh Arabic\",serif", $"{Latin},{Arabic},sans-serif"),
        _ => ($"\"Noto Sans Display\",{Latin},{Arabic},sans-serif", $"{Latin},{Arabic},sans-serif"),
    };
}
