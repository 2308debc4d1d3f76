using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Marketing;

/// <summary>
/// What advertisements may say of properties, in the languages of the market, for modules that write some themselves. As the office.
/// </summary>
public interface IAdvertFacts
{
    /// <summary>In a constant number of queries; unknown and deleted properties are left out.</summary>
    Task<IReadOnlyDictionary<PropertyId, AdvertFacts>> OfAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct);
}

/// <summary>A property as it is advertised.</summary>
public sealed record AdvertFacts
{
    public required ListingSnapshot Listing { get; init; }
    /// <summary>The land department's rules apply (permit, ORN, BRN); else those of the United States.</summary>
    public bool IsDubai { get; init; }
    public bool IsRent { get; init; }
    /// <summary><c>year</c>, <c>month</c>, <c>week</c> or <c>day</c>; null for a sale.</summary>
    public string? RentPeriod { get; init; }
    public bool IsPermitExempt { get; init; }
    public string? Orn { get; init; }
    public string? Brn { get; init; }
    public string? Agent { get; init; }
    /// <summary>Path of the property's public page; null where none is launched.</summary>
    public string? LandingPath { get; init; }
    public required AdvertWords English { get; init; }
    public required AdvertWords Arabic { get; init; }
}

/// <summary>Names in one language.</summary>
/// <param name="Highlights">Amenities and features as they stand within a sentence; those without a name in the language are left
/// out.</param>
public sealed record AdvertWords(string Office, string City, string? Community, string? Building, IReadOnlyList<string> Highlights);

/// <summary>
/// Photographs in the form that networks take: upright JPEG in the ratio asked for. Their contents are untrusted, so one place decodes
/// them.
/// </summary>
public interface IAdvertPictures
{
    /// <summary>Null where there is no picture to be had.</summary>
    Task<byte[]?> JpegAsync(ListingPicture picture, PictureFrame frame, CancellationToken ct);
}

/// <summary>At most so many pixels on the longer side; width to height between two ratios, what lies outside is cut off.</summary>
public sealed record PictureFrame(int LongestSide, double Narrowest, double Widest)
{
    /// <summary>In any ratio.</summary>
    public static PictureFrame Uncut(int longestSide) => new(longestSide, 0, double.PositiveInfinity);
}
