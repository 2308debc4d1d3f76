using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Contracts.Properties;

/// <summary>
/// Properties as they are advertised, asked for as the office: every fact and picture that may be shown to the public, and none that may
/// not.
/// </summary>
public interface IListings
{
    /// <summary>In two queries; unknown and deleted ones are left out.</summary>
    Task<IReadOnlyDictionary<PropertyId, ListingSnapshot>> SnapshotsAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct);

    /// <summary>The properties that have each of these permit numbers, in one query.</summary>
    Task<ILookup<string, PropertyId>> WithPermitsAsync(IReadOnlyCollection<string> permits, CancellationToken ct);
}

/// <summary>What a listing says at this moment.</summary>
public sealed record ListingSnapshot
{
    public required PropertyId Id { get; init; }
    public required string Address { get; init; }
    public required string City { get; init; }
    public string? State { get; init; }
    public string? ZipCode { get; init; }
    public string? Country { get; init; }
    public string? Community { get; init; }
    public string? Building { get; init; }
    public string? Developer { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public PropertyType? PropertyType { get; init; }
    public PropertyStatus Status { get; init; }
    public CompletionStatus? CompletionStatus { get; init; }
    public ListingPurpose Purpose { get; init; }
    /// <summary>What the price of a rent is for.</summary>
    public RentPeriod? RentPeriod { get; init; }
    public bool IsRent => Purpose == ListingPurpose.Rent;
    public decimal? Price { get; init; }
    public required string Currency { get; init; }
    public int? Bedrooms { get; init; }
    public decimal? Bathrooms { get; init; }
    /// <summary>Floor area and plot in square feet.</summary>
    public decimal? SquareFeet { get; init; }
    public decimal? LotSize { get; init; }
    public int? YearBuilt { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<string> Features { get; init; } = [];
    public IReadOnlyList<string> Amenities { get; init; } = [];
    /// <summary>The permit under which it may be advertised: an opaque text.</summary>
    public string? PermitNumber { get; init; }
    public DateOnly? PermitExpiresOn { get; init; }
    public UserId? AssignedUserId { get; init; }
    public UserId? CreatedBy { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    /// <summary>The primary picture first, the others in their order.</summary>
    public IReadOnlyList<ListingPicture> Pictures { get; init; } = [];
}

/// <summary>A file of ours by its key, or an address elsewhere.</summary>
public sealed record ListingPicture(string? FileKey, string? Url, string? Title);
