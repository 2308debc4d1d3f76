using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace RealEstateOs.Outreach.Deliveries;

/// <summary>
/// Tells people from the programs that fetch what a mail links to: scanners of mail servers, prefetching browsers, Apple's privacy proxy.
/// In doubt it is a person; what is taken for a program is counted, too, beside what people did.
/// </summary>
internal static partial class Machines
{
    /// <summary>Nobody has read a mail so soon after it left.</summary>
    private static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(5);

    /// <summary>Does a program fetch this, by what it says of itself, or too soon?</summary>
    public static bool Fetches(HttpRequest request, DateTimeOffset? sent, DateTimeOffset now) =>
        sent is not { } left || now - left < TooSoon || IsPrefetch(request.Headers) || IsProgram(request.Headers.UserAgent.ToString());

    private static bool IsPrefetch(IHeaderDictionary headers) => new[] { "Sec-Purpose", "Purpose", "X-Purpose", "X-Moz" }
        .Any(name => headers[name].ToString() is var purpose && Purpose().IsMatch(purpose));

    // Apple's proxy calls itself Mozilla/5.0 and nothing else. Gmail's and Yahoo's fetch a picture when somebody opens the mail.
    private static bool IsProgram(string userAgent) => userAgent.Trim() is "" or "Mozilla/5.0" || Program().IsMatch(userAgent);

    [GeneratedRegex("prefetch|prerender|preview", RegexOptions.IgnoreCase)]
    private static partial Regex Purpose();

    [GeneratedRegex(@"bot\b|crawl|spider|scan|headless|preview|monitor|barracuda|proofpoint|mimecast|symantec|fireeye|trendmicro"
        + @"|curl/|wget/|python|java/|go-http-client|libwww|node-fetch|axios|postman", RegexOptions.IgnoreCase)]
    private static partial Regex Program();
}
