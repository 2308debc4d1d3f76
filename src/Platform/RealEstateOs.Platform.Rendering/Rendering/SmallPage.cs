namespace RealEstateOs.Platform.Rendering;

/// <summary>
/// A page that asks for one thing, such as a password, or says one: whose it is above, in their colour, by day and by night. It needs no
/// file beside it.
/// </summary>
public static class SmallPage
{
    private static readonly Html Style = Html.Trusted(
        """
        :root{color-scheme:light dark}*{box-sizing:border-box}
        body{font:17px/1.5 system-ui,"Segoe UI","Noto Sans","Noto Naskh Arabic",sans-serif;margin:0;border-top:.35rem solid var(--accent)}
        header,main{max-width:30rem;margin:0 auto;padding:0 1.25rem}header{margin-top:9vh;font-weight:600}
        header img{max-height:3.5rem;max-width:14rem;object-fit:contain}
        h1{font-size:1.5rem;line-height:1.3;margin:.5rem 0 1rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}
        label{display:block;margin:.75rem 0 .25rem}ul{margin:.5rem 0;padding-inline-start:1.25rem;font-size:.95rem}
        input:not([type=checkbox]){font:inherit;width:100%;padding:.6rem;border:1px solid #6b7280;border-radius:.4rem}
        .check{display:flex;gap:.5rem;align-items:center}.bad{font-weight:600}
        button{font:inherit;margin-top:1rem;padding:.7rem 1.4rem;border:0;border-radius:.4rem;cursor:pointer}
        button{background:var(--accent);color:#fff}
        button.quiet{background:none;color:inherit;border:1px solid #6b7280}[hidden]{display:none!important}
        """);

    /// <param name="head">Whose page it is.</param>
    /// <param name="main">The element <c>main</c>, and what follows it.</param>
    /// <param name="accent">A colour on which white letters are legible (<see cref="BrandColours.Legible"/>).</param>
    /// <param name="nonce">Where the page's rules let in only a style that bears it.</param>
    public static string Of(string language, string title, Html head, Html main, string? accent = null, string? nonce = null) => Html.Of(
        $"""
        <!doctype html><html lang="{language}" dir="{(language == "ar" ? "rtl" : "ltr")}"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
        <meta name="robots" content="noindex"><title>{title}</title>
        <style{(nonce is null ? Html.Empty : Html.Of($" nonce=\"{nonce}\""))}>{Colour(accent)}{Style}</style></head>
        <body><header>{head}</header>{main}</body></html>
        """).ToString();

    private static Html Colour(string? accent) => Html.Trusted($":root{{--accent:{BrandColours.Legible(accent)}}}");
}
