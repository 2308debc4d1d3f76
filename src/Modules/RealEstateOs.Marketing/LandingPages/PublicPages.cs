using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Marketing.LandingPages;

/// <summary>What everybody may see: a page by the token in its address, its pictures, and its form.</summary>
internal static class PublicPages
{
    private const int LongestWidth = 2000;

    /// <summary>The page; a published one counts the look.</summary>
    public static async Task<IResult> Show(string token, HttpContext http, IServiceScopeFactory scopes, DataSources sources,
        CancellationToken ct)
    {
        await using var opened = await OpenAsync(token, scopes, sources, ct);
        if (opened is null) return NoPage();
        if (opened.Page.IsPublished && !http.IsHead()) await opened.CountAsync(views: 1, enquiries: 0, ct);
        var sent = http.Request.Query.ContainsKey("sent");
        return await opened.PageAsync(http, LanguageOf(http, opened.Page), view => view with { IsSent = sent });
    }

    /// <summary>One of its photographs, no larger than asked; anybody may keep it.</summary>
    public static async Task<IResult> Photo(string token, int number, int width, HttpContext http, IServiceScopeFactory scopes,
        DataSources sources, CancellationToken ct)
    {
        if (width is < 100 or > LongestWidth) return NoPage();
        await using var opened = await OpenAsync(token, scopes, sources, ct);
        if (opened is null || number < 0 || number >= opened.Page.PhotoSources.Count) return NoPage();
        // Widths in steps: a picture is made a few times, not once for every screen.
        var step = Math.Min(LongestWidth, (width + 399) / 400 * 400);
        return await opened.Services.GetRequiredService<PhotoSizes>().JpegAsync(opened.Page.PhotoSources[number], step, ct) is { } jpeg
            ? Picture(http, jpeg, "image/jpeg") : NoPage();
    }

    /// <summary>The office's logo.</summary>
    public static async Task<IResult> Logo(string token, HttpContext http, IServiceScopeFactory scopes, DataSources sources,
        CancellationToken ct)
    {
        await using var opened = await OpenAsync(token, scopes, sources, ct);
        if (opened is null) return NoPage();
        var brand = await opened.Services.GetRequiredService<IOrganizationDirectory>().BrandAsync(ct);
        return brand.Logo is { } logo
            && await opened.Services.GetRequiredService<PhotoSizes>().PngAsync(new PhotoSource(logo.FileKey, logo.Url), 600, ct) is { } png
            ? Picture(http, png, "image/png") : NoPage();
    }

    /// <summary>The permit's QR code, for mails.</summary>
    public static async Task<IResult> Permit(string token, HttpContext http, IServiceScopeFactory scopes, DataSources sources,
        CancellationToken ct)
    {
        await using var opened = await OpenAsync(token, scopes, sources, ct);
        if (opened?.Page.PropertyId is not { } property) return NoPage();
        var url = await opened.Services.GetRequiredService<MarketingDb>().Adverts.AsNoTracking().Where(a => a.PropertyId == property)
            .Select(a => a.PermitUrl).FirstOrDefaultAsync(ct);
        return Picture(http, QrCode.Png(url ?? opened.Services.GetRequiredService<PublicAddress>().Of(opened.Page.Path)), "image/png");
    }

    /// <summary>The picture that networks show beside a link to the page.</summary>
    public static async Task<IResult> Card(string token, HttpContext http, IServiceScopeFactory scopes, DataSources sources,
        CancellationToken ct)
    {
        await using var opened = await OpenAsync(token, scopes, sources, ct);
        if (opened is null) return NoPage();
        var db = opened.Services.GetRequiredService<MarketingDb>();
        var key = await db.Assets.AsNoTracking()
            .Where(a => a.CampaignId == opened.Page.CampaignId && a.Channel == MarketingChannel.Social
                && a.Format == AdFormat.Landscape.Name && a.State == AssetState.Ready)
            .OrderBy(a => a.Id).Select(a => a.FileKey).FirstOrDefaultAsync(ct);
        var source = key is not null ? new PhotoSource(key, null) : opened.Page.PhotoSources.FirstOrDefault();
        return source is not null && await opened.Services.GetRequiredService<PhotoSizes>().JpegAsync(source, 1200, ct) is { } jpeg
            ? Picture(http, jpeg, "image/jpeg") : NoPage();
    }

    internal static AdLanguage LanguageOf(HttpContext http, LandingPage page)
    {
        var known = page.ByLanguage.Keys.ToArray();
        var asked = http.Request.Query["lang"].FirstOrDefault()
            ?? (http.Request.Headers.AcceptLanguage.ToString().StartsWith("ar", StringComparison.OrdinalIgnoreCase) ? "ar" : "en");
        return (known.Contains(asked) ? asked : known[0]) == "ar" ? AdLanguage.Ar : AdLanguage.En;
    }

    internal static async Task<OpenedPage?> OpenAsync(string token, IServiceScopeFactory scopes, DataSources sources, CancellationToken ct)
    {
        if (token.Length is < 20 or > 64 || token.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))) return null;
        OrganizationId organization;
        // Whose page it is, only the token says.
        await using (var command = sources.System.CreateCommand("select organization_id from marketing.landing_pages where token = $1"))
        {
            command.Parameters.Add(new() { Value = token });
            if (await command.ExecuteScalarAsync(ct) is not long id) return null;
            organization = new OrganizationId(id);
        }
        var scope = scopes.CreateTenantScope(organization);
        var db = scope.ServiceProvider.GetRequiredService<MarketingDb>();
        // A page that was public and is not any more is gone; one that never was is a preview for who has its address.
        var page = await db.LandingPages.AsNoTracking().FirstOrDefaultAsync(
            p => p.Token == token && (p.IsPublished || p.PublishedAt == null), ct);
        if (page is not null && await db.Campaigns.AnyAsync(c => c.Id == page.CampaignId, ct)) return new OpenedPage(scope, page);
        await scope.DisposeAsync();
        return null;
    }

    private static IResult Picture(HttpContext http, byte[] content, string type)
    {
        http.Response.Headers.CacheControl = "public, max-age=86400";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return Results.Bytes(content, type);
    }

    internal static IResult NoPage() => Results.Content(SmallPage.Of("en", "Not found", Html.Empty, Html.Of(
        $"""<main><h1>This page does not exist any more.</h1><p lang="ar" dir="rtl">لم تعد هذه الصفحة موجودة.</p></main>""")),
        "text/html; charset=utf-8", statusCode: 404);
}
