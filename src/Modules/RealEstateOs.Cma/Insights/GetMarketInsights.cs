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
    /// <summary>What is offered and what is asked for, as far as registered sales tell.</summary>
    public required MarketDynamics MarketDynamics { get; init; }
    /// <summary>Up to five areas that are priced like this one, the nearest first; empty for the whole market.</summary>
    public required IReadOnlyList<NeighborhoodComparison> ComparableNeighborhoods { get; init; }
    /// <summary>Up to ten areas in demand, the most first.</summary>
    public required IReadOnlyList<HotArea> HotNeighborhoods { get; init; }
    /// <summary>By which rule each figure is told; the keys are the members' names.</summary>
    public required IReadOnlyDictionary<string, string> Rules { get; init; }
    /// <summary>What no registry carries and so is null, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Where the market stands, by the rules given beside it.</summary>
public sealed record MarketInsights
{
    /// <summary>The area's one name; null for the whole market.</summary>
    public required string? Location { get; init; }
    /// <summary>The type asked for; null for all homes.</summary>
    public required string? PropertyType { get; init; }
    public required MarketStatus CurrentMarketStatus { get; init; }
    /// <summary>Always null: a registry of sales records no listings.</summary>
    public string? InventoryLevel => null;
    /// <summary>upward, flat, downward or unknown.</summary>
    public required PriceDirection PriceTrend { get; init; }
    /// <summary>high, normal, low or unknown.</summary>
    public required DemandLevel DemandLevel { get; init; }
    /// <summary>The oldest first.</summary>
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
    /// <summary>How often the forecast was tried on months that it had not seen.</summary>
    public required int Backtests { get; init; }
    /// <summary>As a share: 0.02 is 2 %; null where there were too few months to try it.</summary>
    public required double? BacktestMedianError { get; init; }
    /// <summary>What "no change" got wrong on the same months.</summary>
    public required double? NoChangeMedianError { get; init; }
    /// <summary>What the forecast is made from; causes of it are in no registry.</summary>
    public required IReadOnlyList<string> Factors { get; init; }
    /// <summary>How it is made, as a sentence; null without a forecast.</summary>
    public required string? Method { get; init; }
}

/// <param name="Supply">What comes to the market.</param>
/// <param name="Demand">What is bought.</param>
public sealed record MarketDynamics(MarketSupply Supply, MarketDemand Demand);

public sealed record MarketSupply
{
    /// <summary>
    /// Projects whose first off-plan sale was registered in the last twelve months; null where the data does not reach a year further back.
    /// </summary>
    public required int? NewDevelopments { get; init; }
    /// <summary>Share of the sales whose home was not built yet, 0 to 1.</summary>
    public required double? OffPlanShare { get; init; }
    /// <summary>Always null: a registry of sales does not tell.</summary>
    public int? ExpectedCompletions => null;
    /// <summary>Always null: a registry of sales does not tell.</summary>
    public string? Timeline => null;
}

public sealed record MarketDemand
{
    /// <summary>Sales in the last 90 days known.</summary>
    [JsonPropertyName("sales_last_90_days")] public required int SalesLast90Days { get; init; }
    /// <summary>Sales in the 90 days before those.</summary>
    [JsonPropertyName("sales_previous_90_days")] public required int SalesPrevious90Days { get; init; }
    /// <summary>Always null: a registry of sales does not tell.</summary>
    public string? BuyerInterest => null;
    /// <summary>Always null: a registry of sales does not tell.</summary>
    public double? InternationalBuyers => null;
    /// <summary>Always null: a registry of sales does not tell.</summary>
    public string? InvestorActivity => null;
}

/// <param name="PriceDifferential">Its median price per square foot against this one's, as a share: 0.15 is 15 % dearer.</param>
/// <param name="Trend">stronger, weaker or similar, where the intervals of the two trends overlap; null without two trends.</param>
/// <param name="Name">The area's one name in this market.</param>
/// <param name="Distance">How unlike it is; 0 has the same level and spread of prices, sizes and kinds.</param>
/// <param name="Sales">Sales that it was measured on.</param>
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
