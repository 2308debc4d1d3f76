namespace RealEstateOs.Valuation.Statistics;

/// <summary>One month of a market.</summary>
internal sealed record MarketMonth(DateOnly Month, int Sales, decimal? MedianPrice, double? MedianPricePerSqft, int OffPlanSales)
{
    public double? OffPlanShare => Sales == 0 ? null : Math.Round((double)OffPlanSales / Sales, 4);
}

/// <summary>Where a market stands, by a rule that is written down.</summary>
public enum MarketStatus { Rising, Stable, Falling, TooFewSales }

/// <summary>
/// A market over some months. Asking prices, inventory and days on market are in no registry: they stay null, with a note.
/// </summary>
internal sealed record MarketSnapshot
{
    public required IReadOnlyList<MarketMonth> Months { get; init; }
    public required int Sales { get; init; }
    public required decimal? MedianPrice { get; init; }
    public required double? MedianPricePerSqft { get; init; }
    public required double? OffPlanShare { get; init; }
    /// <summary>Of the price per square foot at equal mix.</summary>
    public required TrendLine? Trend { get; init; }
    public required MarketStatus Status { get; init; }
    public string StatusRule => MarketStatistics.StatusRule;
    public int? Inventory => null;
    public int? DaysOnMarket => null;
    public string NotCarried =>
        "The registry records sales, not listings: inventory, asking prices and days on market can't be told from it.";
}
