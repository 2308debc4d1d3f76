using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.Engine;

namespace RealEstateOs.Cma.Insights;

internal static class GetMarketSnapshot
{
    /// <summary>
    /// Sales, medians, trend and off-plan share of a place, or of the market. Medians are by month, the trend has its uncertainty.
    /// </summary>
    /// <param name="location">An area or a project; without it the whole market.</param>
    /// <param name="propertyType">Only homes of this type.</param>
    /// <param name="timeFrameMonths">How far back, 2 to 120 months; default 12.</param>
    /// <param name="market">The market to look in, such as <c>dubai</c>; default the installation's own.</param>
    public static async Task<Ok<MarketFiguresResponse>> Handle(
        string? location, [FromQuery(Name = "property_type")] string? propertyType,
        [FromQuery(Name = "time_frame_months")] int? timeFrameMonths, string? market, MarketHouse house, CancellationToken ct)
    {
        var type = MarketQuery.Read(house, market, propertyType, "time_frame_months", timeFrameMonths, 2, 120);
        return TypedResults.Ok(MarketFigures.Snapshot(await house.GetAsync(market, ct), location, type, timeFrameMonths ?? 12));
    }
}

/// <summary>What questions about a market have in common, all that is wrong with them told at once.</summary>
internal static class MarketQuery
{
    public static PropertyType? Read(MarketHouse house, string? market, string? propertyType, string span, int? months, int least, int most)
    {
        var errors = new List<FieldError>();
        if (house.Unknown(market) is { } unknown) errors.Add(unknown);
        PropertyType type = default;
        var given = !string.IsNullOrWhiteSpace(propertyType);
        if (given && !Vocabulary.TryRead(propertyType!.Trim(), out type))
            errors.Add(FieldError.Format("property_type", Vocabulary.Explain(typeof(PropertyType))));
        if (months < least || months > most) errors.Add(FieldError.Range(span, $"must be a number from {least} to {most}"));
        if (errors.Count > 0) throw Problem.Invalid([.. errors.Select(e => e with { In = "query" })]);
        return given ? type : null;
    }
}

/// <summary>What this installation knows: where homes can be valued, and how well on the sales it held back.</summary>
public sealed record CoverageResponse : Estimates.Sourced
{
    public required string Currency { get; init; }
    /// <summary>Sales that are loaded for this market.</summary>
    public required int Sales { get; init; }
    /// <summary>Tenancies that rents are estimated from.</summary>
    public required int Rents { get; init; }
    /// <summary>Number of the trained model; grows with each training.</summary>
    public required long ModelVersion { get; init; }
    /// <summary>When the model was last learned.</summary>
    public required DateTimeOffset TrainedAt { get; init; }
    /// <summary>Measured on sales that it had not seen.</summary>
    public required TrainingSummary Accuracy { get; init; }
    /// <summary>How many areas there are, whatever <c>limit</c> says.</summary>
    public required int AreaCount { get; init; }
    /// <summary>Those with the most sales first.</summary>
    public required IReadOnlyList<CoveredPlace> Areas { get; init; }
}

/// <param name="Area">The area's one name, as <c>location</c> takes it.</param>
/// <param name="Sales">Sales known there.</param>
public sealed record CoveredPlace(string Area, int Sales);

internal static class GetCoverage
{
    /// <summary>The areas that homes can be valued in, with the model's measured accuracy.</summary>
    /// <param name="market">The market to look in, such as <c>dubai</c>; default the installation's own.</param>
    /// <param name="limit">At most so many areas, those with the most sales; default all.</param>
    public static async Task<Ok<CoverageResponse>> Handle(string? market, int? limit, MarketHouse house, CancellationToken ct)
    {
        if (limit < 1) throw Problem.Invalid(FieldError.Range("limit", "must be a whole number from 1 on") with { In = "query" });
        var m = await house.GetAsync(market, ct);
        return TypedResults.Ok(new CoverageResponse
        {
            Currency = m.Currency, Sales = m.Sales.Length, Rents = m.Rents.Contracts, ModelVersion = m.ModelId, TrainedAt = m.TrainedAt,
            Accuracy = m.Engine.Summary,
            AreaCount = m.Engine.CoveredAreas.Count,
            Areas = [.. m.Engine.CoveredAreas.Take(limit ?? int.MaxValue).Select(a => new CoveredPlace(a.Area, a.Sales))],
            MarketData = m.Label, Market = m.Code, DataUntil = m.Engine.DataUntil,
        });
    }
}
