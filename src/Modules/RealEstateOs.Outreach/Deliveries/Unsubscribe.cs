using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Outreach.Deliveries;

/// <summary>
/// Unsubscribing: a page for people, because mail scanners follow links, with a way back for who did it by mistake; one click for mail
/// programs (RFC 8058).
/// </summary>
internal static class Unsubscribe
{
    public static async Task<IResult> Page(string token, DataSources sources, IServiceScopeFactory scopes, HttpContext http,
        CancellationToken ct)
    {
        var w = UnsubscribeWords.Of(AskedLanguage.Of(http));
        if (await Tracking.FindAsync(sources, token, ct) is not { } found) return Unknown(w);
        var brand = await BrandAsync(scopes, found, ct);
        return Answer(w, brand, w["question"], Html.Of(
            $"""
            <p>{w.Say("stops", brand.Name)} <b><bdi dir="ltr">{found.Address}</bdi></b></p>
            <form method="post"><button>{w["button"]}</button></form>
            """));
    }

    public static async Task<IResult> Confirm(string token, DataSources sources, IServiceScopeFactory scopes, HttpContext http,
        TimeProvider clock, CancellationToken ct)
    {
        var w = UnsubscribeWords.Of(AskedLanguage.Of(http));
        if (await Tracking.FindAsync(sources, token, ct) is not { } found) return Unknown(w);
        await Tracking.NoteAsync(scopes, found, new MessageEvent(MessageEventKind.Unsubscribed, clock.Now(), null),
            SuppressionReason.Unsubscribed, ct);
        var brand = await BrandAsync(scopes, found, ct);
        return Answer(w, brand, w["done"], Html.Of(
            $"""
            <p><b><bdi dir="ltr">{found.Address}</bdi></b> {w.Say("ended", brand.Name)}</p>
            <form method="post" action="/u/{token}/undo"><button class="quiet">{w["undo"]}</button></form>
            """));
    }

    /// <summary>Takes back what its owner unsubscribed from; what an agent or a complaint put on the list stays there.</summary>
    public static async Task<IResult> Undo(string token, DataSources sources, IServiceScopeFactory scopes, HttpContext http,
        CancellationToken ct)
    {
        var w = UnsubscribeWords.Of(AskedLanguage.Of(http));
        if (await Tracking.FindAsync(sources, token, ct) is not { } found) return Unknown(w);
        await using var scope = scopes.CreateTenantScope(found.Organization);
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.BeginAsync(ct);
        await scope.ServiceProvider.GetRequiredService<ISuppressionList>().TakeBackAsync(found.Channel, found.Address, ct);
        await work.CommitAsync(ct);
        var brand = await scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>().BrandAsync(ct);
        return Answer(w, brand, w["undone"], Html.Of(
            $"""<p>{w.Say("again", brand.Name)} <b><bdi dir="ltr">{found.Address}</bdi></b></p>"""));
    }

    private static async Task<OrganizationBrand> BrandAsync(IServiceScopeFactory scopes, Tracking.Found found, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(found.Organization);
        return await scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>().BrandAsync(ct);
    }

    private static IResult Answer(UnsubscribeWords w, OrganizationBrand brand, string heading, Html body) => Results.Content(
        SmallPage.Of(w.Language, $"{heading} · {brand.Name}",
            brand.LogoAddress is { } logo ? Html.Of($"<img src=\"{logo}\" alt=\"{brand.Name}\">") : Html.Of($"<bdi>{brand.Name}</bdi>"),
            Html.Of($"<main><h1>{heading}</h1>{body}</main>"), brand.PrimaryColor), "text/html; charset=utf-8");

    private static IResult Unknown(UnsubscribeWords w) => Results.Content(
        SmallPage.Of(w.Language, w["unknown"], Html.Empty, Html.Of($"<main><h1>{w["unknown"]}</h1><p>{w["unknown.why"]}</p></main>")),
        "text/html; charset=utf-8", statusCode: 404);
}

internal sealed class UnsubscribeWords(bool arabic) : PageWords(arabic, All)
{
    private static readonly (string Key, string En, string Ar)[] All =
    [
        ("question", "Stop these messages?", "إيقاف هذه الرسائل؟"), ("stops", "{0} will write no more to", "لن يكتب {0} بعد الآن إلى"),
        ("button", "Unsubscribe", "إلغاء الاشتراك"), ("done", "Done", "تم"),
        ("ended", "will get no more of these messages from {0}.", "لن تصله رسائل أخرى من {0}."),
        ("undo", "That was a mistake: write to me again", "كان ذلك خطأً: أعيدوا مراسلتي"), ("undone", "Welcome back", "أهلاً بعودتك"),
        ("again", "{0} may write again to", "يمكن أن يكتب {0} مجدداً إلى"), ("unknown", "This link is not known", "هذا الرابط غير معروف"),
        ("unknown.why", "It may have lost its end on the way. Use the one in the mail, or answer the mail.",
            "ربما انقطعت نهايته. استخدم الرابط الوارد في الرسالة أو أجب عنها."),
    ];

    private static readonly UnsubscribeWords English = new(false), Arabic = new(true);

    public static UnsubscribeWords Of(string language) => IsArabicTag(language) ? Arabic : English;
}
