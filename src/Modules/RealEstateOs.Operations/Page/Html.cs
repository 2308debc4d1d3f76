using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace RealEstateOs.Operations.Page;

/// <summary>Writes the page: everything that is not ours is encoded, nothing is loaded from elsewhere, no script runs.</summary>
internal static class Html
{
    private const string Style =
        """
        :root{color-scheme:light dark;--line:#8884;--bad:#c0392b;--good:#1e8449}
        body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
        h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}header{display:flex;justify-content:space-between;align-items:baseline}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}form.inline{display:inline}button{font:inherit;padding:.15rem .6rem;cursor:pointer}
        .bad{color:var(--bad)}.good{color:var(--good)}.quiet{opacity:.7}pre{white-space:pre-wrap;word-break:break-word;margin:.3rem 0;font-size:.85em}
        form.sign-in{display:grid;gap:.8rem;max-width:22rem}input{font:inherit;padding:.35rem;width:100%;box-sizing:border-box}progress{width:8rem}
        """;

    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static string Time(DateTimeOffset? time) =>
        time is { } t ? string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{t.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{t.UtcDateTime:yyyy-MM-dd HH:mm:ss}</time>") : "–";

    public static ContentHttpResult Page(HttpContext http, string title, string body, int status = 200)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        var page = $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Encode(title)}</title><style nonce=\"{nonce}\">{Style}</style></head><body>{body}</body></html>";
        return TypedResults.Text(page, "text/html", Encoding.UTF8, status);
    }
}
