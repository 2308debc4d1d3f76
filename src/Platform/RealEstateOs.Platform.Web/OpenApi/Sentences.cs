using System.Text.RegularExpressions;

namespace RealEstateOs.Platform.OpenApi;

/// <summary>The text of an endpoint in two: a line for lists of endpoints, and what is said beyond it.</summary>
internal static partial class Sentences
{
    /// <summary>The first sentence without its full stop and without Markdown, which summaries don't show; then the rest.</summary>
    public static (string First, string More) Split(string text)
    {
        var words = Spaces().Replace(text.Trim(), " ");
        var end = End().Match(words);
        var first = end.Success ? words[..end.Index] : words;
        var rest = end.Success ? words[(end.Index + end.Length)..] : "";
        return (first.TrimEnd('.').Replace("`", "", StringComparison.Ordinal),
            rest.Length > 0 ? char.ToUpperInvariant(rest[0]) + rest[1..] : "");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // A full stop before a new sentence, a colon or a semicolon before what explains it.
    [GeneratedRegex(@"[.!?] (?=[A-Z`\""(/])|[:;] ")]
    private static partial Regex End();
}
