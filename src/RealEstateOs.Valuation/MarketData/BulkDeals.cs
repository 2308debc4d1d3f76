namespace RealEstateOs.Valuation.MarketData;

/// <summary>
/// Ten or more ready homes of one place registered on one day at one price per square metre are one deal (a portfolio, an inheritance
/// settled, a block sold), not ten opinions of the market: the first stands for all. Off-plan price lists are left alone; they are how
/// off-plan is sold.
/// </summary>
internal static class BulkDeals
{
    public const int MinHomes = 10;

    /// <summary>Positions of the sales that repeat a bulk deal.</summary>
    public static HashSet<int> Repeats(IReadOnlyList<Sale> sales)
    {
        var groups = new Dictionary<(string Place, DateOnly Day, PropertyKind Kind, long Rate), List<int>>();
        for (var i = 0; i < sales.Count; i++)
        {
            var sale = sales[i];
            if (sale.OffPlan || !(sale.SizeSqm > 0)) continue;
            var rate = Math.Round(sale.PricePerSqm);
            if (!(rate < long.MaxValue / 2)) continue;
            var key = (sale.Project ?? sale.Area, sale.Date, sale.Kind, (long)rate);
            if (!groups.TryGetValue(key, out var list)) groups[key] = list = [];
            list.Add(i);
        }
        var repeats = new HashSet<int>();
        foreach (var list in groups.Values)
            if (list.Count >= MinHomes) repeats.UnionWith(list.Skip(1));
        return repeats;
    }

    /// <summary>The same sales, the repeats set aside with the reason.</summary>
    public static List<Sale> Marked(IReadOnlyList<Sale> sales)
    {
        var repeats = Repeats(sales);
        return [.. sales.Select(
            (sale, i) => repeats.Contains(i) && sale.IsArmsLength ? sale with { SetAside = SetAsideReason.BulkDeal } : sale)];
    }
}
