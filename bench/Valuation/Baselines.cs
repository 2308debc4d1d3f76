using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Bench.Valuation;

/// <summary>What an engine has to beat: two methods that any agent could do by hand, on the very same evidence.</summary>
internal sealed class Baselines(SaleTable known)
{
    // The row of the sale itself, where the evidence holds it: nobody is asked about what he sees.
    private int Self(Sale sale) => known.RowOf(sale.TransactionNumber);

    /// <summary>Median price per square foot of the same kind and state in the area, times the size.</summary>
    public double AreaMedian(Sale sale, int before)
    {
        var prices = new List<float>();
        var self = Self(sale);
        foreach (var row in known.ByArea.Rows(known.AreaNumber(sale.Area), SaleTable.CellOf(sale.Kind, sale.OffPlan)))
            if (known.Day[row] < before && row != self) prices.Add(known.LogPpsm[row]);
        return prices.Count == 0 ? double.NaN : Math.Exp(Numbers.Median([.. prices])) * sale.SizeSqm;
    }

    /// <summary>
    /// Median price per square foot of the ten nearest in size within the project (same bedrooms where three or more), else the area, of
    /// the last 180 days.
    /// </summary>
    public double TenComparables(Sale sale, int before)
    {
        var cell = SaleTable.CellOf(sale.Kind, sale.OffPlan);
        return sale is { Latitude: { } latitude, Longitude: { } longitude } && known.ByPlace is not null
            ? Near(sale, cell, (float)latitude, (float)longitude)
            : Ten(sale, known.ByProject.Rows(known.ProjectNumber(sale.Project), cell), before, 3)
                ?? Ten(sale, known.ByArea.Rows(known.AreaNumber(sale.Area), cell), before, 1) ?? double.NaN;
    }

    private double? Ten(Sale sale, ReadOnlySpan<int> rows, int before, int least)
    {
        var size = (float)Math.Log(sale.SizeSqm);
        List<(float Gap, float Price)> same = [], all = [];
        var self = Self(sale);
        foreach (var row in rows)
        {
            if (row == self || known.Day[row] >= before || known.Day[row] < sale.Date.DayNumber - 180) continue;
            var entry = (Math.Abs(known.Traits[row][TraitVector.LogSize] - size), known.LogPpsm[row]);
            all.Add(entry);
            if (known.Sales[row].Bedrooms == sale.Bedrooms) same.Add(entry);
        }
        var from = same.Count >= 3 ? same : all;
        if (from.Count < least) return null;
        from.Sort();
        return Math.Exp(Numbers.Median([.. from.Take(10).Select(e => e.Price)])) * sale.SizeSqm;
    }

    /// <summary>The ten nearest of similar size, grade and age.</summary>
    private double Near(Sale sale, byte cell, float latitude, float longitude)
    {
        var rows = new List<int>();
        known.ByPlace!.Around(latitude, longitude, cell, int.MaxValue, 200, rows);
        var mine = TraitVector.Of(sale);
        float Gap(int row)
        {
            var other = known.Traits[row];
            return (float)GeoGrid.Kilometres(latitude, longitude, known.Latitude[row], known.Longitude[row])
                + 4 * Math.Abs(mine[TraitVector.LogSize] - other[TraitVector.LogSize])
                + 0.6f * Math.Abs(mine[TraitVector.Grade] - other[TraitVector.Grade])
                + 0.02f * Math.Abs(mine[TraitVector.Age] - other[TraitVector.Age]);
        }
        var best = rows.Select(row => (Gap: Gap(row), Price: known.LogPpsm[row])).Order().Take(10).Select(e => e.Price).ToArray();
        return best.Length == 0 ? double.NaN : Math.Exp(Numbers.Median(best.AsSpan())) * sale.SizeSqm;
    }
}
