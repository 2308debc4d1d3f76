using System.Net;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Outreach.Messages;

/// <summary>
/// What stands below a message to a lead, client or owner, in the office's language: why it came, from whom, and the way to stop it. Laws
/// of several countries want the postal address there.
/// </summary>
internal sealed class LetterFoot(string office, string? address, string? language, string unsubscribe)
{
    private readonly bool arabic = PageWords.IsArabicTag(language);

    private string Why => arabic ? $"تصلك هذه الرسالة لأنك على تواصل مع {Located}."
        : $"You receive this because you are in contact with {Located}.";

    private string Stop => arabic ? "إلغاء الاشتراك" : "Unsubscribe";

    private string Located => string.IsNullOrWhiteSpace(address) ? office
        : OneLineText.InARow(office, address.OneLine());

    public string Text => $"\n\n-- \n{Why} {Stop}: {unsubscribe}\n";

    /// <summary>The HTML with the foot: within the body of a whole page, else as a page that is easy to read.</summary>
    /// <param name="subject">Of the mail: the page's title.</param>
    /// <param name="last">Markup that shows nothing and stands behind all.</param>
    public string Below(string html, string subject, string last = "")
    {
        var end = html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
        return end >= 0 ? html.Insert(end, Markup + last)
            : $"""
            <!doctype html><html lang="{(arabic ? "ar" : "en")}"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>{WebUtility.HtmlEncode(subject)}</title></head><body
            style="margin:0;padding:24px 16px;color:#1f2933;font:16px/1.55 system-ui,'Segoe UI','Noto Sans','Noto Naskh Arabic',sans-serif">
            <div dir="auto" style="max-width:600px;margin:0 auto">
            {html}{Markup}</div>{last}</body></html>
            """;
    }

    private string Markup =>
        $"""

        <p dir="{(arabic ? "rtl" : "ltr")}" style="color:#666;font-size:12px;border-top:1px solid #ddd;margin-top:28px;padding-top:10px">
        {WebUtility.HtmlEncode(Why)} <a href="{unsubscribe}" style="color:#444">{Stop}</a></p>
        """;
}
