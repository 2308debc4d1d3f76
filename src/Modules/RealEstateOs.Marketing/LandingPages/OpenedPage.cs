using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Marketing.LandingPages;

/// <summary>A page within the scope of its organization.</summary>
internal sealed class OpenedPage(AsyncServiceScope scope, LandingPage page) : IAsyncDisposable
{
    public IServiceProvider Services => scope.ServiceProvider;

    public LandingPage Page => page;

    /// <summary>The token of the post whose link led here; null where none did.</summary>
    public static string? ViaOf(HttpContext http) => http.Request.Query["via"].FirstOrDefault() is { Length: >= 10 and <= 32 } token
        && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? token : null;

    public string ConsentText(AdContent ad) => ad.Language == AdLanguage.Ar
        ? $"أوافق على أن تتواصل معي {ad.Office.Name} بشأن هذا العقار عبر البريد الإلكتروني أو الهاتف أو الرسائل."
        : $"I agree that {ad.Office.Name} may contact me about this property by e-mail, phone or text message.";

    public async Task<IResult> PageAsync(HttpContext http, AdLanguage language, Func<LandingView, LandingView> with)
    {
        var address = Services.GetRequiredService<PublicAddress>();
        var ad = page.ByLanguage[language == AdLanguage.Ar ? "ar" : "en"];
        var brand = await Services.GetRequiredService<IOrganizationDirectory>().BrandAsync(http.RequestAborted);
        if (brand.Logo is not null) ad = ad with { Office = ad.Office with { Logo = $"{page.Path}/logo.png" } };
        var view = with(new LandingView(ad, $"{page.Path}/viewing?lang={ad.Texts.Tag}{(ViaOf(http) is { } post ? $"&via={post}" : "")}")
        {
            IsPreview = !page.IsPublished, ConsentText = ConsentText(ad),
            Photos = [.. Enumerable.Range(0,
                page.PhotoSources.Count)
                .Select(i => new PagePhoto($"{page.Path}/photos/{i}-1200.jpg",
                    string.Join(", ", new[] { 400, 800, 1200, 2000 }.Select(w => $"{page.Path}/photos/{i}-{w}.jpg {w}w"))))],
            Languages = [.. page.ByLanguage.Keys.Where(l => l != ad.Texts.Tag)
                .Select(l => (l, l == "ar" ? "العربية" : "English", $"{page.Path}?lang={l}"))],
        });
        var listing = page.PropertyId is { } property
            ? (await Services.GetRequiredService<IListings>().SnapshotsAsync([property], http.RequestAborted)).GetValueOrDefault(property)
            : null;
        var style = AdStyle.Themes[page.Theme].WithBrand(brand.PrimaryColor, brand.SecondaryColor);
        var html = await Services.GetRequiredService<AdPages>().WebAsync(view, style, LandingHead.Of(view, page, listing, address));
        Protect(http);
        return Results.Content(html, "text/html; charset=utf-8", statusCode: view.Faults.Count > 0 ? 422 : 200);
    }

    /// <summary>By day, without a trace of who it was.</summary>
    public async Task CountAsync(int views, int enquiries, CancellationToken ct)
    {
        var db = Services.GetRequiredService<MarketingDb>();
        var day = DateOnly.FromDateTime(Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into marketing.landing_days as d (organization_id, page_id, day, views, enquiries)
            values ({page.OrganizationId.Value}, {page.Id.Value}, {day}, {views}, {enquiries})
            on conflict (page_id, day) do update set views = d.views + excluded.views, enquiries = d.enquiries + excluded.enquiries
            """, ct);
    }

    private void Protect(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Language";
        if (!page.IsPublished) headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}

/// <summary>What search engines and networks read.</summary>
internal static class LandingHead
{
    public static string Of(LandingView view, LandingPage page, ListingSnapshot? listing, PublicAddress address)
    {
        var ad = view.Ad;
        var (url, card) = (address.Of(page.Path), address.Of($"{page.Path}/card.jpg"));
        var description = ad.Paragraphs.FirstOrDefault() ?? ad.Place;
        var tags = new List<Html>
        {
            Html.Of($"<meta name=\"description\" content=\"{description}\"><link rel=\"canonical\" href=\"{url}\">"),
            Html.Of($"<meta property=\"og:type\" content=\"website\"><meta property=\"og:title\" content=\"{ad.Headline}\">"),
            Html.Of($"<meta property=\"og:description\" content=\"{description}\">"),
            Html.Of($"<meta property=\"og:url\" content=\"{url}\"><meta property=\"og:image\" content=\"{card}\">"),
            Html.Of($"<meta property=\"og:image:width\" content=\"1200\"><meta property=\"og:image:height\" content=\"628\">"),
            Html.Of($"<meta property=\"og:locale\" content=\"{(ad.Texts.IsArabic ? "ar_AE" : "en_US")}\">"),
            Html.Of($"<meta name=\"twitter:card\" content=\"summary_large_image\">"),
        };
        if (view.IsPreview) tags.Add(Html.Trusted("<meta name=\"robots\" content=\"noindex\">"));
        if (listing is not null)
            tags.Add(Html.Trusted($"<script type=\"application/ld+json\">{Json(ad, listing, url, card, page)}</script>"));
        return Html.Join(tags).ToString();
    }

    /// <summary>schema.org; in the default encoder no text of it can end the script element.</summary>
    private static string Json(AdContent ad, ListingSnapshot listing, string url, string card, LandingPage page) =>
        JsonSerializer.Serialize(Without(new Dictionary<string, object?>
        {
            ["@context"] = "https://schema.org", ["@type"] = "RealEstateListing", ["name"] = ad.Headline, ["url"] = url, ["image"] = card,
            ["inLanguage"] = ad.Texts.Tag,
            ["datePosted"] = (page.PublishedAt ?? page.CreatedAt).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["description"] = ad.Paragraphs.FirstOrDefault(),
            ["mainEntity"] = Without(new Dictionary<string, object?>
            {
                ["@type"] = listing.PropertyType switch
                {
                    PropertyType.Apartment or PropertyType.LuxuryApartment or PropertyType.Penthouse or PropertyType.Studio
                        or PropertyType.Duplex or PropertyType.Condo or PropertyType.HotelApartment => "Apartment",
                    PropertyType.SingleFamily => "SingleFamilyResidence",
                    PropertyType.Villa or PropertyType.Townhouse or PropertyType.MultiFamily => "House", _ => "Place",
                },
                ["numberOfBedrooms"] = listing.Bedrooms, ["numberOfBathroomsTotal"] = listing.Bathrooms, ["yearBuilt"] = listing.YearBuilt,
                ["floorSize"] = listing.SquareFeet is { } area
                    ? new Dictionary<string, object> { ["@type"] = "QuantitativeValue", ["value"] = area, ["unitCode"] = "FTK" } : null,
                ["address"] = Without(new Dictionary<string, object?>
                {
                    ["@type"] = "PostalAddress", ["streetAddress"] = listing.Address, ["addressLocality"] = listing.City,
                    ["addressRegion"] = listing.State, ["postalCode"] = listing.ZipCode, ["addressCountry"] = listing.Country,
                }),
                ["geo"] = listing is { Latitude: { } lat, Longitude: { } lng }
                    ? new Dictionary<string, object> { ["@type"] = "GeoCoordinates", ["latitude"] = lat, ["longitude"] = lng } : null,
            }),
            ["offers"] = listing.Price is { } price ? new Dictionary<string, object>
            {
                ["@type"] = "Offer", ["price"] = price, ["priceCurrency"] = listing.Currency,
                ["availability"] = listing.Status == PropertyStatus.Available ? "https://schema.org/InStock" : "https://schema.org/SoldOut",
                ["businessFunction"] = $"http://purl.org/goodrelations/v1#{(ad.Price?.Period is null ? "Sell" : "LeaseOut")}",
            } : null,
        }));

    private static Dictionary<string, object?> Without(Dictionary<string, object?> members) =>
        members.Where(m => m.Value is not null).ToDictionary();
}
