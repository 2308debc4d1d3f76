using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Marketing.Templates;

/// <summary>Pictures of the starter templates, filled with an invented home: made once by each host, when somebody looks.</summary>
internal sealed class TemplatePreviews(PageRenderer renderer, AdPages pages)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> made = new(StringComparer.Ordinal);

    /// <summary>The picture of a template.</summary>
    public static async Task<IResult> Handle(string name, HttpContext http, TemplatePreviews previews)
    {
        if (StarterTemplates.Find($"tmpl_{name}") is not { } template) return Results.NotFound();
        try
        {
            http.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Bytes(await previews.OfAsync(template), "image/jpeg");
        }
        catch (Exception exception) when (exception is RenderingUnavailableException or RenderingFailedException)
        {
            throw Problem.Unavailable(exception.Message);
        }
    }

    public async Task<byte[]> OfAsync(StarterTemplate template)
    {
        var making = made.GetOrAdd(template.Key,
            _ => new Lazy<Task<byte[]>>(() => RenderAsync(template.Design, template.Category,
                SampleAd.Of(template.Market, template.Occasions[0], AdLanguage.En), CancellationToken.None)));
        try
        {
            return await making.Value;
        }
        catch
        {
            made.TryRemove(template.Key, out _); // a later look may find a browser
            throw;
        }
    }

    /// <summary>The first side of a print, the square post of a picture, the top of a mail or page.</summary>
    public async Task<byte[]> RenderAsync(AdDesign design, TemplateCategory category, AdContent ad, CancellationToken ct)
    {
        var (layout, style) = (design.Layout, design.Style);
        var (html, width, height) = category switch
        {
            TemplateCategory.Flyer =>
                (await pages.PrintAsync(ad, layout, style, new AdSheet(AdFormat.A4, false)), 794, 1123),
            TemplateCategory.Postcard =>
                (await pages.PrintAsync(ad, layout, style, new AdSheet(AdFormat.A5Landscape, false)), 794, 559),
            TemplateCategory.Social =>
                (await pages.PictureAsync(ad, layout, style, new AdSheet(AdFormat.Post, false)), 1080, 1080),
            TemplateCategory.Email => (await pages.MailAsync(InMail(ad), layout, style), 640, 1100),
            _ => (await pages.WebAsync(SampleAd.Page(ad), style, ""), 1200, 1000),
        };
        return await renderer.ImageAsync(html, [], width, height, ImageKind.Jpeg, ct);
    }

    // A mail shows the permit's code as a picture.
    private static AdContent InMail(AdContent ad) => ad.Permit is { Code: ['<', ..] svg } permit
        ? ad with { Permit = permit with { Code = OwnMarkup.AsPicture(svg) } } : ad;
}
