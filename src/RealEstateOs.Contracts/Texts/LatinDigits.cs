namespace RealEstateOs.Contracts.Texts;

/// <summary>Arabic and Persian digits as Latin ones, the only ones that .NET reads numbers from.</summary>
public static class LatinDigits
{
    /// <summary>The text with <c>١٬٨٠٠٫٥</c> as <c>1,800.5</c>.</summary>
    public static string WithLatinDigits(this string text) => string.Concat(text.Select(c => c switch
    {
        >= '\u0660' and <= '\u0669' => (char)(c - '\u0660' + '0'),
        >= '\u06F0' and <= '\u06F9' => (char)(c - '\u06F0' + '0'),
        '\u066B' => '.',
        '\u066C' => ',',
        _ => c,
    }));
}
