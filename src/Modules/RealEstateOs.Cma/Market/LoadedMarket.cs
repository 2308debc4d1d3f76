using System.Collections.Concurrent;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.Cma.Market;

/// <summary>A market in memory: its sales, its model, its rents. Never changed, only replaced by a newer one.</summary>
internal sealed class LoadedMarket
{
    private const int ForecastMonths = 24;

    private readonly Dictionary<string, Sale[]> byArea;
    private readonly ProjectNames projects;
    private readonly ConcurrentDictionary<(string? Area, string? Kind, int Months), MarketSnapshot> snapshots = new();
    private readonly ConcurrentDictionary<(string? Area, string? Kind), Lazy<MonthlyLevels>> levels = new();
    private readonly Lazy<List<HotArea>> hot;
    private readonly int monthsKnown;

    public LoadedMarket(string code, StoredModel model, ValuationEngine engine, IReadOnlyList<Sale> sales, RentEstimator rents)
    {
        (Code, ModelId, Label, TrainedAt, Engine, Rents) = (code, model.Id, model.Label, model.TrainedAt, engine, rents);
        Sales = [.. sales.Where(s => s.IsArmsLength)];
        Currency = sales[^1].Currency;
        byArea = Sales.GroupBy(s => AreaNames.Key(s.Area)).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        projects = new(Sales);
        // A month before the first sale is not one without sales: nothing is known of it.
        var first = sales.Min(s => s.Date);
        monthsKnown = (engine.DataUntil.Year - first.Year) * 12 + engine.DataUntil.Month - first.Month + 1;
        hot = new(() => AreaRanking.Hot(Sales.Where(s => s.IsHome), engine.DataUntil));
    }

    public string Code { get; }
    public string Currency { get; }
    /// <summary>Where the figures come from: sample, dld or imported.</summary>
    public string Label { get; }
    public long ModelId { get; }
    public DateTimeOffset TrainedAt { get; }
    public ValuationEngine Engine { get; }
    public RentEstimator Rents { get; }
    public Sale[] Sales { get; }
    public IReadOnlyList<HotArea> Hot => hot.Value;

    public Sale[] In(string area) => byArea.GetValueOrDefault(AreaNames.Key(AreaNames.Default.Canonical(area)), []);

    /// <summary>The area's name where sales of it are known.</summary>
    public string? AreaNamed(string text) => In(text) is [var first, ..] ? first.Area : null;

    /// <summary>The project that a text means, as the registry writes it.</summary>
    public string? ProjectNamed(string? text, string? area) => projects.Find(text, area)?.Project;

    public IReadOnlyList<KnownProject> ProjectsLike(string? text, string? area, int limit)
    {
        var found = string.IsNullOrWhiteSpace(text) ? projects.Largest : projects.Like(text);
        return [.. found.Where(p => area is null || p.Area == area).Take(limit)];
    }

    public IEnumerable<string> Areas => byArea.Values.Select(sales => sales[0].Area);

    /// <summary>
    /// Figures of an area (or the whole market) and some kinds up to the last day known, kept as long as this version lives.
    /// </summary>
    public MarketSnapshot Snapshot(string? area, IReadOnlyCollection<PropertyKind>? kinds, int months) =>
        snapshots.GetOrAdd((area, Key(kinds), months), _ =>
            MarketStatistics.Snapshot(Of(area, kinds), Engine.DataUntil, Math.Min(months, monthsKnown)));

    /// <summary>
    /// Of the price per square foot at equal mix, from the last whole month on, with a backtest that knows at each month only what was sold
    /// until then.
    /// </summary>
    public Forecast? Forecast(string? area, IReadOnlyCollection<PropertyKind>? kinds, int ahead)
    {
        // The levels as they were known after each month take seconds on a large market: once for each version.
        var known = levels.GetOrAdd((area, Key(kinds)), _ => new(() => LevelsOf(area, kinds))).Value;
        return MarketForecast.Of(known.After[^1], known.Last, ahead, months => known.After[months]);
    }

    private MonthlyLevels LevelsOf(string? area, IReadOnlyCollection<PropertyKind>? kinds)
    {
        // Only whole months: the running one holds its first days alone.
        var last = MarketStatistics.FirstOf(Engine.DataUntil.AddDays(1)).AddMonths(-1);
        var first = last.AddMonths(1 - ForecastMonths);
        var sales = Of(area, kinds).Where(s => s.Date >= first && s.Date < last.AddMonths(1)).ToArray();
        return new(last, [.. Enumerable.Range(0, ForecastMonths + 1)
            .Select(months => MarketStatistics.EqualMix([.. sales.Where(s => s.Date < first.AddMonths(months))], first, months))]);
    }

    public IEnumerable<Sale> Of(string? area, IReadOnlyCollection<PropertyKind>? kinds) =>
        (area is null ? Sales : In(area)).Where(s => kinds is null ? s.IsHome : kinds.Contains(s.Kind));

    /// <summary>The monthly levels up to the last whole month, as they stood after so many months.</summary>
    private sealed record MonthlyLevels(DateOnly Last, double[][] After);

    private static string? Key(IReadOnlyCollection<PropertyKind>? kinds) => kinds is null ? null : string.Join(',', kinds.Order());
}
