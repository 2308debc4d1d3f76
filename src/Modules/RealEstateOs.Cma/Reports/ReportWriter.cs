using System.Globalization;
using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Insights;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.Cma.Reports;

/// <summary>Writes a CMA report's document section by section: first the comparables, then the market, the price, the argument.</summary>
internal sealed class ReportWriter(LoadedMarket market, ReportRequest request, ReportBrand brand, IReadOnlyList<Sale> ownSales,
    DateOnly today)
{
    // After so many days without a sale it is said that the data are old.
    private const int FreshDays = 45;

    private readonly ReportWords words = ReportWords.Of(request.Language);
    private readonly SubjectProperty subject = SubjectReader.Read(market, request.Home);

    /// <summary>The first section; a place that no sales are known of is a 422 before any report is begun.</summary>
    public ReportDocument Comparables()
    {
        var answer = market.Engine.Value(subject, new() { Count = request.ComparableCount, RadiusKm = request.RadiusKm,
            TimeFrameMonths = request.TimeFrameMonths, OwnSales = ownSales });
        if (answer is PlaceNotCovered missing) throw SubjectReader.NotCovered(missing, "subject_property.address", market);
        var value = (HomeValuation)answer;
        var area = QuickValuation.AreaOf(subject, value);
        var estimate = EstimateResponse.Of(value, request.Home.AreaSqft!.Value, market.Snapshot(area, [subject.Kind], 12).Status,
            market.Rents.Estimate(subject with { Area = area }));
        ComparableResponse[] comparables = [.. value.Comparables.Select(c => Legible(ComparableResponse.Of(c)))];
        return new()
        {
            PreparedOn = today, PreparedFor = request.PreparedFor, Title = words["title"], Language = request.Language,
            EffectiveDate = value.On, Brand = brand, MarketData = market.Label,
            Market = market.Code, DataUntil = value.DataUntil,
            ModelVersion = market.ModelId, Currency = value.Currency, Subject = Subject(area), Valuation = estimate,
            Explanation = Steps(value),
            Comparables = comparables, ComparableSummary = Summary(comparables), MapRingKm = Ring(value),
            Notes = [.. Notes(value)], Method = Method(value.Comparables.Count, value.DataUntil),
            Disclaimers = [words["disclaimer.1"], words["disclaimer.2"]],
        };
    }

    public ReportDocument WithMarket(ReportDocument so)
    {
        if (!request.Trends) return so;
        var area = so.Subject!.Neighborhood;
        // The homes that the subject is compared with: without a type that is the market's usual kind, not all of them.
        var type = request.Home.PropertyType ?? (subject.Kind == PropertyKind.Flat ? PropertyType.Apartment : PropertyType.SingleFamily);
        var figures = MarketFigures.Snapshot(market, area, type, Math.Clamp(request.TimeFrameMonths, 12, 24));
        var forecast = request.Forecast ? MarketFigures.ForecastOf(market, figures.Location, [subject.Kind]) : null;
        return so with
        {
            MarketTrends = figures, Forecast = forecast,
            Disclaimers = forecast is null ? so.Disclaimers : [.. so.Disclaimers, words["disclaimer.3"]],
            ComparableNeighborhoods = area is null ? []
                : [.. AreaRanking.Alike(market.Sales, area,
                    4).Select(a => new MarketCompared(a.Area, Math.Round((decimal)a.MedianPricePerSqft), a.OffPlanShare, a.Sales))],
        };
    }

    public ReportDocument WithPricing(ReportDocument so)
    {
        var v = so.Valuation!;
        var sqft = (decimal)so.Subject!.AreaSqft;
        PricingStrategy Strategy(string key, decimal price) => new(words[key], price, Math.Round(price / sqft),
            Math.Round((double)(price / v.EstimatedValue) - 1, 4), words[$"{key}.text"]);
        var quick = Thousands((v.EstimatedValue + v.ValueRange.Low) / 2);
        var ambitious = Thousands((v.EstimatedValue + v.ValueRange.High) / 2);
        return so with
        {
            PricingRecommendation = new(v.EstimatedValue, v.ValueRange,
                [Strategy("strategy.quick", quick), Strategy("strategy.market", v.EstimatedValue),
                    Strategy("strategy.ambitious", ambitious)], words["pricing_rule"], words["no_days"])
            {
                AskedToday = so.Subject.AskingPrice is { } asked ? Strategy("asked", asked) : null,
            },
        };
    }

    public ReportDocument WithArgument(ReportDocument so)
    {
        var area = so.Subject!.Neighborhood;
        var (recent, trend) = SalesTrend.Of(market, area, [subject.Kind]);
        var snapshot = market.Snapshot(area, [subject.Kind], 12);
        var points = new List<string> { words.Pace([subject.Kind], recent, area, trend, market.Engine.DataUntil) };
        if (!subject.OffPlan && snapshot.OffPlanShare is { } share)
            points.Add(words.Say(share >= 0.5 ? "sell.off_plan" : "sell.ready", Percent(share)));
        if (so.Valuation!.Rental?.GrossYield is { } yield) points.Add(words.Say("sell.rent", Percent(yield)));
        if (so.Comparables.Where(c => IsWorthShowing(c, so.Valuation)).MaxBy(c => c.Similarity) is { } best)
            points.Add(words.Say("sell.best", words.Place(best.Project ?? best.Area), Amount(best.AreaSqft),
                words.Money(best.Price, so.Currency), words.Day(best.SoldOn), words.Money(best.AdjustedPrice, so.Currency)));
        return so with { MarketingStrategy = points };
    }

    // What comes to the estimate and stays within the range once adjusted, and did not cost something else altogether.
    private static bool IsWorthShowing(ComparableResponse sale, EstimateResponse value) =>
        sale.AdjustedPrice >= value.EstimatedValue && sale.AdjustedPrice <= value.ValueRange.High
        && sale.Price >= value.EstimatedValue * 0.75m && sale.Price <= value.EstimatedValue * 1.25m;

    private ReportSubject Subject(string? area) => new()
    {
        PropertyId = request.PropertyId, Address = request.Home.Address ?? request.Home.Location ?? area ?? "", Neighborhood = area,
        Project = subject.Project, PropertyType = request.Home.PropertyType,
        Bedrooms = subject.Bedrooms, Bathrooms = request.Home.Bathrooms, AreaSqft = request.Home.AreaSqft!.Value, OffPlan = subject.OffPlan,
        Amenities = request.Home.Amenities ?? [], AskingPrice = request.Home.AskingPrice,
        Latitude = subject.Latitude, Longitude = subject.Longitude,
    };

    // In thousands too; the last step takes up what rounding left.
    private PriceStep[] Steps(HomeValuation value)
    {
        PriceStep[] steps = [.. value.Explanation.Select((step, i) =>
            step with { Name = words.Or($"step.{i}", step.Name), Amount = Thousands(step.Amount) })];
        steps[^1] = steps[^1] with { Amount = value.Estimate - steps[..^1].Sum(s => s.Amount) };
        return steps;
    }

    private static ComparableSummary? Summary(ComparableResponse[] comparables)
    {
        if (comparables.Length == 0) return null;
        var prices = comparables.Select(c => c.AdjustedPrice).Order().ToArray();
        var perSqft = comparables.Select(c => c.PricePerSqft).Order().ToArray();
        return new(prices.Length, Thousands(Middle(prices)), prices[0], prices[^1], Middle(perSqft), comparables.Min(c => c.SoldOn),
            comparables.Max(c => c.SoldOn));
    }

    // Nobody can tell an adjustment to the dirham; in thousands they still add up.
    private static ComparableResponse Legible(ComparableResponse sale)
    {
        PriceAdjustment[] adjustments = [.. sale.Adjustments.Select(a => a with { Amount = Thousands(a.Amount) })
            .Where(a => a.Amount != 0)];
        return sale with { Adjustments = adjustments, AdjustedPrice = sale.Price + adjustments.Sum(a => a.Amount) };
    }

    // Some two to five rings reach the farthest comparable.
    private static double? Ring(HomeValuation value)
    {
        var far = value.Comparables.Where(c => c.Sale.Latitude is not null).Select(c => c.DistanceKm ?? 1).DefaultIfEmpty(0).Max();
        return far switch { 0 => null, < 1.2 => 0.25, < 2.5 => 0.5, < 6 => 1, < 12 => 2, _ => 5 };
    }

    private static decimal Middle(decimal[] sorted) => Math.Round((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);

    private IEnumerable<string> Notes(HomeValuation value)
    {
        if (market.Label == "sample") yield return words["sample"];
        if (today.DayNumber - value.DataUntil.DayNumber > FreshDays) yield return words.Say("old_data", words.Day(value.DataUntil));
        if (value.Comparables.Count < 5) yield return words.Say("few", value.Comparables.Count);
        if (subject.Project is { } project && value.Evidence.SameProject == 0) yield return words.Say("no_project", words.Place(project));
        if (value.IsOutside) yield return words["outside"];
        if (value.ConfidenceClass == ConfidenceClass.Low) yield return words["low_confidence"];
        if (request.Home.Amenities is { Length: > 0 }) yield return words["no_amenities"];
        yield return words["no_days"];
    }

    private string[] Method(int comparables, DateOnly until) =>
        [words["method.1"], words["method.2"], words["method.3"], words[$"source.{market.Label}"],
            words.Say("model", market.ModelId, comparables, words.Day(until))];

    public static decimal Thousands(decimal price) => Math.Round(price / 1000) * 1000;

    public static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{(share <= -0.0005 ? "−" : "")}{Math.Abs(share) * 100:0.#}\u00a0%");

    public static string Amount(decimal value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
