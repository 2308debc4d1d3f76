using System.Globalization;

namespace RealEstateOs.Platform.Contacts;

/// <summary>What is copied along with a text and nobody sees: direction marks, zero-width spaces, soft hyphens, byte order marks.</summary>
public static class Invisible
{
    public static string Remove(string text) =>
        text.Any(IsInvisible) ? string.Concat(text.Where(c => !IsInvisible(c))) : text;

    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
