using System.Text;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Syndication.Feeds;

/// <summary>A listing as a portal gets it: plain texts, absolute addresses of photographs.</summary>
internal sealed record FeedListing(AdvertisedListing Subject, string Reference, DateTimeOffset UpdatedAt, IReadOnlyList<string> Photos)
{
    public ListingSnapshot Listing => Subject.Listing!;

    public AdvertDetails Advert => Subject.Advert!;

    public bool IsRent => Listing.IsRent;

    public string Title => PortalText.Line(
        Advert.Title
            ?? $"{Listing.Bedrooms?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""} {Listing.PropertyType} "
                + $"{Listing.Community ?? Listing.City}", 100);

    public string? TitleAr => Advert.TitleAr is { } title ? PortalText.Line(title, 100) : null;

    public string Description => PortalText.Block(Advert.Description ?? Listing.Description ?? "");

    public string? DescriptionAr => Advert.DescriptionAr is { } text ? PortalText.Block(text) : null;
}

/// <summary>Texts as portals take them: no markup, no emoji, nothing that XML can't hold.</summary>
internal static class PortalText
{
    public static string Line(string text, int most)
    {
        var line = string.Join(' ', Block(text).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= most) return line;
        var word = line.LastIndexOf(' ', most);
        return line[..(word > most / 2 ? word : most)];
    }

    public static string Block(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in MessageTemplate.WithoutTags(text).EnumerateRunes())
            if (IsLetter(rune)) plain.Append(rune.ToString());
        return plain.ToString().Trim();
    }

    // Symbols beyond the basic plane are emoji; U+FE0F and U+200D only join them.
    private static bool IsLetter(Rune rune) => rune.Value switch
    {
        '\n' or '\t' => true,
        < 0x20 or 0x7F or 0xFFFD or 0xFFFE or 0xFFFF or 0xFE0F or 0x200D => false,
        >= 0x2190 and <= 0x2BFF => false,
        > 0xFFFF => false,
        _ => true,
    };
}
