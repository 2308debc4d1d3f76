using System.Text.RegularExpressions;

namespace RealEstateOs.Marketing.Rendering;

/// <summary>
/// What a template's style sheet may say. An address can stand in functions and at-rules only, so those are a closed list; a sheet can
/// leave the element it is nested into by unbalanced braces, <c>&amp;</c> or a broken string only.
/// </summary>
internal static partial class StyleRules
{
    private const int MostRules = 300, MostSelectors = 20, MostParts = 4, MostDepth = 6;

    private static readonly string[] Functions =
    [
        "var", "calc", "min", "max", "clamp", "rgb", "rgba", "hsl", "hsla", "linear-gradient", "radial-gradient", "conic-gradient",
        "repeating-linear-gradient", "color-mix", "repeat", "minmax", "fit-content", "rotate", "scale", "translate", "translatex",
        "translatey", "skew", "nth-child", "nth-of-type", "not", "lang", "dir",
    ];

    public static IEnumerable<string> Faults(string sheet, bool inElement = false)
    {
        var css = WithoutComments(sheet);
        if (css.IndexOfAny(['\\', '<', '&']) is >= 0 and var at) yield return $"has a {css[at]}";
        if (css.Contains("/*", StringComparison.Ordinal)) yield return "does not close a comment";
        foreach (var name in Call().Matches(css).Select(m => m.Groups["name"].Value.ToLowerInvariant()).Distinct())
            if (!Functions.Contains(name)) yield return $"uses {name}(); it may use {string.Join(", ", Functions)}";
        foreach (var rule in AtRule().Matches(css).Select(m => m.Value.ToLowerInvariant()).Distinct())
            if (inElement || rule != "@media") yield return $"has {rule}; it may have @media";
        if (Long().Match(css) is { Success: true } number) yield return $"has the number {number.Value}; five digits are enough";
        if (Repeat().IsMatch(css)) yield return "repeats a track a hundred times and more";
        if (Shape(css, inElement) is { } fault) yield return fault;
        else if (!inElement && Selectors(css) is { } long_) yield return long_;
    }

    public static string WithoutComments(string css) => Comment().Replace(css, " ");

    /// <summary>Strings closed on their line and free of braces; braces and brackets balanced and shallow.</summary>
    private static string? Shape(string css, bool inElement)
    {
        var (open, quote) = (new Stack<char>(), '\0');
        foreach (var c in css)
        {
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                else if (c is '\n' or '\r' or '{' or '}' or ';') return "has a string that is not closed on its line, or holds {, } or ;";
            }
            else if (c is '"' or '\'') quote = c;
            else if (c is '{' or '(' or '[')
            {
                if (inElement && c == '{') return "has a {";
                open.Push(c);
                if (open.Count > MostDepth) return $"has brackets more than {MostDepth} deep in each other";
            }
            else if (c is '}' or ')' or ']' && (!open.TryPop(out var begin) || begin != c switch { '}' => '{', ')' => '(', _ => '[' }))
                return $"has a {c} that closes nothing";
        }
        return quote != '\0' ? "does not close a string" : open.TryPeek(out var left) ? $"does not close {left}" : null;
    }

    /// <summary>Matching costs by the length of selectors.</summary>
    private static string? Selectors(string css)
    {
        var rules = Prelude().Matches(css).Select(m => m.Groups["selector"].Value.Trim()).ToList();
        if (rules.Count > MostRules) return $"has more than {MostRules} rules";
        foreach (var list in rules.Where(r => !r.StartsWith('@')).Select(r => r.Split(',')))
            if (list.Length > MostSelectors || list.Any(s => Combinators().Split(s.Trim()).Length > MostParts))
                return $"has more than {MostSelectors} selectors for a rule, or one of more than {MostParts} parts";
        return null;
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<name>[\w-]+)\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"@[\w-]*")]
    private static partial Regex AtRule();

    [GeneratedRegex(@"\d{6,}|\de\+?\d", RegexOptions.IgnoreCase)]
    private static partial Regex Long();

    [GeneratedRegex(@"repeat\(\s*\d{3,}", RegexOptions.IgnoreCase)]
    private static partial Regex Repeat();

    [GeneratedRegex(@"(?<selector>[^{};]+)\{")]
    private static partial Regex Prelude();

    [GeneratedRegex(@"\s*[\s>+~]\s*")]
    private static partial Regex Combinators();
}
