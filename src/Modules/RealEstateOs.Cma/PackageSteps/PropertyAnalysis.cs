using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Cma.PackageSteps;

internal sealed record PropertyAnalysisInput
{
    public required PropertyId PropertyId { get; init; }
}

internal sealed class PropertyAnalysis(
    MarketHouse house, OwnSales own, CmaDb db, IPropertyReader properties, CurrentUser user, TimeProvider clock)
    : IWorkflowStep<PropertyAnalysisInput>
{
    public async Task<StepResult> RunAsync(PropertyAnalysisInput input, StepContext context, CancellationToken ct)
    {
        var home = await Homes.FindAsync(properties, input.PropertyId, ct)
            ?? throw Problem.Invalid(FieldError.Format("property_id", "names no property that you can see"));
        var found = (await QuickValuation.Handle(new() { Property = home }, house, own, db, user, clock, ct)).Value!;
        var value = found.Valuation;
        return StepResult.Done(new
        {
            estimated_value = value.EstimatedValue, low = value.ValueRange.Low, high = value.ValueRange.High, currency = value.Currency,
            confidence = value.ConfidenceLevel, price_per_sqft = value.PricePerSqft, market_status = value.MarketStatus,
            comparables = value.ComparablePropertiesUsed, area = found.MarketContext.Neighborhood, market_data = found.MarketData,
        });
    }
}

internal sealed record PricingInput
{
    public required decimal ListingPrice { get; init; }
    public required decimal EstimatedValue { get; init; }
    public required decimal Low { get; init; }
    public required decimal High { get; init; }
    public double? Confidence { get; init; }
}

/// <summary>A price within the valuation's range is kept; one outside of it is brought to the nearer end.</summary>
internal sealed class PricingRecommendation : IWorkflowStep<PricingInput>
{
    private const string Rule =
        "A listing price within the valuation's range is kept; one outside is brought to the nearer end of the range.";

    public Task<StepResult> RunAsync(PricingInput input, StepContext context, CancellationToken ct)
    {
        if (input.EstimatedValue <= 0 || input.Low > input.High)
            throw Problem.Invalid(FieldError.Range("estimated_value", "is no valuation"));
        var position = input.ListingPrice < input.Low ? "below_range" : input.ListingPrice > input.High ? "above_range" : "within_range";
        return Task.FromResult(StepResult.Done(new
        {
            recommended_price = Math.Clamp(input.ListingPrice, input.Low, input.High), listing_price = input.ListingPrice, position,
            difference_percent = Math.Round(100 * (input.ListingPrice - input.EstimatedValue) / input.EstimatedValue, 1),
            confidence = input.Confidence, rule = Rule,
        }));
    }
}
