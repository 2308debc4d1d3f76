using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.RateLimits;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.LandingPages;

/// <summary>The form of a page: somebody asks for a viewing and becomes a lead.</summary>
internal static class RequestViewing
{
    private const int MostAnHour = 10;
    private static readonly string[] Fields = ["name", "email", "phone", "when", "message", "consent", "company"];

    /// <summary>Takes the request; what is wrong with it stands above the form.</summary>
    public static async Task<IResult> Handle(string token, HttpContext http, IServiceScopeFactory scopes, DataSources sources,
        QuotaGate quota, TimeProvider clock, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        await using var opened = await PublicPages.OpenAsync(token, scopes, sources, ct);
        if (opened is null) return PublicPages.NoPage();
        var form = await http.Request.ReadWholeFormAsync(ct);
        var entered = Fields.ToDictionary(f => f, f => Clean(form[f].ToString()));
        var language = PublicPages.LanguageOf(http, opened.Page);
        var done = Results.Redirect($"{opened.Page.Path}?sent&lang={(language == AdLanguage.Ar ? "ar" : "en")}#viewing",
            preserveMethod: false);
        // Only a machine fills what nobody sees: it is thanked, and nothing is kept.
        if (entered["company"].Length > 0 || !opened.Page.IsPublished) return done;
        var country = (await opened.Services.GetRequiredService<IOrganizationDirectory>().DefaultsAsync(ct)).Country;
        var faults = Faults(entered, country, language).ToList();
        if (faults.Count == 0 && !(await quota.TryTakeAsync($"{http.Connection.RemoteIpAddress}", "landing", MostAnHour,
            TimeSpan.FromHours(1), ct)).IsAllowed)
            faults.Add(language == AdLanguage.Ar ? "طلبات كثيرة من هذا العنوان. حاول لاحقاً."
                : "Too many requests from this address. Please try again later.");
        if (faults.Count > 0) return await opened.PageAsync(http, language, view => view with { Faults = faults, Entered = entered });
        await KeepAsync(opened, entered, language, http, clock, ct);
        return done;
    }

    private static async Task KeepAsync(OpenedPage opened, Dictionary<string, string> entered, AdLanguage language, HttpContext http,
        TimeProvider clock, CancellationToken ct)
    {
        var work = opened.Services.GetRequiredService<UnitOfWork>();
        var db = opened.Services.GetRequiredService<MarketingDb>();
        var ad = opened.Page.ByLanguage[language == AdLanguage.Ar ? "ar" : "en"];
        var consent = opened.ConsentText(ad);
        await work.BeginAsync(ct);
        var names = entered["name"].Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
        var lead = await opened.Services.GetRequiredService<ILeadIntake>().ReceiveAsync(new IncomingLead
        {
            FirstName = names[0].Shortened(100), LastName = names.Length > 1 ? names[1].Shortened(100) : "",
            Email = Given(entered["email"]), Phone = Given(entered["phone"]), Source = LeadSource.LandingPage,
            PropertyId = opened.Page.PropertyId,
            Notes = Given(string.Join("\n", new[] { entered["when"], entered["message"] }.Where(t => t.Length > 0))),
            Consent = JsonSerializer.SerializeToElement(new { marketing = true, text = consent, at = clock.Now(), source = "landing_page" },
                Json.Options),
            Metadata = JsonSerializer.SerializeToElement(new { campaign_id = opened.Page.CampaignId.Reference() }, Json.Options),
        }, ct);
        db.Add(new Enquiry { PageId = opened.Page.Id, CampaignId = opened.Page.CampaignId, LeadId = lead, ConsentText = consent,
            IpAddress = http.Connection.RemoteIpAddress?.ToString() });
        if (OpenedPage.ViaOf(http) is { } post) await opened.Services.GetRequiredService<IPostAttribution>().CameByAsync(post, lead, ct);
        await db.SaveChangesAsync(ct);
        await opened.CountAsync(views: 0, enquiries: 1, ct);
        await work.CommitAsync(ct);
    }

    private static IEnumerable<string> Faults(Dictionary<string, string> entered, string? country, AdLanguage language)
    {
        var arabic = language == AdLanguage.Ar;
        if (entered["name"].Length is 0 or > 200) yield return arabic ? "الاسم مطلوب." : "Please enter your name.";
        if (entered["email"].Length == 0 && entered["phone"].Length == 0)
            yield return arabic ? "أدخل بريداً إلكترونياً أو رقم هاتف." : "Please enter an e-mail address or a phone number.";
        if (entered["email"].Length > 0 && EmailAddress.Normalise(entered["email"]) is null)
            yield return arabic ? "البريد الإلكتروني غير صحيح." : "This is not a valid e-mail address.";
        if (entered["phone"].Length > 0 && (entered["phone"].Length > 40 || PhoneNumber.Normalise(entered["phone"], country) is null))
            yield return arabic ? "رقم الهاتف غير صحيح." : "This is not a valid phone number.";
        if (entered["when"].Length > 200 || entered["message"].Length > 2000)
            yield return arabic ? "النص طويل جداً." : "The text is too long.";
        if (entered["consent"] != "yes") yield return arabic ? "الموافقة مطلوبة كي نتواصل معك." : "We need your consent to contact you.";
    }

    private static string Clean(string text) => new string([.. text.Where(c => !char.IsControl(c) || c == '\n')]).Trim();

    private static string? Given(string text) => text.Length == 0 ? null : text;

}
