using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Statistics;

/// <summary>
/// Figures of a market from its registered sales: pure functions over arm's-length sales; what is set aside never counts.
/// </summary>
internal static class MarketStatistics
{
    public const int MinSalesForStatus = 30;
    public const string StatusRule =
        "Rising or falling where the monthly trend of the price per square foot, at equal mix of projects, kinds and bedrooms, "
        + "is certain in its direction "
        + "(90 % interval) and at least 0.3 % a month; else stable; under 30 sales no statement.";

    public static MarketSnapshot Snapshot(IEnumerable<Sale> sales, DateOnly until, int months)
    {
        var first = FirstOf(until).AddMonths(1 - months);
        var inside = sales.Where(s => s.IsArmsLength && s.Date >= first && s.Date <= until).ToArray();
        var rows = new List<MarketMonth>();
        for (var month = first; month <= until; month = month.AddMonths(1))
        {
            var own = inside.Where(s => s.Date >= month && s.Date < month.AddMonths(1)).ToArray();
            rows.Add(new(month, own.Length, MedianPrice(own), MedianPerSqft(own), own.Count(s => s.OffPlan)));
        }
        var trend = TrendLine.Of(EqualMix(inside, first, rows.Count));
        return new()
        {
            Months = rows,
            Sales = inside.Length,
            MedianPrice = MedianPrice(inside),
            MedianPricePerSqft = MedianPerSqft(inside),
            OffPlanShare = inside.Length == 0 ? null : Math.Round((double)inside.Count(s => s.OffPlan) / inside.Length, 4),
            Trend = trend,
            Status = StatusOf(trend, inside.Length),
        };
    }

    public static MarketStatus StatusOf(TrendLine? trend, int sales) =>
        trend is null || sales < MinSalesForStatus ? MarketStatus.TooFewSales
            : !trend.IsCertain || Math.Abs(trend.PerMonth) < 0.003 ? MarketStatus.Stable
            : trend.PerMonth > 0 ? MarketStatus.Rising : MarketStatus.Falling;

    /// <summary>
    /// Price per square foot by month as if the same things were sold every month: each sale is measured against the median of its own
    /// project (or area), kind and bedrooms, and the month's median deviation is put on the whole median. NaN for a month of fewer than
    /// five such sales.
    /// </summary>
    public static double[] EqualMix(IReadOnlyList<Sale> sales, DateOnly first, int months)
    {
        var level = new double[months];
        Array.Fill(level, double.NaN);
        if (sales.Count == 0) return level;
        var byMonth = new List<double>[months];
        for (var m = 0; m < months; m++) byMonth[m] = [];
        foreach (var group in sales.GroupBy(s => (s.Project ?? s.Area, s.Kind, s.OffPlan, s.Bedrooms)))
        {
            var own = group.ToArray();
            if (own.Length < 4) continue;
            var middle = Numbers.Median(own.Select(s => Math.Log(s.PricePerSqft)).ToArray().AsSpan());
            foreach (var sale in own)
            {
                var month = (sale.Date.Year - first.Year) * 12 + sale.Date.Month - first.Month;
                if (month >= 0 && month < months) byMonth[month].Add(Math.Log(sale.PricePerSqft) - middle);
            }
        }
        var whole = MedianPerSqft(sales) ?? double.NaN;
        for (var m = 0; m < months; m++)
            if (byMonth[m].Count >= 5) level[m] = whole * Math.Exp(Numbers.Median(byMonth[m].ToArray().AsSpan()));
        return level;
    }

    internal static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);

    private static decimal? MedianPrice(IReadOnlyList<Sale> sales) =>
        sales.Count == 0 ? null : Math.Round((decimal)Numbers.Median(sales.Select(s => (double)s.Price).ToArray().AsSpan()));

    private static double? MedianPerSqft(IReadOnlyList<Sale> sales) =>
        sales.Count == 0 ? null : Math.Round(Numbers.Median(sales.Select(s => s.PricePerSqft).ToArray().AsSpan()), 2);
}
