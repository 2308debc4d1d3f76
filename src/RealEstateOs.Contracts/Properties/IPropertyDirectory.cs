using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Contracts.Properties;

/// <summary>Properties asked for as the office: for routing, scores, sums and whatever no person reads.</summary>
public interface IPropertyDirectory
{
    /// <summary>In one query; unknown and deleted ones are left out.</summary>
    Task<IReadOnlyDictionary<PropertyId, PropertySummary>> SummariesAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct);

    /// <summary>
    /// The property that others call so: by the reference of our feeds (<c>REOS12</c>), our own (<c>prop_12</c>), or its external id.
    /// </summary>
    Task<PropertyId?> FindAsync(string reference, CancellationToken ct);

    /// <summary>The picture that stands for a property: its primary one, else the first; null where it has none.</summary>
    Task<PropertyPicture?> PictureAsync(PropertyId property, CancellationToken ct);

    /// <summary>The prices asked for what is available, in one currency: for sale, or for rent by this period.</summary>
    Task<StockPrices> StockPricesAsync(string currency, RentPeriod? rent, CancellationToken ct);

    /// <summary>Available properties that come into question, the newest first; who asks weighs them.</summary>
    Task<IReadOnlyList<PropertySummary>> CandidatesAsync(PropertyWish wish, int limit, CancellationToken ct);
}

/// <summary>Properties asked for as the signed-in user: what they may not see does not exist.</summary>
public interface IPropertyReader
{
    /// <summary>In one query; unknown and deleted ones are left out.</summary>
    Task<IReadOnlyDictionary<PropertyId, PropertySummary>> SummariesAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct);

    /// <summary>Refuses with a 422 naming the member where there is no such property.</summary>
    Task RequireAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct, string member = "property_id");

    /// <summary>Available properties that come into question, the newest first; who asks weighs them.</summary>
    Task<IReadOnlyList<PropertySummary>> CandidatesAsync(PropertyWish wish, int limit, CancellationToken ct);
}

/// <summary>Commands of other modules, in the caller's transaction: 403 where the signed-in user may not change the property.</summary>
public interface IPropertyCommands
{
    /// <summary>
    /// A deal about the property was closed: it becomes sold (or rented) and its card closed_won, whatever open stage it stood on.
    /// Already so, it stays as it is. Answers whether it was open until now; closings of one property wait for each other here.
    /// </summary>
    Task<bool> MarkSoldAsync(PropertyId property, CancellationToken ct, PropertyStatus status = PropertyStatus.Sold);

    /// <summary>Says what the property is offered for; without a period a rent is by the one that is usual in its country.</summary>
    Task OfferAsync(PropertyId property, ListingPurpose purpose, RentPeriod? period, CancellationToken ct);
}

/// <param name="Price">Asking price, in <paramref name="Currency"/>.</param>
/// <param name="EstimatedValue">What the office believes it is worth, in <paramref name="Currency"/>.</param>
/// <param name="SquareFeet">Floor area.</param>
/// <param name="Address">Street and number, or building and flat.</param>
/// <param name="City">City or town.</param>
/// <param name="Community">The neighbourhood, such as Dubai Marina.</param>
/// <param name="Building">Building or tower within the community.</param>
/// <param name="Currency">ISO 4217 code of price and estimated value.</param>
/// <param name="Bedrooms">0 is a studio; null where nobody entered it.</param>
/// <param name="Bathrooms">Halves count: 2.5.</param>
public sealed record PropertySummary(
    PropertyId Id, string Address, string City, string? Community, string? Building, PropertyType? PropertyType, decimal? Price,
    decimal? EstimatedValue,
    string Currency, int? Bedrooms, decimal? Bathrooms, decimal? SquareFeet, PropertyStatus Status, PropertyStage Stage, TeamId? TeamId,
    UserId? AssignedUserId)
{
    /// <summary>In degrees, WGS 84.</summary>
    public double? Latitude { get; init; }
    /// <summary>In degrees, WGS 84.</summary>
    public double? Longitude { get; init; }
    public CompletionStatus? CompletionStatus { get; init; }
    /// <summary>Offered for sale or for rent.</summary>
    public ListingPurpose Purpose { get; init; }
    /// <summary>What the price of a rent is for.</summary>
    public RentPeriod? RentPeriod { get; init; }
}

/// <summary>A file of ours by its key, or an address elsewhere.</summary>
public sealed record PropertyPicture(string? FileKey, string? Url);

/// <summary>Which properties come into question; what is empty or null asks for nothing.</summary>
public sealed record PropertyWish
{
    /// <summary>Names of a city, community or building; one of them must fit.</summary>
    public IReadOnlyCollection<string> Areas { get; init; } = [];
    public IReadOnlyCollection<PropertyType> Types { get; init; } = [];
    public decimal? MinPrice { get; init; }
    public decimal? MaxPrice { get; init; }
    /// <summary>
    /// What the price bounds are in: properties in other currencies are not compared with them and don't come into question.
    /// </summary>
    public string? Currency { get; init; }
    public ListingPurpose? Purpose { get; init; }
    /// <summary>
    /// What the price bounds of a rent are for: rents by another period are not compared with them and don't come into question.
    /// </summary>
    public RentPeriod? RentPeriod { get; init; }
    public int? MinBedrooms { get; init; }
}

/// <summary>How many available properties have a price, and every twentieth of those prices from the lowest to the highest.</summary>
public sealed record StockPrices(int Count, IReadOnlyList<decimal> Twentieths)
{
    /// <summary>The share (0–1, in steps of a twentieth) of the stock that costs at most this; null without any stock.</summary>
    public double? ShareUpTo(decimal budget) => Count == 0 ? null : Math.Max(0, Twentieths.Count(price => price <= budget) - 1) / 20.0;
}
