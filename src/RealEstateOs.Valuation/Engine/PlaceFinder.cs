using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>Where the subject is, in the table's numbers, or why it is nowhere.</summary>
internal readonly record struct Place(int Area, int Project, string? AreaName, int AreaSales, bool ByCoordinates, PlaceNotCovered? Missing);

/// <summary>
/// Finds a subject's place by area, project or coordinates; answers with the nearest covered areas where there is nothing to stand on.
/// </summary>
internal sealed class PlaceFinder
{
    private const double NearKilometres = 3;
    private readonly SaleTable _table;
    private readonly List<(string Name, string Key, int Number, int Sales, double Latitude, double Longitude)> _areas = [];
    private readonly Dictionary<int, int> _areaOfProject = [];

    public PlaceFinder(SaleTable table)
    {
        _table = table;
        var sums = new Dictionary<int, (string Name, int Sales, double Latitude, double Longitude, int Located)>();
        for (var i = 0; i < table.Count; i++)
        {
            var entry = sums.GetValueOrDefault(table.Area[i], (table.Sales[i].Area, 0, 0, 0, 0));
            entry.Sales++;
            if (float.IsFinite(table.Latitude[i]) && float.IsFinite(table.Longitude[i]))
                (entry.Latitude, entry.Longitude, entry.Located) = (entry.Latitude + table.Latitude[i],
                    entry.Longitude + table.Longitude[i], entry.Located + 1);
            sums[table.Area[i]] = entry;
            if (table.Project[i] >= 0) _areaOfProject[table.Project[i]] = table.Area[i];
        }
        foreach (var (number, (name, sales, latitude, longitude, located)) in sums)
        {
            var known = located > 0 ? (latitude / located, longitude / located) : AreaPlaces.Of(name);
            _areas.Add((name, AreaNames.Key(name), number, sales, known?.Item1 ?? double.NaN, known?.Item2 ?? double.NaN));
        }
        Covered = [.. _areas.Where(a => a.Sales >= ValuationEngine.MinEvidence).OrderByDescending(a => a.Sales)
            .Select(a => new CoveredArea(a.Name, a.Sales, null, 1))];
    }

    public IReadOnlyList<CoveredArea> Covered { get; }

    public Place Find(SubjectProperty subject)
    {
        var cell = SaleTable.CellOf(subject.Kind, subject.OffPlan);
        var project = _table.ProjectNumber(subject.Project);
        var area = subject.Area is null ? -1 : _table.AreaNumber(AreaNames.Default.Canonical(subject.Area));
        if (area < 0 && project >= 0) area = _areaOfProject[project];
        var sales = _table.ByArea.Rows(area, cell).Length;
        if (sales >= ValuationEngine.MinEvidence || _table.ByProject.Rows(project, cell).Length >= ValuationEngine.MinEvidence)
            return new(area, project, area < 0 ? null : _table.Sales[AnyOf(area, project, cell)].Area, sales, false, null);
        if (area < 0 && NeighboursOf(subject, cell) >= ValuationEngine.MinEvidence) return new(-1, project, null, 0, true, null);
        var asked = subject.Area ?? subject.Project ?? "the place given";
        var what = $"{(subject.OffPlan ? "off-plan" : "ready")} {Words(subject.Kind)} sales";
        var reason = area < 0 ? $"No sales are known for '{asked}'."
            : $"Only {sales} {what} are known in {_areas.First(a => a.Number == area).Name}; "
                + $"a valuation needs {ValuationEngine.MinEvidence}.";
        return new(area, project, null, sales, false, new(asked, reason, Nearest(subject, cell)));
    }

    private int AnyOf(int area, int project, byte cell)
    {
        var rows = _table.ByArea.Rows(area, cell);
        return rows.Length > 0 ? rows[^1] : _table.ByProject.Rows(project, cell)[^1];
    }

    private int NeighboursOf(SubjectProperty subject, byte cell)
    {
        if (_table.ByPlace is null || subject is not { Latitude: { } latitude, Longitude: { } longitude }) return 0;
        var rows = new List<int>();
        _table.ByPlace.Around((float)latitude, (float)longitude, cell, int.MaxValue, ValuationEngine.MinEvidence, rows);
        return rows.Count(row => GeoGrid.Kilometres(latitude, longitude, _table.Latitude[row], _table.Longitude[row]) <= NearKilometres);
    }

    private List<CoveredArea> Nearest(SubjectProperty subject, byte cell)
    {
        var asked = AreaNames.Key(subject.Area ?? subject.Project ?? "");
        var from = subject is { Latitude: { } latitude, Longitude: { } longitude } ? (latitude, longitude)
            : subject.Area is { } name ? AreaPlaces.Of(AreaNames.Default.Canonical(name)) : null;
        var found = new List<CoveredArea>();
        foreach (var area in _areas)
        {
            var sales = _table.ByArea.Rows(area.Number, cell).Length;
            if (sales < ValuationEngine.MinEvidence) continue;
            double? distance = from is { } here && !double.IsNaN(area.Latitude)
                ? Math.Round(GeoGrid.Kilometres(here.Item1, here.Item2, area.Latitude, area.Longitude), 1) : null;
            found.Add(new(area.Name, sales, distance, Math.Round(Likeness(asked, area.Key), 2)));
        }
        found.Sort((a, b) => Rank(b).CompareTo(Rank(a)));
        return found[..Math.Min(5, found.Count)];
    }

    // A name that is nearly the asked one comes first, then what lies near, then what is large.
    private static double Rank(CoveredArea area) =>
        (area.NameLikeness >= 0.6 ? 2 + area.NameLikeness : area.NameLikeness * 0.3) + (area.DistanceKm is { } km ? 1 / (1 + km / 3) : 0)
            + Math.Min(area.Sales, 1000) / 1e5;

    /// <summary>Shared letter pairs (Dice): 1 for the same name, 0 for nothing in common.</summary>
    internal static double Likeness(string a, string b)
    {
        if (a.Length < 2 || b.Length < 2) return a == b && a.Length > 0 ? 1 : 0;
        var pairs = new Dictionary<(char, char), int>();
        for (var i = 1; i < a.Length; i++) pairs[(a[i - 1], a[i])] = pairs.GetValueOrDefault((a[i - 1], a[i])) + 1;
        var shared = 0;
        for (var i = 1; i < b.Length; i++)
            if (pairs.GetValueOrDefault((b[i - 1], b[i])) is > 0 and var left)
            {
                pairs[(b[i - 1], b[i])] = left - 1;
                shared++;
            }
        return 2.0 * shared / (a.Length + b.Length - 2);
    }

    private static string Words(PropertyKind kind) =>
        kind switch { PropertyKind.HotelApartment => "hotel apartment", var other => other.ToString().ToLowerInvariant() };
}
