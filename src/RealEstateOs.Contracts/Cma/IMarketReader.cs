using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Cma;

/// <summary>Values and market figures asked for as the signed-in user: nothing where they may not read valuations.</summary>
public interface IMarketReader
{
    /// <summary>
    /// What a property of the office is likely to sell for, from registered sales; null where the user may see no such property. What can't
    /// be valued is said by <see cref="HomeValue.Fault"/>.
    /// </summary>
    Task<HomeValue?> ValueAsync(PropertyId property, CancellationToken ct);

    /// <summary>Twelve months of a place's registered sales; null where no sale of such a place is known.</summary>
    Task<PlaceFigures?> PlaceAsync(string place, CancellationToken ct);
}

/// <param name="MarketData">Where the figures come from: <c>sample</c>, <c>dld</c> or <c>imported</c>.</param>
/// <param name="MedianComparable">Of the sales most like it, each adjusted to it.</param>
public sealed record HomeValue(
    decimal Estimate, decimal Low, decimal High, string Currency, int Comparables, decimal? MedianComparable, DateOnly DataUntil,
    string MarketData)
{
    /// <summary>Why there is no estimate, a sentence; the figures are zero then.</summary>
    public string? Fault { get; init; }

    public static HomeValue None(string fault) => new(0, 0, 0, "", 0, null, default, "") { Fault = fault };
}

/// <param name="Trend">rising, stable, falling or too_few_sales.</param>
public sealed record PlaceFigures(
    string Place, int Sales, decimal? MedianPrice, decimal? MedianPricePerSqft, string Currency, string Trend, DateOnly DataUntil,
    string MarketData);
