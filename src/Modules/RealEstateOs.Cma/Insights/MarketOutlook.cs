using System.Globalization;
using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.Cma.Insights;

/// <summary>Puts a market's figures together for the insights.</summary>
internal static class MarketOutlook
{
    private const int DemandDays = 90, NewDevelopmentMonths = 12;

    private static readonly Dictionary<string, string> Rules = new()
    {
        ["current_market_status"] = MarketStatistics.StatusRule,
        ["price_trend"] = "upward or downward where current_market_status is rising or falling, flat where it is stable.",
        ["demand_level"] = SalesTrend.Rule + " Rising is high, stable normal, falling low.",
        ["current_avg_price"] =
            "Mean price of the last 90 days' sales; the forecast carries it on as the price per square foot at equal mix is "
                + "expected to go.",
        ["confidence_level"] = "Share of the backtests at this distance that came within five percent.",
        ["comparable_neighborhoods"] = "Areas of the same structure: level and spread of price per square foot, size, "
            + "off-plan share and mix of kinds; trend compares the 90 % intervals of the two price trends.",
        ["hot_neighborhoods"] = AreaRanking.HotRule,
    };

    public static MarketInsightsResponse Of(LoadedMarket market, string? location, PropertyType? type, int ahead)
    {
        var (area, kinds) = MarketFigures.Scope(market, location, MarketFigures.ListOf(type));
        var figures = MarketFigures.Snapshot(market, location, type, 12);
        var snapshot = market.Snapshot(area, kinds, 12);
        var sales = market.Of(area, kinds).ToArray();
        var until = market.Engine.DataUntil;
        var demand = SalesTrend.Of(market, area, kinds);
        var forecasting = Forecasting(market, area, kinds, Recent(sales, until, 0), ahead) with { Factors = FactorsOf(snapshot.Trend) };
        return new()
        {
            MarketInsights = new()
            {
                Location = area, PropertyType = figures.PropertyType, CurrentMarketStatus = snapshot.Status,
                PriceTrend = DirectionOf(snapshot.Status), DemandLevel = LevelOf(demand.Trend), Months = figures.Months,
            },
            PriceForecasting = forecasting,
            MarketDynamics = new(
                new() { NewDevelopments = NewDevelopments(market, sales, until), OffPlanShare = snapshot.OffPlanShare },
                new() { SalesLast90Days = demand.Recent, SalesPrevious90Days = Recent(sales, until, DemandDays).Length }),
            ComparableNeighborhoods = area is null ? []
                : [.. AreaRanking.Alike(market.Sales, area).Select(a => Compare(market, a, snapshot))],
            HotNeighborhoods = market.Hot, Rules = Rules, Notes = [.. figures.Notes, .. NotesOf(forecasting)],
            MarketData = market.Label, Market = market.Code, DataUntil = until,
        };
    }

    private static Sale[] Recent(Sale[] sales, DateOnly until, int daysBefore) =>
        [.. sales.Where(s => until.DayNumber - daysBefore - s.Date.DayNumber is >= 0 and < DemandDays)];

    private static PriceForecasting Forecasting(LoadedMarket market, string? area, IReadOnlyCollection<PropertyKind>? kinds,
        Sale[] recent, int ahead)
    {
        decimal? now = recent.Length == 0 ? null : Math.Round(recent.Average(s => s.Price));
        var forecast = market.Forecast(area, kinds, ahead);
        var then = forecast?.Months[^1];
        // The level of the forecast's own start: what it adds is change, whatever was sold lately.
        var change = then is null || forecast!.Start <= 0 ? (double?)null : then.Value / forecast.Start;
        var expected = now is { } price && change is { } factor ? Math.Round(price * (decimal)factor) : (decimal?)null;
        return new()
        {
            CurrentAvgPrice = now,
            Forecast = new() { [string.Create(CultureInfo.InvariantCulture, $"{ahead}_month_forecast")] = expected },
            Range = expected is { } e
                ? new(Math.Round(e * (decimal)(then!.Low / then.Value)), Math.Round(e * (decimal)(then.High / then.Value))) : null,
            ConfidenceLevel = then?.Record.WithinFivePercent, Backtests = then?.Record.Backtests ?? 0,
            BacktestMedianError = then?.Record.MedianError,
            NoChangeMedianError = then?.Record.NoChangeMedianError, Method = forecast?.Method, Factors = [],
        };
    }

    private static string[] FactorsOf(TrendLine? trend) => trend is null ? [] :
        [string.Create(CultureInfo.InvariantCulture,
            $"Price per square foot at equal mix: {trend.PerMonth:+0.0 %;-0.0 %;0.0 %} a month over {trend.Points} months (90 % interval "
                + $"{trend.Low:+0.0 %;-0.0 %;0.0 %} to {trend.High:+0.0 %;-0.0 %;0.0 %}).")];

    private static int? NewDevelopments(LoadedMarket market, Sale[] sales, DateOnly until)
    {
        var since = until.AddMonths(-NewDevelopmentMonths);
        if (market.Sales.Length == 0 || market.Sales.Min(s => s.Date) > since.AddMonths(-NewDevelopmentMonths)) return null;
        return sales.Where(s => s is { OffPlan: true, Project: not null }).GroupBy(s => AreaNames.Key(s.Project!))
            .Count(project => project.Min(s => s.Date) > since);
    }

    private static NeighborhoodComparison Compare(LoadedMarket market, ComparableArea other, MarketSnapshot own)
    {
        var theirs = market.Snapshot(other.Area, null, 12).Trend;
        var trend = theirs is null || own.Trend is not { } mine ? null
            : theirs.Low > mine.High ? "stronger" : theirs.High < mine.Low ? "weaker" : "similar";
        return new(other.Area, Math.Round(other.MedianPricePerSqft / (own.MedianPricePerSqft ?? other.MedianPricePerSqft) - 1, 3), trend,
            other.Distance, other.Sales);
    }

    private static IEnumerable<string> NotesOf(PriceForecasting forecasting)
    {
        yield return "Buyers' nationality, interest and motives, completions to come and the causes of price changes are in no registry: "
            + "those members are null.";
        if (forecasting.Method is null) yield return "The monthly prices don't reach back far enough for a forecast that could be tested.";
        else if (forecasting.Backtests == 0)
            yield return "The monthly prices don't reach back far enough to test a forecast at this distance; "
                + "its range is that of the farthest tested one.";
    }

    private static PriceDirection DirectionOf(MarketStatus status) => status switch
    {
        MarketStatus.Rising => PriceDirection.Upward, MarketStatus.Falling => PriceDirection.Downward, MarketStatus.Stable =>
            PriceDirection.Flat, _ => PriceDirection.Unknown,
    };

    private static DemandLevel LevelOf(MarketStatus sales) => sales switch
    {
        MarketStatus.Rising => DemandLevel.High, MarketStatus.Falling => DemandLevel.Low, MarketStatus.Stable => DemandLevel.Normal, _ =>
            DemandLevel.Unknown,
    };
}
