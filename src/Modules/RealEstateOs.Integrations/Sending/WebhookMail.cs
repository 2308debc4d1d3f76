using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Integrations.Sending;

/// <summary>Tells that events are no longer sent to an endpoint, why, and how to go on.</summary>
internal static class WebhookMail
{
    /// <param name="host">Of the endpoint; the rest of its address may hold a token.</param>
    /// <param name="endpoint">Where it is made active again.</param>
    public static Mail To(Person manager, OrganizationBrand office, string host, string why, string endpoint, string log)
    {
        var w = WebhookWords.Of(office.Locale);
        var call = $$"""
            PATCH {{endpoint}}
            {"is_active": true}
            """;
        var (hello, stopped) = (w.Say("hello", manager.FullName), w.Say("stopped", host));
        return new OfficeMail(office, w).To(manager, w.Say("disabled", host), $"""
            {hello}

            {stopped} {why}

            {w["kept"]}

            {call}

            {w["log"]} GET {log}
            """, Html.Of($"""
            <p>{hello}</p><p>{stopped} {why}</p><p>{w["kept"]}</p>
            {Call(call)}<p>{w["log"]}</p>{Call($"GET {log}")}
            """));
    }

    private static Html Call(string call) => Html.Of($"""
        <pre dir="ltr" style="background:#f1f4f8;padding:12px;white-space:pre-wrap;overflow-wrap:anywhere">{call}</pre>
        """);
}

internal sealed class WebhookWords(bool arabic) : PageWords(arabic, All)
{
    private static readonly (string Key, string En, string Ar)[] All =
    [
        ("hello", "Hello {0},", "مرحباً {0}،"), ("disabled", "The webhook to {0} was disabled", "أُوقف الويب هوك إلى {0}"),
        ("stopped", "Events are no longer sent to {0}.", "لم تعد الأحداث تُرسل إلى {0}."),
        ("kept", "They are kept meanwhile. When the receiver works again, make the endpoint active: what was kept goes out then, in order.",
            "تُحفظ الأحداث في هذه الأثناء. عندما يعود المستقبِل إلى العمل فعّل النقطة فيُرسل ما حُفظ بترتيبه."),
        ("log", "What the receiver answered is in the log:", "ردود المستقبِل في السجل:"),
        ("gone", "The receiver answered 410 Gone, which means that it wants no more.",
            "أجاب المستقبِل بـ \u2066410 Gone\u2069، أي أنه لا يريد المزيد."),
        ("failed", "The last {0} attempts failed, and none has succeeded since {1:yyyy-MM-dd HH:mm} UTC.",
            "فشلت آخر {0} محاولات، ولم تنجح أي محاولة منذ {1:yyyy-MM-dd HH:mm} UTC."),
    ];

    private static readonly WebhookWords English = new(false), Arabic = new(true);

    public static WebhookWords Of(string language) => IsArabicTag(language) ? Arabic : English;

    /// <summary>Why an endpoint was switched off.</summary>
    public string Why(WebhookHealth health, WebhookDisabledReason reason) => reason == WebhookDisabledReason.Gone ? this["gone"]
        : Say("failed", health.ConsecutiveFailures, health.FailingSince);
}
