using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>What a home rents for a year, with the range that held for eight of ten contracts of its kind in the place.</summary>
internal sealed record RentEstimate(decimal AnnualRent, decimal RangeLow, decimal RangeHigh, string Currency, int Contracts, string Basis,
    DateOnly DataUntil)
{
    public double? GrossYield(decimal value) => value > 0 ? Math.Round((double)(AnnualRent / value), 4) : null;
}

/// <summary>
/// Annual rent from registered contracts: a weighted median of the area's rents per square metre at like size, time and bedrooms (the
/// registry seldom names bedrooms, so size carries most), nearest project first, new contracts before renewals.
/// </summary>
internal sealed class RentEstimator
{
    public const int MinContracts = 5;
    private const int MaxScan = 3000;
    // Rent per square metre falls with size; a fixed, mild elasticity suffices within the narrow kernel.
    private const double SizeElasticity = -0.35;

    private readonly Dictionary<(string, PropertyKind), Entry[]> _byArea;
    private readonly Dictionary<(string, PropertyKind), Entry[]> _byProject;
    private readonly DateOnly _until;
    private readonly string _currency;

    private readonly record struct Entry(int Day, float LogSize, float LogPerSqm, short Bedrooms, bool Renewal);

    public RentEstimator(IEnumerable<RentContract> contracts, DateOnly until)
    {
        var areas = new Dictionary<(string, PropertyKind), List<Entry>>();
        var projects = new Dictionary<(string, PropertyKind), List<Entry>>();
        var last = DateOnly.MinValue;
        _currency = "AED";
        foreach (var contract in contracts)
        {
            if (contract.SetAside is not null || contract.RegisteredOn > until || !(contract.SizeSqm > 0) || contract.AnnualRent <= 0)
                continue;
            var entry = new Entry(contract.RegisteredOn.DayNumber, (float)Math.Log(contract.SizeSqm),
                (float)Math.Log((double)contract.AnnualRent / contract.SizeSqm),
                (short)(contract.Bedrooms ?? -1), contract.Renewal);
            Add(areas, (AreaNames.Key(contract.Area), contract.Kind), entry);
            if (contract.Project is { } project) Add(projects, (AreaNames.Key(project), contract.Kind), entry);
            if (contract.RegisteredOn > last) last = contract.RegisteredOn;
            _currency = contract.Currency;
            Contracts++;
        }
        _until = Contracts == 0 ? until : last;
        _byArea = Sorted(areas);
        _byProject = Sorted(projects);
    }

    public int Contracts { get; }

    /// <summary>Null where the place has fewer than five like contracts: no rent is invented.</summary>
    public RentEstimate? Estimate(SubjectProperty home)
    {
        if (!(home.SizeSqm > 0)) return null;
        var project = home.Project is { } name ? Of(_byProject.GetValueOrDefault((AreaNames.Key(name), home.Kind)), home) : null;
        if (project is { Count: >= MinContracts } near) return Answer(near, home, "project");
        var area = home.Area is { } place ? Of(_byArea.GetValueOrDefault((AreaNames.Key(AreaNames.Default.Canonical(place)), home.Kind)),
            home) : null;
        return area is { Count: >= MinContracts } wide ? Answer(wide, home, "area") : null;
    }

    private readonly record struct Level(double Middle, double Low, double High, int Count);

    private Level? Of(Entry[]? entries, SubjectProperty home)
    {
        if (entries is null) return null;
        var size = Math.Log(home.SizeSqm);
        var day = (home.On ?? _until).DayNumber;
        var values = new List<double>();
        var weights = new List<double>();
        for (int i = entries.Length - 1, scanned = 0; i >= 0 && scanned < MaxScan; i--, scanned++)
        {
            var entry = entries[i];
            if (entry.Day > day) continue;
            var gap = (entry.LogSize - size) / 0.15;
            var weight = Math.Exp(-0.5 * gap * gap) * Math.Exp(-(day - entry.Day) / 180.0) * (entry.Renewal ? 0.5 : 1);
            if (home.Bedrooms is { } bedrooms && entry.Bedrooms >= 0 && entry.Bedrooms != bedrooms) weight *= 0.2;
            if (weight < 0.02) continue;
            values.Add(entry.LogPerSqm + SizeElasticity * (size - entry.LogSize));
            weights.Add(weight);
        }
        if (values.Count == 0) return null;
        double[] sorted = [.. values], by = [.. weights];
        Array.Sort(sorted, by);
        return new(At(sorted, by, 0.5), At(sorted, by, 0.1), At(sorted, by, 0.9), sorted.Length);
    }

    private RentEstimate Answer(in Level level, SubjectProperty home, string basis) =>
        new(Amount(level.Middle, home), Amount(level.Low, home), Amount(level.High, home), _currency, level.Count, basis, _until);

    private static decimal Amount(double logPerSqm, SubjectProperty home) =>
        Math.Round((decimal)(Math.Exp(logPerSqm) * home.SizeSqm) / 500) * 500;

    private static double At(double[] sorted, double[] weights, double share)
    {
        double total = 0, sum = 0;
        foreach (var weight in weights) total += weight;
        for (var i = 0; i < sorted.Length; i++)
        {
            sum += weights[i];
            if (sum >= share * total) return sorted[i];
        }
        return sorted[^1];
    }

    private static void Add(Dictionary<(string, PropertyKind), List<Entry>> to, (string, PropertyKind) key, Entry entry)
    {
        if (!to.TryGetValue(key, out var list)) to[key] = list = [];
        list.Add(entry);
    }

    private static Dictionary<(string, PropertyKind), Entry[]> Sorted(Dictionary<(string, PropertyKind), List<Entry>> lists)
    {
        var sorted = new Dictionary<(string, PropertyKind), Entry[]>(lists.Count);
        foreach (var (key, list) in lists)
        {
            list.Sort(static (a, b) => a.Day.CompareTo(b.Day));
            sorted[key] = [.. list];
        }
        return sorted;
    }
}
