using System.Text;
using RealEstateOs.Marketing.Rendering;

namespace RealEstateOs.Marketing.Assets;

internal sealed record AdMail(string Html, string Text);

/// <summary>Writes mails that old programs show, too: tables, styles in the elements, dark mode where it is understood.</summary>
internal sealed class AdMails(AdPages pages)
{
    public async Task<AdMail> WriteAsync(AssetDraft draft)
    {
        // Mail programs load pictures from their address only.
        var permit = draft.Ad.Permit is { Code: not null } shown ? shown with { Code = $"{draft.PageAddress}/permit.png" }
            : draft.Ad.Permit;
        var ad = draft.Ad with
        {
            Photos = [.. draft.Photos.Take(draft.Design.Layout.Own is null ? 3 : 12)
                .Select((_, i) => new AdPhoto($"{draft.PageAddress}/photos/{i}-1200.jpg"))],
            Permit = permit,
            Office = draft.Ad.Office with { Logo = draft.Logo is null ? null : $"{draft.PageAddress}/logo.png" },
        };
        var html = await pages.MailAsync(ad, draft.Design.Layout, draft.Style);
        var inlined = PreMailer.Net.PreMailer.MoveCssInline(html, removeStyleElements: true, preserveMediaQueries: true);
        return new AdMail(inlined.Html, Text(ad, draft.PageAddress));
    }

    private static string Text(AdContent ad, string link)
    {
        var text = new StringBuilder();
        if (ad.Badge is { } badge) text.AppendLine(badge.ToUpperInvariant());
        text.AppendLine(ad.Headline).AppendLine(ad.Place);
        if (ad.Event is { } when) text.AppendLine(when);
        if (ad.Price is { } price) text.AppendLine($"{price.Amount} {price.Period}".Trim());
        if (ad.Facts.Count > 0) text.AppendLine(string.Join(" · ", ad.Facts.Select(f => $"{f.Value} {f.Label}".Trim())));
        foreach (var paragraph in ad.Paragraphs) text.AppendLine().AppendLine(paragraph);
        text.AppendLine().AppendLine($"{ad.CallToAction}: {link}");
        if (ad.Agent is { } agent)
            text.AppendLine().AppendLine(string.Join(" · ",
                new[] { agent.Name, agent.Phone, agent.Email, agent.Brn is { } brn ? $"{ad.Texts["brn"]} {brn}" : null }.OfType<string>()));
        text.AppendLine().AppendLine(string.Join(" · ",
            new[] { ad.Office.Name, ad.Office.Orn is { } orn ? $"{ad.Texts["orn"]} {orn}" : null, ad.Office.Address }.OfType<string>()));
        if (ad.Permit is { Number.Length: > 0 } permit) text.AppendLine($"{permit.Label} {permit.Number}");
        foreach (var notice in ad.Notices) text.AppendLine(notice);
        return text.ToString();
    }
}
