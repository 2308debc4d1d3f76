using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Platform.Rendering;

/// <summary>
/// A mail of the system to somebody who works in an office: from the office, under its name and logo, in its colours and language. Styles
/// stand in the elements, because mail programs drop sheets.
/// </summary>
public sealed class OfficeMail(OrganizationBrand office, PageWords words)
{
    private const string Small = "color:#5b6776;font-size:13px;line-height:1.5";

    private readonly string accent = BrandColours.Legible(office.PrimaryColor);

    /// <summary>The mail, as text and beside it as HTML.</summary>
    /// <param name="foot">Says why it came.</param>
    /// <param name="heading">Of the HTML; else the subject.</param>
    public Mail To(Person reader, string subject, string text, Html body, string? foot = null, string? heading = null) =>
        To(reader.Email, reader.FullName, subject, text, body, foot, heading);

    /// <inheritdoc cref="To(Person, string, string, Html, string, string)"/>
    public Mail To(string address, string name, string subject, string text, Html body, string? foot = null, string? heading = null) =>
        new(address, subject, foot is null ? text : $"{text.TrimEnd()}\n\n-- \n{foot}\n")
        {
            ToName = name, FromName = office.Name, Html = Page(subject, heading ?? subject, body, foot).ToString(),
        };

    /// <summary>What to do now, as a link that looks like a button.</summary>
    public Html Button(string text, string link) => Html.Of($"""
        <p style="margin:24px 0"><a href="{link}" style="background:{accent};color:#ffffff;text-decoration:none;padding:12px 22px;
        border-radius:6px;display:inline-block">{text}</a></p>
        """);

    /// <summary>Names beside their figures.</summary>
    public static Html Table(IEnumerable<(string Name, string Value)> rows) => Html.Of($"""
        <table role="presentation" style="border-collapse:collapse;width:100%">{rows.Select(row => Html.Of($"""
        <tr><td style="padding:7px 0;border-bottom:1px solid #e4e7eb">{row.Name}</td>
        <td style="padding:7px 0;border-bottom:1px solid #e4e7eb;text-align:end"><b><bdi>{row.Value}</bdi></b></td></tr>
        """))}</table>
        """);

    private Html Page(string subject, string heading, Html body, string? foot) => Html.Of($"""
        <!doctype html><html lang="{words.Language}" dir="{words.Direction}"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1"><title>{subject}</title></head>
        <body style="margin:0;padding:24px 16px;background:#ffffff;color:#1f2933;font:16px/1.55 system-ui,'Segoe UI','Noto Sans',
        'Noto Naskh Arabic',sans-serif"><div lang="{words.Language}" dir="{words.Direction}" style="max-width:560px;margin:0 auto">
        <header style="border-top:4px solid {accent};padding:16px 0 8px">{Head}</header>
        <main><h1 style="font-size:20px;line-height:1.3;margin:12px 0 16px">{heading}</h1>{body}</main>
        <footer style="{Small};border-top:1px solid #e4e7eb;margin-top:28px;padding-top:12px">
        {(foot is null ? Html.Empty : Html.Of($"<p style=\"margin:0 0 6px\">{foot}</p>"))}<bdi>{Sender}</bdi></footer></div></body></html>
        """);

    private Html Head => office.LogoAddress is { } logo
        ? Html.Of($"""<img src="{logo}" alt="{office.Name}" height="40" style="height:40px;max-width:220px;object-fit:contain">""")
        : Html.Of($"<b style=\"font-size:18px;color:{accent}\"><bdi>{office.Name}</bdi></b>");

    private string Sender => string.IsNullOrWhiteSpace(office.Address) ? office.Name
        : OneLineText.InARow(office.Name, office.Address.OneLine());
}
