using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Outreach.Campaigns;

/// <summary>Unsubscribing: a page for people, because mail scanners follow links; one click for mail programs (RFC 8058).</summary>
internal static class Unsubscribe
{
    private static readonly Words English = new("en", "ltr", "Stop these messages?", "{0} will write no more to", "Unsubscribe", "Done",
        "will get no more of these messages from {0}.");

    private static readonly Words Arabic = new("ar", "rtl", "إيقاف هذه الرسائل؟", "لن يكتب {0} بعد الآن إلى", "إلغاء الاشتراك", "تم",
        "لن تصله رسائل أخرى من {0}.");

    public static async Task<IResult> Page(string token, DataSources sources, IServiceScopeFactory scopes, HttpContext http,
        CancellationToken ct)
    {
        if (await Tracking.FindAsync(sources, token, ct) is not { } found) return Results.NotFound();
        var (words, brand) = (WordsOf(http), await BrandAsync(scopes, found, ct));
        var stops = words.Stops.Replace("{0}", brand.Name, StringComparison.Ordinal);
        return Answer(words, brand, words.Question, Html.Of(
            $"""
            <p>{stops} <b dir="ltr">{found.Address}</b></p>
            <form method="post"><button>{words.Button}</button></form>
            """));
    }

    public static async Task<IResult> Confirm(string token, DataSources sources, IServiceScopeFactory scopes, HttpContext http,
        TimeProvider clock, CancellationToken ct)
    {
        if (await Tracking.FindAsync(sources, token, ct) is not { } found) return Results.NotFound();
        await Tracking.NoteAsync(scopes, found, new MessageEvent(MessageEventKind.Unsubscribed, clock.Now(), null),
            SuppressionReason.Unsubscribed, ct);
        var (words, brand) = (WordsOf(http), await BrandAsync(scopes, found, ct));
        return Answer(words, brand, words.Done, Html.Of(
            $"<p><b dir=\"ltr\">{found.Address}</b> {words.Ended.Replace("{0}", brand.Name, StringComparison.Ordinal)}</p>"));
    }

    private static Words WordsOf(HttpContext http) => AskedLanguage.Of(http) == "ar" ? Arabic : English;

    private static async Task<OrganizationBrand> BrandAsync(IServiceScopeFactory scopes, Tracking.Found found, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(found.Organization);
        return await scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>().BrandAsync(ct);
    }

    private static IResult Answer(Words words, OrganizationBrand brand, string heading, Html body) => Results.Content(Html.Of(
        $$"""
        <!doctype html><html lang="{{words.Language}}" dir="{{words.Direction}}"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
        <title>{{heading}} · {{brand.Name}}</title>
        <style>
        :root{color-scheme:light dark}
        body{font:17px/1.5 system-ui,"Noto Naskh Arabic",sans-serif;max-width:30rem;margin:12vh auto;padding:0 1.25rem}
        h1{font-size:1.5rem;margin:.25rem 0}header{opacity:.8}
        button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:.4rem;background:#1d4ed8;color:#fff;cursor:pointer}
        </style></head>
        <body><header>{{brand.Name}}</header><main><h1>{{heading}}</h1>{{body}}</main></body></html>
        """).ToString(), "text/html; charset=utf-8");

    private sealed record Words(string Language, string Direction, string Question, string Stops, string Button, string Done, string Ended);
}
