using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.Cma.Insights;

/// <summary>A market over some months, as the API shows it.</summary>
public record MarketFiguresResponse : Sourced
{
    /// <summary>The place's one name; null for the whole market.</summary>
    public required string? Location { get; init; }
    /// <summary>The types asked for; null for all homes.</summary>
    public required string? PropertyType { get; init; }
    /// <summary>The market's; every price here is in it.</summary>
    public required string Currency { get; init; }
    /// <summary>How far back.</summary>
    public required int TimeFrameMonths { get; init; }
    /// <summary>Sales in the time frame.</summary>
    public required int Sales { get; init; }
    /// <summary>Half of the sales cost less; null without sales.</summary>
    public required decimal? MedianPrice { get; init; }
    /// <summary>Half of the sales cost less a square foot; null without sales.</summary>
    public required decimal? MedianPricePerSqft { get; init; }
    /// <summary>Sales of homes that were not built yet, 0 to 1.</summary>
    public required double? OffPlanShare { get; init; }
    public required MarketStatus MarketStatus { get; init; }
    /// <summary>By which rule the status is told.</summary>
    public required string StatusRule { get; init; }
    public required TrendResponse? PriceTrend { get; init; }
    public required MarketStatus SalesTrend { get; init; }
    /// <summary>By which rule the trend of the number of sales is told.</summary>
    public required string SalesTrendRule { get; init; }
    /// <summary>The oldest first.</summary>
    public required IReadOnlyList<MonthResponse> Months { get; init; }
    /// <summary>Always null: a registry of sales records no listings.</summary>
    public int? Inventory => null;
    /// <summary>Always null: a registry of sales records no listings.</summary>
    public int? DaysOnMarket => null;
    /// <summary>What no registry carries, and what there are too few sales for, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Change a month of the price per square foot at equal mix, with the interval that holds it in nine of ten resamples.</summary>
/// <param name="PerMonth">0.01 is 1 % a month.</param>
/// <param name="Low">Lower end of the interval, as per_month.</param>
/// <param name="High">Upper end of the interval, as per_month.</param>
/// <param name="IsCertain">The interval does not hold 0: prices did move.</param>
public sealed record TrendResponse(double PerMonth, double Low, double High, bool IsCertain);

/// <param name="Month">Its first day.</param>
/// <param name="OffPlanShare">0 to 1.</param>
/// <param name="Sales">Sales registered in the month.</param>
/// <param name="MedianPrice">In the market's currency; null without sales.</param>
/// <param name="MedianPricePerSqft">In the market's currency; null without sales.</param>
public sealed record MonthResponse(DateOnly Month, int Sales, decimal? MedianPrice, decimal? MedianPricePerSqft, double? OffPlanShare);

/// <summary>The snapshot, with what is to come and how the place stands among others.</summary>
public sealed record MarketAnalysisResponse : MarketFiguresResponse
{
    public required ForecastResponse? Forecast { get; init; }
    public required IReadOnlyList<ComparableArea> ComparableNeighborhoods { get; init; }
    public required IReadOnlyList<HotArea> HotNeighborhoods { get; init; }
    public string HotRule => AreaRanking.HotRule;
}

/// <param name="BacktestMedianError">As a share: 0.02 is 2 %.</param>
/// <param name="NoChangeMedianError">What "no change" got wrong on the same months.</param>
public sealed record ForecastResponse(IReadOnlyList<ForecastPoint> Months, double BacktestMedianError, double NoChangeMedianError,
    int Backtests, string Method);

/// <param name="Month">Its first day.</param>
public sealed record ForecastPoint(DateOnly Month, decimal PricePerSqft, decimal Low, decimal High);

internal static class MarketFigures
{
    public static MarketFiguresResponse Snapshot(LoadedMarket market, string? location, PropertyType? type, int months) =>
        Snapshot(market, location, ListOf(type), months);

    public static MarketFiguresResponse Snapshot(LoadedMarket market, string? location, IReadOnlyList<PropertyType> types, int months,
        string member = "location")
    {
        var (area, kinds) = Scope(market, location, types, member);
        var snapshot = market.Snapshot(area, kinds, months);
        return new()
        {
            Location = area, PropertyType = types.Count == 0 ? null : string.Join(", ", types.Distinct().Select(t => Vocabulary.Word(t))),
            Currency = market.Currency, TimeFrameMonths = months, Sales = snapshot.Sales,
            MedianPrice = snapshot.MedianPrice, MedianPricePerSqft = Whole(snapshot.MedianPricePerSqft),
            OffPlanShare = snapshot.OffPlanShare, MarketStatus = snapshot.Status,
            StatusRule = snapshot.StatusRule, PriceTrend = Trend(snapshot.Trend),
            SalesTrend = Estimates.SalesTrend.Of(market, area, kinds).Trend, SalesTrendRule = Estimates.SalesTrend.Rule,
            Months = [.. snapshot.Months.Select(
                m => new MonthResponse(m.Month, m.Sales, m.MedianPrice, Whole(m.MedianPricePerSqft), m.OffPlanShare))],
            Notes = Notes(snapshot, types), MarketData = market.Label, Market = market.Code, DataUntil = market.Engine.DataUntil,
        };
    }

    public static MarketAnalysisResponse Analysis(LoadedMarket market, string? location, PropertyType? type, int months)
    {
        var s = Snapshot(market, location, type, months);
        return new()
        {
            Location = s.Location, PropertyType = s.PropertyType, Currency = s.Currency, TimeFrameMonths = s.TimeFrameMonths,
            Sales = s.Sales, MedianPrice = s.MedianPrice,
            MedianPricePerSqft = s.MedianPricePerSqft, OffPlanShare = s.OffPlanShare, MarketStatus = s.MarketStatus,
            StatusRule = s.StatusRule, PriceTrend = s.PriceTrend,
            SalesTrend = s.SalesTrend, SalesTrendRule = s.SalesTrendRule, Months = s.Months, MarketData = s.MarketData, Market = s.Market,
            DataUntil = s.DataUntil,
            Forecast = ForecastOf(market, s.Location, Scope(market, location, ListOf(type)).Kinds),
            ComparableNeighborhoods = s.Location is null ? [] : AreaRanking.Alike(market.Sales, s.Location), HotNeighborhoods = market.Hot,
            Notes = s.Notes,
        };
    }

    /// <summary>
    /// The price per square foot at equal mix, three months ahead; null where the series is too short for an honest backtest.
    /// </summary>
    public static ForecastResponse? ForecastOf(LoadedMarket market, string? area, IReadOnlyCollection<PropertyKind>? kinds) =>
        market.Forecast(area, kinds, 3) is not { } forecast ? null : new(
            [.. forecast.Months.Select(m => new ForecastPoint(m.Month, Whole(m.Value)!.Value, Whole(m.Low)!.Value, Whole(m.High)!.Value))],
            forecast.BacktestMedianError, forecast.BacktestNaiveError, forecast.Backtests, forecast.Method);

    /// <summary>A place that no sale is known of is a 422 with places like it.</summary>
    public static (string? Area, IReadOnlyCollection<PropertyKind>? Kinds) Scope(LoadedMarket market, string? location,
        IReadOnlyList<PropertyType> types, string member = "location")
    {
        var kinds = MarketKinds.Of(types, market.Code);
        if (string.IsNullOrWhiteSpace(location)) return (null, kinds);
        if (SubjectReader.Place(market, location).Area is { } area && market.AreaNamed(area) is { } known) return (known, kinds);
        var answer = market.Engine.Value(new() { Area = location.Trim(), Kind = kinds?.First() ?? PropertyKind.Flat, SizeSqm = 100 });
        throw answer is PlaceNotCovered missing ? SubjectReader.NotCovered(missing, member, market)
            : Problem.Invalid(FieldError.Format(member, "names no place with known sales"));
    }

    public static IReadOnlyList<PropertyType> ListOf(PropertyType? type) => type is { } only ? [only] : [];

    private static string[] Notes(MarketSnapshot snapshot, IReadOnlyList<PropertyType> types) =>
    [
        snapshot.NotCarried,
        .. types.Any(MarketKinds.IsNotToldApart) ? [MarketKinds.NotToldApart] : Array.Empty<string>(),
        .. snapshot.Sales < MarketStatistics.MinSalesForStatus
            ? [$"Only {snapshot.Sales} sales in the time frame: too few to speak of a trend."] : Array.Empty<string>(),
    ];

    private static TrendResponse? Trend(TrendLine? line) =>
        line is null ? null : new(Math.Round(line.PerMonth, 4), Math.Round(line.Low, 4), Math.Round(line.High, 4), line.IsCertain);

    private static decimal? Whole(double? value) => value is { } known && double.IsFinite(known) ? Math.Round((decimal)known) : null;
}
