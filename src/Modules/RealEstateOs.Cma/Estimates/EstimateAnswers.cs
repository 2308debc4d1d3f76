using RealEstateOs.Cma.Market;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.Cma.Estimates;

/// <summary>What every answer with figures says about them.</summary>
public record Sourced
{
    /// <summary>
    /// <c>sample</c>: an invented market for trying the product; <c>dld</c>: registered sales of the Dubai Land Department;
    /// <c>imported</c>: sales of another source.
    /// </summary>
    public required string MarketData { get; init; }
    /// <summary>Its name, such as <c>dubai</c>.</summary>
    public required string Market { get; init; }
    /// <summary>Day of the last sale known.</summary>
    public required DateOnly DataUntil { get; init; }

    internal static DateOnly Until(LoadedMarket market) => market.Engine.DataUntil;
}

/// <param name="Low">In the market's currency.</param>
/// <param name="High">In the market's currency.</param>
public sealed record ValueRange(decimal Low, decimal High);

/// <summary>An estimate as AURA's example shows it, with what it stands on.</summary>
public sealed record EstimateResponse
{
    /// <summary>What the home would likely sell for on <see cref="EffectiveDate"/>, in <see cref="Currency"/>.</summary>
    public required decimal EstimatedValue { get; init; }
    /// <summary>The market's; an estimate is never converted.</summary>
    public required string Currency { get; init; }
    /// <summary>Measured share of similar held-out sales within ten percent of their estimate.</summary>
    public required double ConfidenceLevel { get; init; }
    /// <summary>Measured: <see cref="StatedCoverage"/> says what share of sales such a range held.</summary>
    public required ValueRange ValueRange { get; init; }
    /// <summary>The estimate ÷ the area.</summary>
    public required decimal PricePerSqft { get; init; }
    public required MarketStatus MarketStatus { get; init; }
    /// <summary>How many sales like it the estimate looked at.</summary>
    public required int ComparablePropertiesUsed { get; init; }
    /// <summary>Share of similar held-out sales that the range held.</summary>
    public required double StatedCoverage { get; init; }
    public required ConfidenceClass ConfidenceClass { get; init; }
    /// <summary>Forecast standard deviation: two of three similar held-out sales were nearer to their estimate than this share.</summary>
    public required double ForecastStandardDeviation { get; init; }
    /// <summary>How many held-out sales the confidence was measured on.</summary>
    public required int ConfidenceCases { get; init; }
    public required EvidenceCount Evidence { get; init; }
    /// <summary>The day that the estimate is for.</summary>
    public required DateOnly EffectiveDate { get; init; }
    /// <summary>Null where no tenancies of such homes are known.</summary>
    public required RentalResponse? Rental { get; init; }

    internal static EstimateResponse Of(HomeValuation value, double areaSqft, MarketStatus status, RentEstimate? rent) => new()
    {
        EstimatedValue = value.Estimate, Currency = value.Currency, ConfidenceLevel = value.Confidence,
        ValueRange = new(value.RangeLow, value.RangeHigh),
        PricePerSqft = Math.Round(value.Estimate / (decimal)areaSqft), MarketStatus = status,
        ComparablePropertiesUsed = value.Comparables.Count, StatedCoverage = value.StatedCoverage,
        ConfidenceClass = value.ConfidenceClass, ForecastStandardDeviation = value.Fsd, ConfidenceCases = value.ConfidenceCases,
        Evidence = value.Evidence, EffectiveDate = value.On,
        Rental = rent is null ? null : new(rent.AnnualRent, new(rent.RangeLow, rent.RangeHigh), rent.GrossYield(value.Estimate),
            rent.Contracts, rent.Basis, rent.DataUntil),
    };
}

/// <summary>What the home would let for a year, from registered tenancies of its kind.</summary>
/// <param name="AnnualRent">In the market's currency.</param>
/// <param name="GrossYield">A year's rent ÷ the estimate: 0.06 is 6 %.</param>
/// <param name="Contracts">How many tenancies it stands on.</param>
/// <param name="Basis">Whose tenancies they are.</param>
/// <param name="DataUntil">Day of the last tenancy known.</param>
/// <param name="Range">Range of the yearly rent, in the market's currency.</param>
public sealed record RentalResponse(decimal AnnualRent, ValueRange Range, double? GrossYield, int Contracts, string Basis,
    DateOnly DataUntil);

/// <summary>A comparable sale with its likeness, its adjustments and what it says about the subject.</summary>
public sealed record ComparableResponse
{
    /// <summary>The registry's.</summary>
    public required string TransactionNumber { get; init; }
    /// <summary>The day of registration.</summary>
    public required DateOnly SoldOn { get; init; }
    /// <summary>The area's one name in this market.</summary>
    public required string Area { get; init; }
    /// <summary>Building or project; null where the registry names none.</summary>
    public required string? Project { get; init; }
    /// <summary>The registry's kind, such as flat or villa.</summary>
    public required string PropertyType { get; init; }
    /// <summary>0 is a studio; null where the registry does not say.</summary>
    public required int? Bedrooms { get; init; }
    /// <summary>In square feet.</summary>
    public required decimal AreaSqft { get; init; }
    /// <summary>Sold before it was built.</summary>
    public required bool OffPlan { get; init; }
    /// <summary>In the market's currency.</summary>
    public required decimal Price { get; init; }
    /// <summary>price ÷ area_sqft, in the market's currency, before adjustments.</summary>
    public required decimal PricePerSqft { get; init; }
    /// <summary>0 to 1.</summary>
    public required double Similarity { get; init; }
    /// <summary>What the similarity is made of: the mean of the scores by their weights.</summary>
    public required IReadOnlyList<SimilarityPart> SimilarityParts { get; init; }
    /// <summary>What was added and taken off for date, size and layout; they lead from the price to the adjusted price.</summary>
    public required IReadOnlyList<PriceAdjustment> Adjustments { get; init; }
    /// <summary>What it says of the subject, after the adjustments.</summary>
    public required decimal AdjustedPrice { get; init; }
    /// <summary>Null where one of the two places is not known.</summary>
    public required double? DistanceKm { get; init; }
    /// <summary>project, area or nearby.</summary>
    public required string Match { get; init; }
    /// <summary>A closed deal of the own organization.</summary>
    public required bool OwnDeal { get; init; }
    /// <summary>In degrees, WGS 84; null where the place is not known.</summary>
    public required double? Latitude { get; init; }
    /// <summary>In degrees, WGS 84; null where the place is not known.</summary>
    public required double? Longitude { get; init; }

    internal static ComparableResponse Of(ComparableSale c) => new()
    {
        TransactionNumber = c.Sale.TransactionNumber, SoldOn = c.Sale.Date, Area = c.Sale.Area, Project = c.Sale.Project,
        PropertyType = Vocabulary.Word(c.Sale.Kind),
        Bedrooms = c.Sale.Bedrooms, AreaSqft = Math.Round((decimal)(c.Sale.SizeSqm * Units.SqftPerSqm)), OffPlan = c.Sale.OffPlan,
        Price = c.Sale.Price,
        PricePerSqft = Math.Round((decimal)c.Sale.PricePerSqft), Similarity = c.Similarity, SimilarityParts = c.Parts,
        Adjustments = c.Adjustments, AdjustedPrice = c.AdjustedPrice,
        DistanceKm = c.DistanceKm, Match = c.Match, OwnDeal = c.OwnDeal, Latitude = c.Sale.Latitude, Longitude = c.Sale.Longitude,
    };
}
