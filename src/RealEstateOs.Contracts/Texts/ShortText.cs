namespace RealEstateOs.Contracts.Texts;

/// <summary>Texts that may have no more than so many letters.</summary>
public static class ShortText
{
    /// <summary>
    /// The text, or as much of its beginning. A character of two halves, an emoji, is left out rather than cut in two: half a character is
    /// no text, and the database takes none.
    /// </summary>
    public static string Shortened(this string text, int most) =>
        text.Length <= most ? text : text[..(most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
