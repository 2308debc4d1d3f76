using System.Globalization;
using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Insights;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Cma.PackageSteps;

internal sealed record MarketInsightsInput
{
    /// <summary>An area; without it, or where the market does not know it, the whole market.</summary>
    public string? Location { get; init; }
    /// <summary>Of the sentence, en or ar; the office's by default.</summary>
    public string? Language { get; init; }
}

internal sealed class MarketInsights(MarketHouse house, IOrganizationDirectory organizations) : IWorkflowStep<MarketInsightsInput>
{
    private const int Months = 12;

    public async Task<StepResult> RunAsync(MarketInsightsInput input, StepContext context, CancellationToken ct)
    {
        var market = await house.GetAsync(null, ct);
        var language = input.Language ?? (await organizations.DefaultsAsync(ct)).Locale;
        var area = input.Location is { Length: > 0 } asked && SubjectReader.Place(market, asked).Area is { } named
            ? market.AreaNamed(named) : null;
        var figures = MarketFigures.Snapshot(market, area, (Contracts.Properties.PropertyType?)null, Months);
        return StepResult.Done(new
        {
            location = figures.Location, months = Months, sales = figures.Sales, median_price = figures.MedianPrice,
            currency = figures.Currency,
            median_price_per_sqft = figures.MedianPricePerSqft, market_status = figures.MarketStatus, market_data = figures.MarketData,
            text = PageWords.IsArabicTag(language) ? Arabic(figures) : English(figures),
        }, new Deliverable("Market Insights Report", null));
    }

    private static string English(MarketFiguresResponse figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{figures.Location ?? "The whole market"}: {figures.Sales} registered sales within {Months} months"
        + $"{(figures.MedianPrice is { } price ? $", median price {price:#,0} {figures.Currency}" : "")}"
        + $"{(figures.MedianPricePerSqft is { } foot ? $" ({foot:#,0} a square foot)" : "")}.");

    private static string Arabic(MarketFiguresResponse figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(figures.Location is { } place ? PlaceNames.Name(place, true) : "السوق كله")}: "
        + $"عدد المبيعات المسجّلة خلال {Months} شهراً {figures.Sales:#,0}"
        + $"{(figures.MedianPrice is { } price ? $"، وسيط السعر {price:#,0} {figures.Currency}" : "")}"
        + $"{(figures.MedianPricePerSqft is { } foot ? $" ({foot:#,0} للقدم المربعة)" : "")}.");
}

internal sealed record SocialProofInput
{
    public string? Location { get; init; }
    /// <summary>Of the sentence, en or ar; the office's by default.</summary>
    public string? Language { get; init; }
}

/// <summary>Counts the office's own closed sales, as far as the user sees them; where there is none, nothing is claimed.</summary>
internal sealed class SocialProof(MarketHouse house, OwnSales own, IOrganizationDirectory organizations)
    : IWorkflowStep<SocialProofInput>
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
        var language = input.Language ?? (await organizations.DefaultsAsync(ct)).Locale;
        return StepResult.Done(new { sales = here.Count, location = area, months = Months,
            text = PageWords.IsArabicTag(language) ? Arabic(here.Count, area) : English(here.Count, area) });
    }

    private static string English(int sales, string? area) =>
        $"We have closed {(sales == 1 ? "1 sale" : $"{sales} sales")}{(area is null ? "" : $" in {area}")} within {Months} months.";

    private static string Arabic(int sales, string? area) =>
        $"عدد صفقات البيع التي أتممناها{(area is null ? "" : $" في {PlaceNames.Name(area, true)}")} "
        + $"خلال {Months} شهراً: {sales}.";
}
