using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// The sales that may serve as evidence, in columns, grouped by place; everything set aside or implausible stays outside.
/// </summary>
internal sealed class SaleTable
{
    private readonly Dictionary<string, int> _areas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _projects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _families = new(StringComparer.Ordinal);

    private readonly Lazy<Dictionary<string, int>> _rowOf;

    /// <param name="sales">Any sales of one market; those that are no evidence are left out here.</param>
    /// <param name="until">Sales after this day don't exist yet.</param>
    public SaleTable(IReadOnlyList<Sale> sales, DateOnly until)
    {
        var kept = new List<Sale>(sales.Count);
        foreach (var sale in sales)
            if (IsEvidence(sale, until)) kept.Add(sale);
        kept.Sort(static (a, b) =>
            a.Date != b.Date ? a.Date.CompareTo(b.Date) : string.CompareOrdinal(a.TransactionNumber, b.TransactionNumber));
        var shares = UndeclaredShares.Positions(kept);
        if (shares.Count > 0) kept = [.. kept.Where((_, i) => !shares.Contains(i))];
        var repeats = BulkDeals.Repeats(kept);
        if (repeats.Count > 0) kept = [.. kept.Where((_, i) => !repeats.Contains(i))];
        Sales = [.. kept];
        _rowOf = new(() => Sales.Index().Where(s => s.Item.TransactionNumber is not null).DistinctBy(s => s.Item.TransactionNumber)
            .ToDictionary(s => s.Item.TransactionNumber!, s => s.Index, StringComparer.Ordinal));
        var n = Count = kept.Count;
        (LogPpsm, Day, Cell, Area, Project) = (new float[n], new int[n], new byte[n], new int[n], new int[n]);
        (Family, Brand) = (new int[n], new int[n]);
        (Property, Latitude, Longitude) = (new int[n], new float[n], new float[n]);
        (Traits, Adjusted) = (new float[n][], new float[n]);
        var properties = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < n; i++)
        {
            var sale = kept[i];
            LogPpsm[i] = (float)Math.Log(sale.PricePerSqm);
            Day[i] = sale.Date.DayNumber;
            Cell[i] = CellOf(sale.Kind, sale.OffPlan);
            Area[i] = Number(_areas, AreaNames.Key(sale.Area));
            Project[i] = sale.Project is null ? -1 : Number(_projects, AreaNames.Key(sale.Project));
            var (family, brand) = ProjectFamily.Of(sale.Project);
            Family[i] = family is null ? -1 : Number(_families, $"{Area[i]} {family}");
            Brand[i] = brand is null ? -1 : Number(_families, $"{Area[i]} {brand}");
            Property[i] = sale.PropertyNumber is null ? -1 : Number(properties, sale.PropertyNumber);
            Latitude[i] = (float)(sale.Latitude ?? double.NaN);
            Longitude[i] = (float)(sale.Longitude ?? double.NaN);
            Traits[i] = TraitVector.Of(sale);
        }
        ByProject = new(this, Project);
        ByArea = new(this, Area);
        ByFamily = new(this, Family);
        ByBrand = new(this, Brand);
        ByPlace = Latitude.Any(float.IsFinite) ? new(this) : null;
    }

    public int Count { get; }
    public Sale[] Sales { get; }
    public float[] LogPpsm { get; }
    public int[] Day { get; }
    /// <summary>Kind and off-plan flag: what is never compared across.</summary>
    public byte[] Cell { get; }
    public int[] Area { get; }
    public int[] Project { get; }
    /// <summary>Projects of one name but for a number or a last word in one area: towers of one development.</summary>
    public int[] Family { get; }
    /// <summary>Projects of one first word in one area: mostly one developer.</summary>
    public int[] Brand { get; }
    public int[] Property { get; }
    public float[] Latitude { get; }
    public float[] Longitude { get; }
    public float[][] Traits { get; }
    /// <summary>
    /// Log price per square metre without the market's movement and without what the home's own traits are worth: what is left is the
    /// place.
    /// </summary>
    public float[] Adjusted { get; }
    public PlaceGroups ByProject { get; }
    public PlaceGroups ByArea { get; }
    public PlaceGroups ByFamily { get; }
    public PlaceGroups ByBrand { get; }
    public GeoGrid? ByPlace { get; }

    public static byte CellOf(PropertyKind kind, bool offPlan) => (byte)((int)kind * 2 + (offPlan ? 1 : 0));

    /// <summary>Row of a transaction number; -1 where it is no evidence.</summary>
    public int RowOf(string transactionNumber) => _rowOf.Value.GetValueOrDefault(transactionNumber, -1);

    public int AreaNumber(string area) => _areas.GetValueOrDefault(AreaNames.Key(area), -1);

    public int ProjectNumber(string? project) => project is null ? -1 : _projects.GetValueOrDefault(AreaNames.Key(project), -1);

    public int FamilyNumber(int area, string? name) => name is null ? -1 : _families.GetValueOrDefault($"{area} {name}", -1);

    // The figures are judged again: whoever hands over rows may not have asked the import's rules.
    private static bool IsEvidence(Sale sale, DateOnly until)
    {
        if (!sale.IsArmsLength || sale.Kind is PropertyKind.Land or PropertyKind.Other || sale.Date > until) return false;
        var rules = sale.Currency == "AED" ? ArmsLengthRules.Dubai : ArmsLengthRules.Generic;
        return rules.JudgeFigures(null, sale, until) == SetAsideReason.None;
    }

    private static int Number(Dictionary<string, int> numbers, string key)
    {
        if (!numbers.TryGetValue(key, out var number)) numbers[key] = number = numbers.Count;
        return number;
    }
}

/// <summary>Rows of one place and cell, oldest first, and again by size.</summary>
internal sealed class PlaceGroups
{
    private readonly Dictionary<long, int[]> _rows = [];
    private readonly Dictionary<long, (float[] Size, int[] Row)> _bySize = [];

    public PlaceGroups(SaleTable table, int[] place)
    {
        var lists = new Dictionary<long, List<int>>();
        for (var i = 0; i < table.Count; i++)
        {
            if (place[i] < 0) continue;
            var key = Key(place[i], table.Cell[i]);
            if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
            list.Add(i);
        }
        foreach (var (key, list) in lists)
        {
            var rows = _rows[key] = [.. list];
            var sizes = new float[rows.Length];
            for (var i = 0; i < rows.Length; i++) sizes[i] = table.Traits[rows[i]][TraitVector.LogSize];
            int[] bySize = [.. rows];
            Array.Sort(sizes, bySize);
            _bySize[key] = (sizes, bySize);
        }
    }

    public ReadOnlySpan<int> Rows(int place, byte cell) => place >= 0 && _rows.TryGetValue(Key(place, cell), out var rows) ? rows : [];

    /// <summary>Rows whose log size differs by no more than the tolerance.</summary>
    public ReadOnlySpan<int> OfSize(int place, byte cell, float logSize, float tolerance)
    {
        if (place < 0 || !_bySize.TryGetValue(Key(place, cell), out var group)) return [];
        var from = LowerBound(group.Size, logSize - tolerance);
        var to = LowerBound(group.Size, logSize + tolerance);
        return group.Row.AsSpan(from, to - from);
    }

    /// <summary>All rows of a place by size, and where a size would stand among them.</summary>
    public ReadOnlySpan<int> BySize(int place, byte cell, float logSize, out ReadOnlySpan<float> sizes, out int at)
    {
        if (place < 0 || !_bySize.TryGetValue(Key(place, cell), out var group))
        {
            sizes = [];
            at = 0;
            return [];
        }
        sizes = group.Size;
        at = LowerBound(group.Size, logSize);
        return group.Row;
    }

    private static int LowerBound(float[] sorted, float value)
    {
        var at = Array.BinarySearch(sorted, value);
        if (at < 0) return ~at;
        while (at > 0 && sorted[at - 1] >= value) at--;
        return at;
    }

    private static long Key(int place, byte cell) => (long)place << 8 | cell;
}
