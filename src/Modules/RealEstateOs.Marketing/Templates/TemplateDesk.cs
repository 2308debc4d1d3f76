using Microsoft.Extensions.Logging;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Marketing.Templates;

/// <summary>Tries an organization's templates before they are kept, and shows them.</summary>
internal sealed class TemplateDesk(TemplatePreviews previews, Files files, FileLinks links, ILogger<TemplateDesk> log)
{
    private const int MostSides = 4;

    private static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(1);
    private static readonly string[] StarterFields = ["headline", "price", "property_features", "agent_info", "description",
        "call_to_action", "photos"];

    /// <summary>Counts the sides of the template and makes its picture, filled with an invented home.</summary>
    public async Task TryAsync(OwnTemplate template, CancellationToken ct)
    {
        var ad = SampleAd.Of(template.Market, "new_listing", AdLanguage.En);
        var most = template.Category is TemplateCategory.Postcard or TemplateCategory.Flyer ? MostSides : 1;
        if (template.Markup.Sides(ad).Count > most)
            throw Problem.Invalid(FieldError.Range("html",
                $"has more than {most} outermost articles; paper has up to {MostSides} sides, a picture or mail one"));
        template.PreviewKey = await PictureAsync(template, ad, ct);
    }

    public MarketingTemplateResponse Of(OwnTemplate t, bool inFull) => new(
        t.Reference, t.Name, t.Description, t.Category, t.Market,
        t.Missing.Count == 0 ? TemplateCompliance.ShowsRequiredDetails : TemplateCompliance.MissesRequiredDetails,
        t.PreviewKey is { } key ? links.Make(FileKey.Parse(key), $"{t.Reference}.jpg", "image/jpeg", LinkLifetime) : null,
        t.Markup.Shown, [], ["en", "ar"], false)
    {
        Theme = t.Theme, MissingFields = t.Missing, Html = inFull ? t.Html : null, Css = inFull ? t.Css : null, CreatedAt = t.CreatedAt,
        UpdatedAt = t.UpdatedAt, Version = t.Version,
    };

    public static MarketingTemplateResponse Of(StarterTemplate t) => new(
        t.Reference, t.Name, t.Description, t.Category, t.Market, TemplateCompliance.ShowsRequiredDetails,
        $"/marketing/previews/{t.Key}.jpg", StarterFields, t.Occasions, ["en", "ar"], true) { Theme = t.Theme };

    private async Task<string?> PictureAsync(OwnTemplate template, AdContent ad, CancellationToken ct)
    {
        try
        {
            var picture = await previews.RenderAsync(template.Design, template.Category, ad, ct);
            return (await files.SaveOwnAsync(picture, FileKind.Jpeg, ct)).Key.Value;
        }
        catch (RenderingUnavailableException exception)
        {
            log.LogWarning("A template has no picture: {Reason}", exception.Message);
            return null;
        }
        catch (RenderingFailedException)
        {
            throw Problem.Invalid(FieldError.Format("html", "could not be shown by the browser"));
        }
    }
}
