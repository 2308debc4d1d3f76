namespace RealEstateOs.Contracts.Cma;

/// <summary>The installation's market in a few figures: reference data, the same for all organizations.</summary>
public interface IMarketOverview
{
    /// <summary>As the market's newest version says; 503 while it is being learned.</summary>
    Task<MarketOverview> ReadAsync(CancellationToken ct);

    /// <summary>How many sales were registered on these days, both included; null where what was loaded does not cover them all.</summary>
    Task<int?> SalesAsync(DateOnly from, DateOnly to, CancellationToken ct);
}

/// <param name="MarketData">Where the figures come from: <c>sample</c>, <c>dld</c> or <c>imported</c>.</param>
/// <param name="HotAreas">The areas most in demand first, by <paramref name="HotRule"/>.</param>
/// <param name="Trends">By kind of home: up, down, stable or too_few_sales over the last twelve months, by <paramref
/// name="TrendRule"/>.</param>
/// <param name="DataUntil">Day of the last sale known.</param>
/// <param name="HotRule">By which rule an area is hot.</param>
/// <param name="TrendRule">By which rule a trend is told.</param>
public sealed record MarketOverview(
    string MarketData, DateOnly DataUntil, IReadOnlyList<string> HotAreas, string HotRule, IReadOnlyDictionary<string,
        MarketPriceTrend> Trends, string TrendRule);

/// <param name="ChangePercent">What the trend of the last twelve months adds up to over a year, as a fraction; null where none could be
/// drawn.</param>
/// <param name="Trend">up, down, stable or too_few_sales.</param>
public sealed record MarketPriceTrend(string Trend, double? ChangePercent);
