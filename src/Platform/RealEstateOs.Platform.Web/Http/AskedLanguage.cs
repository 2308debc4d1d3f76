using Microsoft.AspNetCore.Http;

namespace RealEstateOs.Platform.Http;

/// <summary>The language of a page that has no better one: what the browser asks for.</summary>
public static class AskedLanguage
{
    /// <summary><c>ar</c> or <c>en</c>, whichever the browser prefers; English where it asks for neither.</summary>
    public static string Of(HttpContext http) => http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
        .Select(l => l.Value.Value?.Split('-')[0].ToUpperInvariant()).FirstOrDefault(l => l is "AR" or "EN") == "AR" ? "ar" : "en";
}
