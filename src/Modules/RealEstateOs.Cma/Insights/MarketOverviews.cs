using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.Cma.Insights;

/// <summary>What other modules show of the installation's market.</summary>
internal sealed class MarketOverviews(MarketHouse house) : IMarketOverview
{
    public async Task<MarketOverview> ReadAsync(CancellationToken ct)
    {
        var market = await house.GetAsync(null, ct);
        (string Name, PropertyKind Kind)[] kinds = market.Code == "dubai"
            ? [("apartments", PropertyKind.Flat), ("villas", PropertyKind.Villa)] : [("houses", PropertyKind.House)];
        return new(
            market.Label, market.Engine.DataUntil, [.. market.Hot.Select(h => h.Area)], AreaRanking.HotRule,
            kinds.ToDictionary(k => k.Name, k => TrendOf(market.Snapshot(null, [k.Kind], 12))), MarketStatistics.StatusRule);
    }

    public async Task<int?> SalesAsync(DateOnly from, DateOnly to, CancellationToken ct)
    {
        var market = await house.GetAsync(null, ct);
        var covered = market.Sales.Length > 0 && to <= market.Engine.DataUntil && from >= market.Sales.Min(s => s.Date);
        return covered ? market.Sales.Count(s => s.Date >= from && s.Date <= to) : null;
    }

    private static MarketPriceTrend TrendOf(MarketSnapshot year)
    {
        var trend = year.Status switch { MarketStatus.Rising => "up", MarketStatus.Falling => "down", MarketStatus.Stable => "stable", _ =>
            "too_few_sales" };
        return new(trend, year.Trend is { } line ? Math.Round(Math.Pow(1 + line.PerMonth, 12) - 1, 4) : null);
    }
}
