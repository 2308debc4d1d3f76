using System.Text.RegularExpressions;

namespace RealEstateOs.Marketing.Rendering;

/// <summary>
/// What shape the markup of a template may have, told from its text alone: elements closed in their order, few and shallow. So the parser
/// that follows meets nothing that makes it work for long or deep, and the cleaner can name what must not be there.
/// </summary>
internal static partial class MarkupRules
{
    private const int MostDepth = 24, MostElements = 2_000, MostAttributes = 4_000;

    public static readonly string[] Elements =
    [
        "article", "section", "header", "footer", "aside", "main", "div", "p", "span", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl",
        "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "img", "a", "b", "strong", "i", "em", "small", "s", "u", "br",
        "hr", "bdi", "figure", "figcaption", "blockquote", "sup", "sub", "time",
    ];

    private static readonly string[] Empty = ["img", "br", "hr", "area", "base", "col", "embed", "input", "link", "meta", "source", "track",
        "wbr"];

    public static IEnumerable<string> Faults(string html)
    {
        var (open, elements) = (new Stack<string>(), 0);
        foreach (Match tag in Tag().Matches(html))
        {
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            if (++elements > MostElements)
            {
                yield return $"has more than {MostElements} elements";
                yield break;
            }
            var rest = tag.Groups["rest"].Value;
            if (rest.Length > MostAttributes) yield return $"has a {name} with attributes of more than {MostAttributes} characters";
            foreach (var css in Style().Matches(rest).Select(m => m.Groups["css"].Value))
                foreach (var fault in StyleRules.Faults(css, inElement: true)) yield return $"has a style that {fault}";
            if (Empty.Contains(name)) continue;
            if (!tag.Groups["end"].Success) open.Push(name);
            else if (open.TryPop(out var last) is false || last != name)
            {
                yield return $"has a </{name}> where {(last is null ? "nothing is open" : $"{last} is")}";
                yield break;
            }
            if (open.Count > MostDepth)
            {
                yield return $"has elements more than {MostDepth} deep in each other";
                yield break;
            }
        }
        if (open.TryPeek(out var left)) yield return $"does not close {left}";
        if (Tag().Replace(html, "").Contains('<', StringComparison.Ordinal)) yield return "has a < that begins no element; write &lt;";
    }

    [GeneratedRegex(@"<(?<end>/)?(?<name>[a-zA-Z][a-zA-Z0-9-]*)(?<rest>[^<>]*)>")]
    private static partial Regex Tag();

    [GeneratedRegex("""style\s*=\s*(?:"(?<css>[^"]*)"|'(?<css>[^']*)'|(?<css>[^\s"']+))""", RegexOptions.IgnoreCase)]
    private static partial Regex Style();
}
