using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Outreach.Deliveries;

/// <summary>
/// Addresses in mails. A link is named by its place in the content, which does not change once sending began.
/// </summary>
internal sealed partial class TrackedLinks(PublicAddress address)
{
    /// <summary>Where the tracked links of a content begin.</summary>
    public const string Variable = "click_url";

    /// <summary>Nobody guesses 144 bits; short, because it stands in text messages, too.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));

    public string Unsubscribe(string token) => address.Of($"/u/{token}");

    public string Pixel(string token) => address.Of($"/o/{token}");

    /// <summary>What <see cref="Variable"/> is for the recipient with this token.</summary>
    public string Clicks(string token) => address.Of($"/c/{token}");

    /// <summary>
    /// The content with its links leading past us; a link with variables stays as it is. By a variable, so that the content stays the same
    /// for all its recipients: each other one would be compiled anew.
    /// </summary>
    public static string Track(string content)
    {
        var place = -1;
        return Href().Replace(content,
            match => string.Create(CultureInfo.InvariantCulture, $"href=\"{{{{{Variable}}}}}/{++place}\""));
    }

    /// <summary>Where a link leads; null for a place that the content does not have.</summary>
    public static string? Target(string content, int place) =>
        Href().Matches(content) is var all && place >= 0 && place < all.Count ? WebUtility.HtmlDecode(all[place].Groups[1].Value) : null;

    [GeneratedRegex("(?i)href=\"(https?://[^\"{}\\s]+)\"")]
    private static partial Regex Href();
}
