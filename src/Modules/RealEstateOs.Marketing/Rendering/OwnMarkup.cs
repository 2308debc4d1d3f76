using System.Text;
using System.Text.RegularExpressions;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Marketing.Rendering;

/// <summary>
/// A layout that an organization wrote: Handlebars over <see cref="Variables"/> and <see cref="Lists"/>, and a style sheet. Pictures are
/// names of ours until the markup is clean, so that none of its own addresses is ever looked at.
/// </summary>
internal sealed partial record OwnMarkup(string Html, string Css)
{
    private const string Picture = "reos:";
    private const int MostPhotos = 12;

    public static readonly IReadOnlyList<string> Variables =
    [
        "language", "direction", "badge", "headline", "place", "type", "price", "price_period", "price_before", "event", "call_to_action",
        "link", "photo", "office_name", "office_logo", "office_address", "orn", "orn_label", "agent_name", "agent_title", "agent_phone",
        "agent_email", "agent_photo", "brn", "brn_label", "permit_label", "permit_number", "permit_code", "notices",
    ];

    public static readonly IReadOnlyDictionary<string, IReadOnlyCollection<string>> Lists =
        new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal)
        {
            ["photos"] = ["this"], ["highlights"] = ["this"], ["paragraphs"] = ["this"], ["facts"] = ["value", "label"],
        };

    /// <summary>Nested into its own element, so that no selector reaches beyond; mail programs know no nesting.</summary>
    public string ScopedCss => $".own{{{StyleRules.WithoutComments(Css)}}}";

    /// <summary>The variables that it shows, in their order.</summary>
    public IReadOnlyList<string> Shown =>
        [.. Variables.Concat(Lists.Keys).Where(name => Names().Matches(Html).Any(m => m.Groups["name"].Value == name))];

    /// <summary>Its sides, clean and filled: one for each outermost article. Faults are for the author.</summary>
    public IReadOnlyList<string> Sides(AdContent ad, List<string>? faults = null)
    {
        var filled = MessageTemplate.Markup(Html, Values(ad));
        var shape = MarkupRules.Faults(filled).ToList();
        if (shape.Count == 0) return MarkupCleaner.Clean(filled, address => PictureOf(address, ad), faults ?? []);
        // What can't be read safely is not read at all.
        if (faults is null) throw new UnsafeMarkupException($"The template {shape[0]}.");
        foreach (var fault in shape) faults.Add(fault);
        return [];
    }

    private static Dictionary<string, object?> Values(AdContent ad)
    {
        var texts = ad.Texts;
        var photos = ad.Photos.Take(MostPhotos).Select((_, i) => $"{Picture}photo-{i}").ToList();
        return new(StringComparer.Ordinal)
        {
            ["language"] = texts.Tag, ["direction"] = texts.Direction, ["badge"] = ad.Badge, ["headline"] = ad.Headline,
            ["place"] = ad.Place, ["type"] = ad.Type, ["price"] = ad.Price?.Amount, ["price_period"] = ad.Price?.Period,
            ["price_before"] = ad.Price?.Before, ["event"] = ad.Event, ["call_to_action"] = ad.CallToAction, ["link"] = ad.Link,
            ["photo"] = photos.FirstOrDefault(), ["office_name"] = ad.Office.Name,
            ["office_logo"] = ad.Office.Logo is null ? null : Picture + "logo", ["office_address"] = ad.Office.Address,
            ["orn"] = ad.Office.Orn, ["orn_label"] = texts["orn"], ["agent_name"] = ad.Agent?.Name,
            ["agent_title"] = ad.Agent is null ? null : ad.Agent.Title ?? texts["agent"], ["agent_phone"] = ad.Agent?.Phone,
            ["agent_email"] = ad.Agent?.Email, ["agent_photo"] = ad.Agent?.Photo is null ? null : Picture + "agent",
            ["brn"] = ad.Agent?.Brn, ["brn_label"] = texts["brn"], ["permit_label"] = ad.Permit?.Label,
            ["permit_number"] = ad.Permit?.Number, ["permit_code"] = ad.Permit?.Code is null ? null : Picture + "permit",
            ["notices"] = string.Join(' ', ad.Notices), ["photos"] = photos, ["highlights"] = ad.Highlights.ToList(),
            ["paragraphs"] = ad.Paragraphs.ToList(),
            ["facts"] = ad.Facts.Select(f => new Dictionary<string, object?> { ["value"] = f.Value, ["label"] = f.Label }).ToList(),
        };
    }

    private static string? PictureOf(string address, AdContent ad)
    {
        if (!address.StartsWith(Picture, StringComparison.Ordinal)) return null;
        var name = address[Picture.Length..];
        return name switch
        {
            "logo" => ad.Office.Logo,
            "agent" => ad.Agent?.Photo,
            "permit" => ad.Permit?.Code is ['<', ..] svg ? AsPicture(svg) : ad.Permit?.Code,
            _ when name.StartsWith("photo-", StringComparison.Ordinal) && int.TryParse(name.AsSpan(6), out var at)
                && at >= 0 && at < ad.Photos.Count => ad.Photos[at].Address,
            _ => null,
        };
    }

    /// <summary>An SVG element as a picture's address: a file is XML, which needs what an element within a page does not.</summary>
    public static string AsPicture(string svg) => "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(
        svg.Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", StringComparison.Ordinal)));

    [GeneratedRegex(@"\{\{(#each\s+)?(?<name>[a-z_]+)\}\}")]
    private static partial Regex Names();
}

/// <summary>A template became something that is not rendered; a sentence for its author.</summary>
internal sealed class UnsafeMarkupException(string message) : Exception(message);
