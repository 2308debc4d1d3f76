using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealEstateOs.Marketing.Layouts;

namespace RealEstateOs.Marketing.Rendering;

/// <summary>Puts an advertisement into a layout: a whole HTML page that loads nothing but the pictures it was given.</summary>
internal sealed partial class AdPages(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    private static readonly Dictionary<string, string> Sheets = Directory("Styles").ToDictionary(s => s.Name, s => s.Text,
        StringComparer.Ordinal);

    public async Task<string> PrintAsync(AdContent ad, AdLayout layout, AdStyle style, AdSheet sheet)
    {
        var sides = layout.Own is { } own ? own.Sides(ad).Select(InOwn) : Articles(await FragmentAsync(layout, ad, sheet));
        var page = new StringBuilder(Head(ad, style, Mm(sheet) + Sheets["paper"] + SheetOf(layout, "print")));
        foreach (var article in sides)
            page.Append("<div class=\"sheet\"><div class=\"area\">").Append(article).Append("</div>").Append(Marks(sheet)).Append("</div>");
        return page.Append("</body></html>").ToString();
    }

    public async Task<string> PictureAsync(AdContent ad, AdLayout layout, AdStyle style, AdSheet sheet) =>
        Head(ad, style, SheetOf(layout, "social"))
            + (layout.Own is { } own ? InOwn(own.Sides(ad)[0]) : await FragmentAsync(layout, ad, sheet)) + "</body></html>";

    /// <summary>A page for the web; <paramref name="head"/> is what search engines and networks read.</summary>
    public async Task<string> WebAsync(LandingView view, AdStyle style, string head)
    {
        var body = await RenderAsync(typeof(ListingPage), new() { [nameof(ListingPage.View)] = view });
        return $"""
            <!doctype html><html lang="{view.Ad.Texts.Tag}" dir="{view.Ad.Texts.Direction}"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{System.Net.WebUtility.HtmlEncode($"{view.Ad.Headline} · {view.Ad.Office.Name}")}</title>{head}
            <style>{style.Css(view.Ad.Language)}{Sheets["base"]}{Sheets["page"]}</style></head><body>{body}</body></html>
            """;
    }

    /// <summary>A mail with its style sheet, before that is inlined. Mail programs know no variables: their values are put in.</summary>
    public async Task<string> MailAsync(AdContent ad, AdLayout layout, AdStyle style)
    {
        var body = layout.Own is { } own ? string.Concat(own.Sides(ad))
            : await FragmentAsync(layout, ad, new AdSheet(AdFormat.Mail, false));
        var sheet = layout.Own is { } theirs ? StyleRules.WithoutComments(theirs.Css) : Sheets["mail"];
        var css = Variable().Replace(sheet, match => match.Groups[1].Value switch
        {
            "ink" => style.Ink, "accent" => style.Accent, "paper" => style.Paper, "muted" => style.Muted, "line" => style.Line,
            "bright" => style.Glow, _ => "#eef1f4",
        });
        return $"""
            <!doctype html><html lang="{ad.Texts.Tag}" dir="{ad.Texts.Direction}"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
            <title>{System.Net.WebUtility.HtmlEncode(ad.Headline)}</title><style>{css}</style></head><body>{body}</body></html>
            """;
    }

    private Task<string> FragmentAsync(AdLayout layout, AdContent ad, AdSheet sheet)
    {
        var parameters = new Dictionary<string, object?> { [nameof(LayoutBase.Advert)] = ad, [nameof(LayoutBase.On)] = sheet };
        if (layout.Look is { } look) parameters["Look"] = look;
        return RenderAsync(layout.Component!, parameters);
    }

    private async Task<string> RenderAsync(Type component, Dictionary<string, object?> parameters)
    {
        // A renderer for each page: one that is kept grows with every page.
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        return await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    private static string InOwn(string side) => $"<div class=\"own\">{side}</div>";

    private static string SheetOf(AdLayout layout, string ours) => layout.Own is { } own ? Sheets["own"] + own.ScopedCss : Sheets[ours];

    private static string Head(AdContent ad, AdStyle style, string css) =>
        $"""
        <!doctype html><html lang="{ad.Texts.Tag}" dir="{ad.Texts.Direction}"><head><meta charset="utf-8">
        <title>{System.Net.WebUtility.HtmlEncode(ad.Headline)}</title>
        <style>{style.Css(ad.Language)}{Sheets["base"]}{css}</style></head><body>
        """;

    private static string Mm(AdSheet sheet) => string.Create(CultureInfo.InvariantCulture,
        $":root{{--w:{sheet.Format.Width}mm;--h:{sheet.Format.Height}mm;--bleed:{sheet.Bleed}mm;--margin:{sheet.Margin}mm}}"
            + $"@page{{size:{sheet.Format.Width + 2 * sheet.Margin}mm {sheet.Format.Height + 2 * sheet.Margin}mm;margin:0}}");

    // Each outermost article of a layout is a side of its own.
    private static IEnumerable<string> Articles(string html) =>
        html.Split("</article>").Where(a => a.Contains("<article", StringComparison.Ordinal)).Select(a => a + "</article>");

    private static string Marks(AdSheet sheet)
    {
        if (!sheet.ForPress) return "";
        var (near, far) = (AdSheet.SlugMm + AdSheet.BleedMm, AdSheet.SlugMm - 4.5);
        var marks = new StringBuilder();
        foreach (var (x, y) in new[] { ("left", "top"), ("right", "top"), ("left", "bottom"), ("right", "bottom") })
            marks.Append(CultureInfo.InvariantCulture,
                $"<i class=\"mark v\" style=\"{x}:{near}mm;{y}:{far}mm\"></i><i class=\"mark h\" style=\"{y}:{near}mm;{x}:{far}mm\"></i>");
        return marks.ToString();
    }

    [GeneratedRegex(@"var\(--([a-z]+)\)")]
    private static partial Regex Variable();

    private static IEnumerable<(string Name, string Text)> Directory(string folder)
    {
        var assembly = typeof(AdPages).Assembly;
        var prefix = $"RealEstateOs.Marketing.{folder}.";
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (Path.GetFileNameWithoutExtension(name[prefix.Length..]), reader.ReadToEnd());
        }
    }
}

/// <summary>A component that lays an advertisement out, and its look where it has several; or an organization's own markup.</summary>
internal sealed record AdLayout(Type? Component, string? Look = null, OwnMarkup? Own = null);
