using System.Globalization;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Deals.Papers;

/// <summary>A paper in the organization's brand: its name, logo and colours at the head, what it says, a foot on every page.</summary>
internal sealed record Paper(string Title, string Sender, Html Body, PaperWords Words, OrganizationBrand Brand)
{
    private static readonly Html Sheet = Html.Trusted(
        """
        @page{size:A4;margin:16mm 16mm 18mm}*{box-sizing:border-box}html{-webkit-print-color-adjust:exact}
        body{margin:0;font:10pt/1.5 "Noto Sans","DejaVu Sans","Noto Naskh Arabic",sans-serif;color:#1c2733}
        html[dir=rtl] body{font-family:"Noto Naskh Arabic","Noto Sans Arabic","Noto Sans","DejaVu Sans",sans-serif;font-size:11pt}
        header{display:flex;justify-content:space-between;align-items:center;border-bottom:.7mm solid var(--accent);padding-bottom:4mm}
        header b{font-size:14pt;color:var(--ink)}
        header img{max-height:14mm;max-width:55mm}h1{font-size:22pt;line-height:1.25;margin:9mm 0 5mm;color:var(--ink)}
        h2{font-size:10pt;margin:0 0 1mm;color:var(--accent)}.parties{display:grid;grid-template-columns:1fr 1fr;gap:10mm;margin:0 0 7mm}
        .parties p{margin:0;white-space:pre-line}dl{display:grid;grid-template-columns:max-content 1fr;gap:1mm 6mm;margin:0 0 7mm}
        dt{color:#5b6776}dd{margin:0}table{border-collapse:collapse;width:100%}th{font-size:8.5pt;color:#5b6776;text-align:start;
        border-bottom:.4mm solid var(--ink);padding:1.5mm;vertical-align:bottom}td{padding:2mm 1.5mm;border-bottom:.2mm solid #d5dbe1;
        vertical-align:top}tr{break-inside:avoid}.n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
        .sum td{font-weight:700;border-bottom:.4mm solid var(--ink)}.total td{font-size:12pt;color:var(--ink)}
        .small{font-size:8.5pt;color:#5b6776;margin:5mm 0 0}
        """);

    public string Page(PagePicture? logo) => Html.Of($"""
        <!doctype html><html lang="{Words.Language}" dir="{Words.Direction}"><head><meta charset="utf-8"><title>{Title}</title>
        <style>{Sheet}{BrandColours.Of(Brand.PrimaryColor, Brand.SecondaryColor)}{Foot}</style></head>
        <body><header><b>{Sender}</b>{(logo is null ? Html.Empty : Html.Of($"""<img src="{logo.Name}" alt="">"""))}</header>
        <h1>{Title}</h1>{Body}</body></html>
        """).ToString();

    private Html Foot => PageFoot.Of($"{Sender} · {Title}", Words["page"], Words.IsArabic);

    /// <summary>An amount with all the decimals of its currency; it reads from left to right in a page of either direction.</summary>
    public static Html Money(decimal amount, string currency) => Html.Of(
        $"""<bdi dir="ltr">{currency}&nbsp;{amount.ToString("N" + Currencies.DecimalsOf(currency), CultureInfo.InvariantCulture)}</bdi>""");

    public static Html Percent(decimal percent) => Html.Of($"""<bdi dir="ltr">{percent:0.####}&nbsp;%</bdi>""");

    public static Html Facts(params IEnumerable<(string Name, Html? Value)> facts) => Html.Of(
        $"<dl>{facts.Where(f => f.Value is not null).Select(f => Html.Of($"<dt>{f.Name}</dt><dd>{f.Value!.Value}</dd>"))}</dl>");

    public static Html? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : Html.Of($"<bdi>{text}</bdi>");
}
