using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Insights;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Cma.PackageSteps;

internal sealed record MarketInsightsInput
{
    /// <summary>An area; without it, or where the market does not know it, the whole market.</summary>
    public string? Location { get; init; }
}

internal sealed class MarketInsights(MarketHouse house) : IWorkflowStep<MarketInsightsInput>
{
    private const int Months = 12;

    public async Task<StepResult> RunAsync(MarketInsightsInput input, StepContext context, CancellationToken ct)
    {
        var market = await house.GetAsync(null, ct);
        var area = input.Location is { Length: > 0 } asked && SubjectReader.Place(market, asked).Area is { } named
            ? market.AreaNamed(named) : null;
        var figures = MarketFigures.Snapshot(market, area, (Contracts.Properties.PropertyType?)null, Months);
        return StepResult.Done(new
        {
            location = figures.Location, months = Months, sales = figures.Sales, median_price = figures.MedianPrice,
            currency = figures.Currency,
            median_price_per_sqft = figures.MedianPricePerSqft, market_status = figures.MarketStatus, market_data = figures.MarketData,
            text = Sentence(figures),
        }, new Deliverable("Market Insights Report", null));
    }

    private static string Sentence(MarketFiguresResponse figures) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{figures.Location ?? "The whole market"}: {figures.Sales} registered sales within {Months} months"
        + $"{(figures.MedianPrice is { } price ? $", median price {price:#,0} {figures.Currency}" : "")}"
        + $"{(figures.MedianPricePerSqft is { } foot ? $" ({foot:#,0} a square foot)" : "")}.");
}

internal sealed record SocialProofInput
{
    public string? Location { get; init; }
}

/// <summary>Counts the office's own closed sales, as far as the user sees them; where there is none, nothing is claimed.</summary>
internal sealed class SocialProof(MarketHouse house, OwnSales own) : IWorkflowStep<SocialProofInput>
{
    private const int Months = 24;

    public async Task<StepResult> RunAsync(SocialProofInput input, StepContext context, CancellationToken ct)
    {
        var market = await house.GetAsync(null, ct);
        var area = input.Location is { Length: > 0 } asked && SubjectReader.Place(market, asked).Area is { } named
            ? AreaNames.Default.Canonical(named) : null;
        var sold = await own.OfAsync(market, Months, ct);
        var here = area is null ? sold : [.. sold.Where(s => s.Area == area)];
        if (here.Count == 0) return StepResult.Skipped("The office has closed no sale here that could be shown.");
        var sales = here.Count == 1 ? "1 sale" : $"{here.Count} sales";
        return StepResult.Done(new { sales = here.Count, location = area, months = Months,
            text = $"We have closed {sales}{(area is null ? "" : $" in {area}")} within {Months} months." });
    }
}
