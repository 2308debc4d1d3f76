using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Marketing;

/// <summary>The adverts of properties, for modules that bring listings elsewhere. As the office.</summary>
public interface IAdverts
{
    /// <summary>The properties whose adverts name the portal, in the order of their ids. One query.</summary>
    Task<IReadOnlyList<PropertyId>> MeantForAsync(Portal portal, CancellationToken ct);

    /// <summary>An entry for each property that is asked for, in a constant number of queries.</summary>
    Task<IReadOnlyDictionary<PropertyId, AdvertisedListing>> OfAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct);
}

/// <summary>Implemented by modules whose work follows an advert: told in the transaction that changes it.</summary>
public interface IAdvertFollower
{
    Task FollowAsync(PropertyId property, CancellationToken ct);
}

/// <summary>A property with what its advert, its agent and its office say beside it.</summary>
public sealed record AdvertisedListing
{
    /// <summary>Null where there is no such property any more.</summary>
    public ListingSnapshot? Listing { get; init; }
    /// <summary>Null where none was entered yet.</summary>
    public AdvertDetails? Advert { get; init; }
    /// <summary>The land department's rules apply.</summary>
    public bool IsDubai { get; init; }
    public required string OfficeCurrency { get; init; }
    /// <summary>The company's, from the marketing settings.</summary>
    public string? LicenceNumber { get; init; }
    public Person? Agent { get; init; }
    /// <summary>The agent's registration number at the land department.</summary>
    public string? Brn { get; init; }
    /// <summary>The agent's public profile at Property Finder.</summary>
    public long? PropertyFinderProfileId { get; init; }
    /// <summary>Amenities and features by their English names.</summary>
    public IReadOnlyList<string> Amenities { get; init; } = [];
}

/// <summary>What was entered for the advertising of a property.</summary>
public sealed record AdvertDetails
{
    public string? Title { get; init; }
    public string? TitleAr { get; init; }
    public string? Description { get; init; }
    public string? DescriptionAr { get; init; }
    public Furnishing? Furnishing { get; init; }
    public PermitType PermitType { get; init; }
    public string? PermitUrl { get; init; }
    public PermitExemption? PermitExemption { get; init; }
    /// <summary>Where the listing is to appear.</summary>
    public IReadOnlyList<string> Portals { get; init; } = [];
    public long? PropertyFinderLocationId { get; init; }
    public decimal? DownPayment { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}
