using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Market;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.Cma.Insights;

/// <summary>A market and what may come, under AURA's names. What no registry carries is null; the notes say why.</summary>
public sealed record MarketInsightsResponse : Sourced
{
    public required MarketInsights MarketInsights { get; init; }
    public required PriceForecasting PriceForecasting { get; init; }
    public required MarketDynamics MarketDynamics { get; init; }
    public required IReadOnlyList<NeighborhoodComparison> ComparableNeighborhoods { get; init; }
    public required IReadOnlyList<HotArea> HotNeighborhoods { get; init; }
    public required IReadOnlyDictionary<string, string> Rules { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Where the market stands, by the rules given beside it.</summary>
public sealed record MarketInsights
{
    public required string? Location { get; init; }
    public required string? PropertyType { get; init; }
    public required MarketStatus CurrentMarketStatus { get; init; }
    public string? InventoryLevel => null;
    /// <summary>upward, flat, downward or unknown.</summary>
    public required PriceDirection PriceTrend { get; init; }
    /// <summary>high, normal, low or unknown.</summary>
    public required DemandLevel DemandLevel { get; init; }
    public required IReadOnlyList<MonthResponse> Months { get; init; }
}

public enum PriceDirection { Unknown, Downward, Flat, Upward }

public enum DemandLevel { Unknown, Low, Normal, High }

/// <summary>
/// The mean price now and some months ahead, in the market's currency; the member of the forecast is named after its distance, as
/// <c>6_month_forecast</c>.
/// </summary>
public sealed record PriceForecasting
{
    /// <summary>Mean price of the sales of the last 90 days known.</summary>
    public required decimal? CurrentAvgPrice { get; init; }
    [JsonExtensionData] public Dictionary<string, object?> Forecast { get; init; } = [];
    /// <summary>The range that held in eight of ten backtests at this distance.</summary>
    public required ValueRange? Range { get; init; }
    /// <summary>Share of the backtests at this distance that came within five percent.</summary>
    public required double? ConfidenceLevel { get; init; }
    public required int Backtests { get; init; }
    public required double? BacktestMedianError { get; init; }
    /// <summary>What "no change" got wrong on the same months.</summary>
    public required double? NoChangeMedianError { get; init; }
    /// <summary>What the forecast is made from; causes of it are in no registry.</summary>
    public required IReadOnlyList<string> Factors { get; init; }
    public required string? Method { get; init; }
}

public sealed record MarketDynamics(MarketSupply Supply, MarketDemand Demand);

public sealed record MarketSupply
{
    /// <summary>
    /// Projects whose first off-plan sale was registered in the last twelve months; null where the data does not reach a year further back.
    /// </summary>
    public required int? NewDevelopments { get; init; }
    public required double? OffPlanShare { get; init; }
    public int? ExpectedCompletions => null;
    public string? Timeline => null;
}

public sealed record MarketDemand
{
    [JsonPropertyName("sales_last_90_days")] public required int SalesLast90Days { get; init; }
    [JsonPropertyName("sales_previous_90_days")] public required int SalesPrevious90Days { get; init; }
    public string? BuyerInterest => null;
    public double? InternationalBuyers => null;
    public string? InvestorActivity => null;
}

/// <param name="PriceDifferential">Its median price per square foot against this one's, as a share: 0.15 is 15 % dearer.</param>
/// <param name="Trend">stronger, weaker or similar, where the intervals of the two trends overlap; null without two trends.</param>
public sealed record NeighborhoodComparison(string Name, double PriceDifferential, string? Trend, double Distance, int Sales);

internal static class GetMarketInsights
{
    /// <summary>
    /// Where a market stands and what may come: status, demand, forecast with its measured error, supply, places priced alike.
    /// </summary>
    /// <param name="location">An area or a project; without it the whole market.</param>
    /// <param name="propertyType">Only homes of this type.</param>
    /// <param name="forecastMonths">How far to look ahead, 1 to 12 months; default 6.</param>
    /// <param name="market">The market to look in, such as <c>dubai</c>; default the installation's own.</param>
    public static async Task<Ok<MarketInsightsResponse>> Handle(
        string? location, [FromQuery(Name = "property_type")] string? propertyType,
        [FromQuery(Name = "forecast_months")] int? forecastMonths, string? market, MarketHouse house, CancellationToken ct)
    {
        var type = MarketQuery.Read(house, market, propertyType, "forecast_months", forecastMonths, 1, 12);
        return TypedResults.Ok(MarketOutlook.Of(await house.GetAsync(market, ct), location, type, forecastMonths ?? 6));
    }
}
