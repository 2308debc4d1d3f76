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
        :root{color-scheme:light dark}body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:40rem;padding:0 1rem}.bad{color:#c0392b}
        h1{font-size:1.5rem}form.sign-in{display:grid;gap:.8rem;max-width:22rem}button{font:inherit;padding:.15rem .6rem}input{font:inherit;padding:.35rem;width:100%;box-sizing:border-box}
        """;

    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static ContentHttpResult Page(HttpContext http, string title, string body, int status = 200)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        var page = $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Encode(title)}</title><style nonce=\"{nonce}\">{Style}</style></head><body>{body}</body></html>";
        return TypedResults.Text(page, "text/html", Encoding.UTF8, status);
    }
}
