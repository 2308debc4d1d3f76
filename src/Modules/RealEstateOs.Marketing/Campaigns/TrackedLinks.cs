using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace RealEstateOs.Marketing.Campaigns;

/// <summary>Addresses in a campaign's mails. A link is named by its place in the content, which does not change once sending began.</summary>
internal sealed partial class TrackedLinks(IConfiguration configuration)
{
    private readonly string root = (configuration["PublicUrl"] ?? "http://localhost:8000").TrimEnd('/');

    public string Unsubscribe(string token) => $"{root}/u/{token}";

    public string Pixel(string token) => $"{root}/o/{token}";

    /// <summary>The content with its links leading past us; a link with variables stays as it is.</summary>
    public string Track(string content, string token)
    {
        var place = -1;
        return Href().Replace(content, match => string.Create(CultureInfo.InvariantCulture, $"href=\"{root}/c/{token}/{++place}\""));
    }

    /// <summary>Where a link leads; null for a place that the content does not have.</summary>
    public static string? Target(string content, int place) => Href().Matches(content) is var all && place >= 0 && place < all.Count ? WebUtility.HtmlDecode(all[place].Groups[1].Value) : null;

    [GeneratedRegex("(?i)href=\"(https?://[^\"{}\\s]+)\"")]
    private static partial Regex Href();
}
