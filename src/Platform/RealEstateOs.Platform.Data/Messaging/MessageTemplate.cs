using System.Net;
using System.Text.RegularExpressions;
using HandlebarsDotNet;
using Microsoft.Extensions.Caching.Memory;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Messaging;

/// <summary>
/// Handlebars, as much of it as a letter needs: <c>{{owner_name}}</c>, <c>{{#if price}} … {{else}} … {{/if}}</c>, <c>{{#unless}}</c>;
/// over named lists <c>{{#each photos}}{{this}}{{/each}}</c>, never within another. Nothing in a template can run code or leave a value
/// unescaped.
/// </summary>
public static partial class MessageTemplate
{
    // Compiling costs by the square of the depth: what a letter never needs is refused before it is compiled.
    private const int MostDepth = 20, MostExpressions = 1_000;

    private static readonly MemoryCache Compiled = new(new MemoryCacheOptions { SizeLimit = 2_000 });
    private static readonly IHandlebars Plain = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
    private static readonly IHandlebars Escaped = Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new HtmlText() });

    /// <summary>What is wrong with a template; unknown variables are named beside the known ones.</summary>
    /// <param name="lists">The lists that <c>{{#each}}</c> may go through, each with the variables of its items.</param>
    public static IEnumerable<FieldError> Check(string member, string? template, IReadOnlyCollection<string> known,
        IReadOnlyDictionary<string, IReadOnlyCollection<string>>? lists = null)
    {
        if (string.IsNullOrEmpty(template)) yield break;
        if (Fault(template, known, lists, out var unknown) is { } fault) yield return FieldError.Format(member, fault);
        else if (unknown.Count > 0)
            yield return FieldError.Format(member,
                $"has unknown variables: {string.Join(", ", unknown)}. Known are {string.Join(", ", known)}");
    }

    /// <summary>As plain text: the values as they are.</summary>
    public static string Text(string template, IReadOnlyDictionary<string, string?> values) =>
        Render(Plain, "t", template, values.ToDictionary(v => v.Key, object? (v) => v.Value));

    /// <summary>As HTML: the values escaped; a template without tags of its own becomes paragraphs.</summary>
    public static string Html(string template, IReadOnlyDictionary<string, string?> values) =>
        IsHtml(template) ? Markup(template, values.ToDictionary(v => v.Key, object? (v) => v.Value)) : Paragraphs(Text(template, values));

    /// <summary>As HTML: the values, also those of lists, escaped.</summary>
    public static string Markup(string template, IReadOnlyDictionary<string, object?> values) => Render(Escaped, "h", template, values);

    /// <summary>A plain text as HTML.</summary>
    public static string Paragraphs(string text) =>
        string.Join('\n', BlankLines().Split(text.Trim()).Select(p => $"<p>{WebUtility.HtmlEncode(p).ReplaceLineEndings("<br>\n")}</p>"));

    public static bool IsHtml(string template) => Tag().IsMatch(template);

    /// <summary>What a reader without HTML sees of it; the address of a link stands behind its words.</summary>
    public static string WithoutTags(string html) =>
        WebUtility.HtmlDecode(Tag().Replace(Breaks().Replace(Link().Replace(html, Spelled), "\n"), "")).Trim();

    /// <summary>Variables that a template writes and that are empty; what it asks for with a block, it can do without.</summary>
    public static IReadOnlyList<string> Empty(string template, IReadOnlyDictionary<string, string?> values)
    {
        var names = Expression().Matches(template).Select(m => m.Groups["inner"].Value.Trim()).ToArray();
        var asked = names.Select(n => Block().Match(n)).Where(b => b.Success).Select(b => b.Groups["name"].Value).ToArray();
        return [.. names.Distinct().Where(n => values.TryGetValue(n, out var value) && string.IsNullOrEmpty(value)).Except(asked)];
    }

    private static string Spelled(Match link)
    {
        var (address, words) = (link.Groups["address"].Value, Tag().Replace(link.Groups["words"].Value, "").Trim());
        return words.Length == 0 || words == address ? address : $"{words} ({address})";
    }

    private static string? Fault(string template, IReadOnlyCollection<string> known,
        IReadOnlyDictionary<string, IReadOnlyCollection<string>>? lists, out List<string> unknown)
    {
        unknown = [];
        var (depth, expressions) = (0, 0);
        IReadOnlyCollection<string>? items = null; // within {{#each}}, the variables of its items
        foreach (Match match in Expression().Matches(template))
        {
            if (++expressions > MostExpressions) return $"has more than {MostExpressions} variables and blocks";
            var inner = match.Groups["inner"].Value.Trim();
            if (inner.StartsWith('!')) continue;
            if (match.Value.StartsWith("{{{", StringComparison.Ordinal) || inner.StartsWith('&'))
                return $"writes {inner.Trim('{', '}', '&', ' ')} unescaped; use two braces";
            var block = Block().Match(inner);
            var name = block.Success ? block.Groups["name"].Value : inner;
            if (block.Success && ++depth > MostDepth) return $"has blocks more than {MostDepth} deep in each other";
            if (name is "/if" or "/unless" or "/each") depth--;
            if (name is "/each") items = null;
            if (name is "else" or "/if" or "/unless" or "/each") continue;
            if (!Name().IsMatch(name))
                return $"has {{{{{inner}}}}}; it may have variables, {{{{#if variable}}}}, {{{{#unless variable}}}} and {{{{else}}}}";
            if (block.Success && block.Groups["kind"].Value == "each")
            {
                if (items is not null) return $"has {{{{{inner}}}}} within another {{{{#each}}}}";
                if (lists is null || !lists.TryGetValue(name, out items))
                    return $"has {{{{{inner}}}}}; {(lists is null ? "there are no lists" : $"lists are {string.Join(", ", lists.Keys)}")}";
                continue;
            }
            if (!(items ?? known).Contains(name) && !unknown.Contains(name)) unknown.Add(name);
        }
        if (Expression().Replace(template, "").Contains("{{", StringComparison.Ordinal))
            return "has a variable whose braces are not closed";
        try
        {
            Plain.Compile(template);
            return null;
        }
        catch (HandlebarsException exception)
        {
            return $"is no valid template: {exception.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static string Render(IHandlebars engine, string kind, string template, IReadOnlyDictionary<string, object?> values)
    {
        if (!template.Contains("{{", StringComparison.Ordinal)) return template;
        var compiled = Compiled.GetOrCreate(kind + template, entry =>
        {
            entry.Size = 1 + template.Length / 1024;
            entry.SlidingExpiration = TimeSpan.FromHours(1);
            return engine.Compile(template);
        })!;
        return compiled(values);
    }

    private sealed class HtmlText : ITextEncoder
    {
        public void Encode(System.Text.StringBuilder? text, TextWriter target) => target.Write(WebUtility.HtmlEncode(text?.ToString()));

        public void Encode(string? text, TextWriter target) => target.Write(WebUtility.HtmlEncode(text));

        public void Encode<T>(T? text, TextWriter target) where T : IEnumerator<char>
        {
            var all = new System.Text.StringBuilder();
            while (text?.MoveNext() == true) all.Append(text.Current);
            Encode(all, target);
        }
    }

    [GeneratedRegex(@"\{\{\{?(?<inner>[^{}]*)\}\}\}?")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^#(?<kind>if|unless|each)\s+(?<name>\S+)$")]
    private static partial Regex Block();

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex Name();

    [GeneratedRegex("</?[a-zA-Z][^<>]*>")]
    private static partial Regex Tag();

    // Bounded, and no link within another: what a stranger sends costs by its length and not by its square.
    [GeneratedRegex("(?is)<a\\s[^<>]{0,2000}href\\s*=\\s*[\"'](?<address>https?://[^\"'<>]{1,2000})[\"'][^<>]{0,2000}>"
        + "(?<words>(?>[^<]*(?:<(?!/?a\\b)[^<]*)*))</a>")]
    private static partial Regex Link();

    [GeneratedRegex("(?i)<br\\s*/?>|</(p|div|h[1-6]|li|tr)>")]
    private static partial Regex Breaks();

    [GeneratedRegex(@"(?:\r?\n){2,}")]
    private static partial Regex BlankLines();
}
