using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Cma.Market;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.Cma.Estimates;

/// <example>{"property": {"location": "Dubai Marina", "property_type": "apartment", "bedrooms": 2, "area_sqft": 1200}}</example>
public sealed record QuickValuationRequest : IRequestBody<QuickValuationRequest>
{
    public HomeDescription? Property { get; init; }
    /// <summary>Where several markets are loaded; the installation's own by default.</summary>
    [MaxLength(50)] public string? Market { get; init; }
}

internal sealed class QuickValuationValidator : AbstractValidator<QuickValuationRequest>
{
    public QuickValuationValidator() => RuleFor(v => v.Property).NotNull().SetValidator(new HomeDescriptionValidator()!);
}

public sealed record QuickValuationResponse : Sourced
{
    public required EstimateResponse Valuation { get; init; }
    /// <summary>Where the market of the home's area stands.</summary>
    public required MarketContextResponse MarketContext { get; init; }
    /// <summary>At most twelve, the most like the home first.</summary>
    public required IReadOnlyList<ComparableResponse> Comparables { get; init; }
    /// <summary>From a typical home of the city to this one; the amounts add up to the estimate.</summary>
    public required IReadOnlyList<PriceStep> Explanation { get; init; }
    /// <summary>What the estimate could not heed, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
    /// <summary>Number of the trained model; grows with each training.</summary>
    public required long ModelVersion { get; init; }
}

public sealed record MarketContextResponse
{
    /// <summary>The area's one name in this market; null where it is not known.</summary>
    public required string? Neighborhood { get; init; }
    /// <summary>Number of sales in the last 90 days against the 90 before: more or less than 15 % apart is rising or falling.</summary>
    public required MarketStatus RecentSalesTrend { get; init; }
    /// <summary>Always null: a registry of sales records no listings.</summary>
    public int? AverageDaysOnMarket => null;
    /// <summary>Always null: a registry of sales records no listings.</summary>
    public string? InventoryLevel => null;
    /// <summary>Sales of such homes in the area in the last 90 days known.</summary>
    [JsonPropertyName("sales_last_90_days")] public required int SalesLast90Days { get; init; }
    /// <summary>Of the last twelve months, in the market's currency.</summary>
    public required decimal? MedianPricePerSqft { get; init; }
    /// <summary>0.01 is 1 % a month; null where there are too few sales.</summary>
    public required double? PriceTrendPerMonth { get; init; }
    /// <summary>By which rule the market's status is told.</summary>
    public required string StatusRule { get; init; }
}

internal static class QuickValuation
{
    public const int Comparables = 12;

    public const string NoListings =
        "average_days_on_market and inventory_level are null: a registry of sales records neither listings nor days on market.";

    /// <summary>What a home is likely to sell for, from registered sales: an estimate with its range, not an appraisal.</summary>
    public static async Task<Ok<QuickValuationResponse>> Handle(
        QuickValuationRequest request, MarketHouse house, OwnSales own, CmaDb db, CurrentUser user, TimeProvider clock,
        CancellationToken ct)
    {
        var market = await house.GetAsync(request.Market, ct);
        var home = request.Property!;
        var subject = SubjectReader.Read(market, home);
        var answer = market.Engine.Value(subject,
            new() { Count = Comparables, OwnSales = await own.OfAsync(market, new ComparableQuery().TimeFrameMonths, ct) });
        if (answer is PlaceNotCovered missing) throw SubjectReader.NotCovered(missing, "property.location", market);
        var value = (HomeValuation)answer;
        var area = AreaOf(subject, value);
        var snapshot = market.Snapshot(area, [subject.Kind], 12);
        var response = new QuickValuationResponse
        {
            Valuation = EstimateResponse.Of(value, home.AreaSqft!.Value, snapshot.Status,
                market.Rents.Estimate(subject with { Area = area })),
            MarketContext = Context(market, area, subject, snapshot),
            Comparables = [.. value.Comparables.Select(ComparableResponse.Of)],
            Explanation = value.Explanation,
            Notes = [.. SubjectReader.ProjectNotes(market, subject, home, value), .. Notes(value, home)],
            ModelVersion = market.ModelId, MarketData = market.Label, Market = market.Code, DataUntil = value.DataUntil,
        };
        db.Add(new AskedValuation
        {
            Market = market.Code, Area = area ?? "", Kind = Vocabulary.Word(subject.Kind), Estimate = value.Estimate,
            Currency = value.Currency, Confidence = value.Confidence,
            MarketData = market.Label, ModelId = market.ModelId, AskedBy = user.Id, AskedAt = clock.Now(),
        });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(response);
    }

    /// <summary>The area's one name; where only the project or the coordinates were known, that of the nearest comparable.</summary>
    public static string? AreaOf(SubjectProperty subject, HomeValuation value) =>
        subject.Area is { } named && AreaNames.Default.Canonical(named) is var area
            && value.Comparables.FirstOrDefault(c => c.Sale.Area == area) is not null ? area
        : value.Comparables.Count > 0 ? value.Comparables[0].Sale.Area
            : subject.Area is { } asked ? AreaNames.Default.Canonical(asked) : null;

    public static IEnumerable<string> Notes(HomeValuation value, HomeDescription home) =>
        [.. value.Notes, .. home.Amenities is { Length: > 0 } ? ["Amenities are in no registry: they don't move the estimate."]
            : Array.Empty<string>(), NoListings];

    private static MarketContextResponse Context(LoadedMarket market, string? area, SubjectProperty subject, MarketSnapshot snapshot)
    {
        var (recent, trend) = SalesTrend.Of(market, area, [subject.Kind]);
        return new()
        {
            Neighborhood = area, RecentSalesTrend = trend, SalesLast90Days = recent,
            MedianPricePerSqft = (decimal?)snapshot.MedianPricePerSqft,
            PriceTrendPerMonth = snapshot.Trend is { } line ? Math.Round(line.PerMonth, 4) : null, StatusRule = snapshot.StatusRule,
        };
    }
}

/// <summary>Whether more or fewer sales are registered than a quarter ago.</summary>
internal static class SalesTrend
{
    public const string Rule = "Sales of the last 90 days against the 90 before: rising or falling where they differ by more than 15 %; "
        + "under 30 sales in both together no statement.";

    public static (int Recent, MarketStatus Trend) Of(LoadedMarket market, string? area, IReadOnlyCollection<PropertyKind>? kinds)
    {
        var until = market.Engine.DataUntil;
        int recent = 0, earlier = 0;
        foreach (var sale in market.Of(area, kinds))
        {
            var days = until.DayNumber - sale.Date.DayNumber;
            if (days is >= 0 and < 90) recent++;
            else if (days is >= 90 and < 180) earlier++;
        }
        var trend = recent + earlier < MarketStatistics.MinSalesForStatus ? MarketStatus.TooFewSales
            : recent > earlier * 1.15 ? MarketStatus.Rising : recent < earlier * 0.85 ? MarketStatus.Falling : MarketStatus.Stable;
        return (recent, trend);
    }
}
