using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Statistics;

/// <summary>An area in demand, with the figures that say so.</summary>
/// <param name="Area">The area's one name in its market.</param>
/// <param name="RecentSales">Sales in the last 90 days known.</param>
/// <param name="EarlierSales">Sales in the 90 days before those.</param>
/// <param name="VolumeChange">recent_sales ÷ earlier_sales − 1; null where there were none before.</param>
/// <param name="PriceChange">Of the price per square foot of like homes, as a share: 0.05 is 5 %; null where too few are alike.</param>
/// <param name="Score">Orders the areas: growth in sales, shrunk by twenty sales, plus five times the growth in price.</param>
public sealed record HotArea(string Area, int RecentSales, int EarlierSales, double? VolumeChange, double? PriceChange, double Score);

/// <summary>A neighbourhood priced like another: distance 0 is the same structure.</summary>
public sealed record ComparableArea(string Area, double Distance, double MedianPricePerSqft, double OffPlanShare, int Sales);

/// <summary>Compares areas with each other by stated rules.</summary>
internal static class AreaRanking
{
    public const int MinRecentSales = 20, MinSalesForShape = 30;
    public const string HotRule =
        "Hot is an area with at least 20 sales in the last 90 days, more of them than in the 90 days before, "
        + "and a price per square foot of like homes that did not fall; "
        + "ranked by the growth in sales (shrunk by twenty sales) plus five times the growth in price.";

    public static List<HotArea> Hot(IEnumerable<Sale> sales, DateOnly until, int count = 10)
    {
        var (recentFrom, earlierFrom) = (until.AddDays(-89), until.AddDays(-179));
        var found = new List<HotArea>();
        foreach (var area in sales.Where(s => s.IsArmsLength && s.Date >= earlierFrom && s.Date <= until).GroupBy(s => s.Area))
        {
            var recent = area.Where(s => s.Date >= recentFrom).ToArray();
            var earlier = area.Where(s => s.Date < recentFrom).ToArray();
            if (recent.Length < MinRecentSales || recent.Length <= earlier.Length) continue;
            var price = PriceChange(recent, earlier);
            if (price is < 0) continue;
            found.Add(new(area.Key, recent.Length, earlier.Length,
                earlier.Length == 0 ? null : Math.Round((double)recent.Length / earlier.Length - 1, 4),
                price is null ? null : Math.Round(price.Value, 4),
                Math.Round((recent.Length - earlier.Length) / (double)(earlier.Length + 20) + 5 * (price ?? 0), 4)));
        }
        found.Sort((a, b) => b.Score.CompareTo(a.Score));
        return found[..Math.Min(count, found.Count)];
    }

    /// <summary>
    /// Areas whose prices are built like this one's: level, spread, size, off-plan share and mix of kinds. Empty where the area has under
    /// thirty sales.
    /// </summary>
    public static List<ComparableArea> Alike(IEnumerable<Sale> sales, string area, int count = 5)
    {
        var areas = sales.Where(s => s.IsArmsLength && s.IsHome).GroupBy(s => s.Area).Select(g => (Name: g.Key, Sales: g.ToArray()))
            .Where(g => g.Sales.Length >= MinSalesForShape).Select(g => (g.Name, g.Sales.Length, Shape: ShapeOf(g.Sales))).ToArray();
        var key = AreaNames.Key(AreaNames.Default.Canonical(area));
        var self = Array.FindIndex(areas, a => AreaNames.Key(a.Name) == key);
        if (self < 0) return [];
        var mine = areas[self].Shape;
        var found = new List<ComparableArea>();
        for (var i = 0; i < areas.Length; i++)
            if (i != self)
                found.Add(new(areas[i].Name, Math.Round(Distance(mine, areas[i].Shape), 3), Math.Round(Math.Exp(areas[i].Shape[0]), 2),
                    Math.Round(areas[i].Shape[3], 4), areas[i].Length));
        found.Sort((a, b) => a.Distance.CompareTo(b.Distance));
        return found[..Math.Min(count, found.Count)];
    }

    // One unit apart: a tenth in price level, 0.15 in its spread, a fifth in size, a quarter in either mix.
    private static double Distance(double[] a, double[] b)
    {
        ReadOnlySpan<double> unit = [0.1, 0.15, 0.2, 0.25, 0.25];
        double sum = 0;
        for (var k = 0; k < unit.Length; k++) sum += (a[k] - b[k]) / unit[k] * ((a[k] - b[k]) / unit[k]);
        return Math.Sqrt(sum);
    }

    private static double[] ShapeOf(Sale[] sales)
    {
        var perSqft = sales.Select(s => Math.Log(s.PricePerSqft)).Order().ToArray();
        return
        [
            Numbers.Quantile(perSqft, 0.5), Numbers.Quantile(perSqft, 0.75) - Numbers.Quantile(perSqft, 0.25),
            Numbers.Median(sales.Select(s => Math.Log(s.SizeSqm)).ToArray().AsSpan()), sales.Count(s => s.OffPlan) / (double)sales.Length,
            sales.Count(s => s.Kind == PropertyKind.Villa) / (double)sales.Length,
        ];
    }

    private static double? PriceChange(Sale[] recent, Sale[] earlier)
    {
        var before = earlier.GroupBy(Like).ToDictionary(g => g.Key,
            g => Numbers.Median(g.Select(s => Math.Log(s.PricePerSqft)).ToArray().AsSpan()));
        var changes = new List<double>();
        foreach (var sale in recent)
            if (before.TryGetValue(Like(sale), out var level)) changes.Add(Math.Log(sale.PricePerSqft) - level);
        return changes.Count < 10 ? null : Math.Exp(Numbers.Median(changes.ToArray().AsSpan())) - 1;
    }

    private static (string, PropertyKind, bool, int?) Like(Sale sale) =>
        (sale.Project ?? sale.Area, sale.Kind, sale.OffPlan, sale.Bedrooms);
}
