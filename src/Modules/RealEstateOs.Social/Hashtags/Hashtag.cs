using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Texts;

namespace RealEstateOs.Social.Hashtags;

/// <summary>What is a hashtag, in letters of any script.</summary>
internal static partial class Hashtag
{
    private const int Longest = 100;

    public static IEnumerable<string> In(string text) => Tag().Matches(text).Select(m => m.Value);

    /// <summary>With its sign; null for what networks would not read as one.</summary>
    public static string? Read(string text)
    {
        var tag = "#" + text.Trim().TrimStart('#');
        return tag.Length <= Longest && Tag().Match(tag) is { Success: true } match && match.Length == tag.Length ? tag : null;
    }

    /// <summary>A name as a hashtag: <c>Marina Heights</c> is <c>#MarinaHeights</c>; null for what is too short to mean anything.</summary>
    public static string? OfName(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        var arabic = name.HoldsArabic();
        var words = Words().Matches(name)
            .Select(m => arabic ? m.Value : char.ToUpper(m.Value[0], CultureInfo.InvariantCulture) + m.Value[1..]);
        return Read(new StringBuilder().AppendJoin(arabic ? "_" : "", words).ToString()) is { Length: > 3 } tag ? tag : null;
    }

    [GeneratedRegex(@"(?<![\w&/])#(?=\w*\p{L})[\w]+")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}]+")]
    private static partial Regex Words();
}
