using Ganss.Xss;

namespace RealEstateOs.Marketing.Rendering;

/// <summary>Leaves of markup what an advertisement needs: no script, no form, no picture but those it was given.</summary>
internal static class MarkupCleaner
{
    private const int MostPictures = 24;

    private static readonly HashSet<string> Attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        "class", "style", "dir", "lang", "alt", "src", "href", "width", "height", "title", "colspan", "rowspan", "role", "aria-hidden",
        "aria-label", "cellpadding", "cellspacing", "border", "align", "valign", "bgcolor",
    };

    // What the sanitizer's own list leaves out and layouts of today are made of.
    private static readonly string[] MoreProperties =
    [
        "gap", "row-gap", "column-gap", "object-fit", "object-position", "aspect-ratio", "inset", "inset-inline", "inset-block",
        "inset-inline-start", "inset-inline-end", "place-items", "place-content", "place-self", "padding-inline", "padding-block",
        "padding-inline-start", "padding-inline-end", "margin-inline", "margin-block", "margin-inline-start", "margin-inline-end",
        "border-inline-start", "border-inline-end", "text-wrap", "overflow-wrap",
    ];

    /// <summary>The outermost articles, each with its element; without any, all of it as one.</summary>
    /// <param name="picture">The address of a picture that the advertisement has; null for any other.</param>
    public static IReadOnlyList<string> Clean(string html, Func<string, string?> picture, List<string> faults)
    {
        var sanitizer = Make(picture, faults);
        using var document = sanitizer.SanitizeDom(html);
        var images = document.Body!.QuerySelectorAll("img").ToList();
        if (images.Count > MostPictures) faults.Add($"shows {images.Count} pictures; {MostPictures} are possible");
        foreach (var image in images.Skip(MostPictures)) image.Remove();
        foreach (var image in images.Take(MostPictures))
            if (picture(image.GetAttribute("src") ?? "") is { } address) image.SetAttribute("src", address);
            else image.Remove();
        var articles = document.Body.Children.Where(c => c.LocalName == "article").ToList();
        return articles.Count > 0 ? [.. articles.Select(a => a.OuterHtml)]
            : [$"<article>{document.Body.InnerHtml}</article>"];
    }

    private static HtmlSanitizer Make(Func<string, string?> picture, List<string> faults)
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(MarkupRules.Elements, StringComparer.OrdinalIgnoreCase), AllowedAttributes = Attributes,
            AllowedCssProperties = new HashSet<string>(HtmlSanitizerDefaults.AllowedCssProperties.Concat(MoreProperties),
                StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "https", "http", "mailto", "tel" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "src", "href" },
        });
        sanitizer.FilterUrl += (_, e) => e.SanitizedUrl = e.Tag.LocalName switch
        {
            "img" => picture(e.OriginalUrl) is null ? null : e.OriginalUrl,
            "a" => Uri.TryCreate(e.OriginalUrl, UriKind.Absolute, out Uri? _) ? e.SanitizedUrl : null,
            _ => null,
        };
        sanitizer.RemovingTag += (_, e) => faults.Add(
            $"has the element {e.Tag.LocalName}; it may have {string.Join(", ", MarkupRules.Elements)}");
        sanitizer.RemovingAttribute += (_, e) =>
        {
            if (e.Attribute.Name is not ("src" or "href")) faults.Add($"has the attribute {e.Attribute.Name}");
            else if (e.Attribute.Value.Length > 0) // an advertisement that lacks the picture is no fault of the template
                faults.Add($"has a {e.Tag.LocalName} with the address {Cut(e.Attribute.Value)}; "
                    + "pictures are variables, links https, mailto or tel");
        };
        sanitizer.RemovingStyle += (_, e) => faults.Add($"has a style with {e.Style.Name}");
        return sanitizer;
    }

    private static string Cut(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
