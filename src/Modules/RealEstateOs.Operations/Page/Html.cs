using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Platform.Rendering;
using Markup = RealEstateOs.Platform.Rendering.Html;

namespace RealEstateOs.Operations.Page;

/// <summary>Writes the page: everything that is not ours is encoded, nothing is loaded from elsewhere, no script runs.</summary>
internal static class Html
{
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
        var page = SmallPage.Of("en", title, Markup.Text("Real Estate OS"), Markup.Trusted($"<main>{body}</main>"),
            nonce: nonce);
        return TypedResults.Text(page, "text/html", Encoding.UTF8, status);
    }
}
