using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace RealEstateOs.Contracts.Measures;

/// <summary>A member that holds an area in square feet: a file may write it in another unit and name that.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AreaAttribute : Attribute;

/// <summary>
/// An area as people write it: "120 sqm", "1,291 sq. ft.", "0.25 acres". A unit that is not known makes the text no area.
/// </summary>
public static partial class AreaText
{
    public const decimal SquareFeetPerSquareMetre = 10.763910416709722m;

    private static readonly FrozenDictionary<string, decimal> Units = new Dictionary<decimal, string[]>
    {
        [1] = ["sqft", "sft", "sf", "sqfeet", "sqfoot", "squarefeet", "squarefoot", "squareft", "ft2", "feet2", "ftk", "قدممربع",
            "قدممربعة", "قدم2"],
        [SquareFeetPerSquareMetre] =
        [
            "sqm", "sqmt", "sqmts", "sqmtr", "sqmtrs", "sqmeter", "sqmeters", "sqmetre", "sqmetres", "squarem", "squaremeter",
            "squaremeters", "squaremetre", "squaremetres",
            "m2", "qm", "mtk", "quadratmeter", "مترمربع", "م2",
        ],
        [9] = ["sqyd", "sqyds", "sqyard", "sqyards", "squareyard", "squareyards", "yd2", "gaj"],
        [43_560] = ["acre", "acres", "ac"],
        [10_000 * SquareFeetPerSquareMetre] = ["ha", "hectare", "hectares", "hektar"],
    }.SelectMany(u => u.Value.Select(name => (name, u.Key))).ToFrozenDictionary(u => u.name, u => u.Key, StringComparer.Ordinal);

    /// <param name="text">A cell, or whatever somebody wrote.</param>
    /// <param name="squareFeet">To a hundredth.</param>
    /// <param name="unit">Square feet in the unit of a text that names none, where something else names it; a text that names another is no
    /// area.</param>
    public static bool TryRead(string? text, out decimal squareFeet, decimal? unit = null)
    {
        squareFeet = 0;
        if (text is null || text.Length > 100 || Shape().Match(text.Trim()) is not { Success: true } shape) return false;
        var said = shape.Groups["before"].Value + shape.Groups["after"].Value;
        if (!NumberText.TryRead(shape.Groups["number"].Value, out var number)) return false;
        var named = string.IsNullOrWhiteSpace(said) ? unit ?? 1 : UnitNamed(said);
        if (named is not { } factor || (unit is { } known && known != factor) || Math.Abs(number) > 1e15m) return false;
        squareFeet = factor == 1 ? number : decimal.Round(number * factor, 2);
        return true;
    }

    /// <summary>Square feet in the unit that a word means; null where it is none.</summary>
    public static decimal? UnitNamed(string? name) => name is not null && Units.TryGetValue(Plain(name), out var unit) ? unit : null;

    /// <summary>The unit that a heading ends with: "Size (m²)", "plot_size_sqm", "Area in square metres".</summary>
    public static decimal? UnitOfHeading(string heading)
    {
        var words = HeadingWord().Matches(heading).Select(w => w.Value).ToArray();
        return words.Length == 0 ? null : UnitNamed(words[^1]) ?? (words.Length == 1 ? null : UnitNamed(words[^2] + words[^1]));
    }

    private static string Plain(string name) => new([.. name.Replace('²', '2').Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    [GeneratedRegex(@"^(?<before>[^\d+\-]*)(?<number>[-+]?\d(?:[\d.,'’\u066B\u066C\u00A0\u202F\u2009 ]*\d)?)(?<after>(?:[^\d].*)?)$")]
    private static partial Regex Shape();

    [GeneratedRegex(@"[A-Z]{2,}(?![a-z])|\p{L}[\p{Ll}\d²]*")]
    private static partial Regex HeadingWord();
}
