using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>Either a <see cref="HomeValuation"/> or a <see cref="PlaceNotCovered"/>; never an invention.</summary>
internal abstract record ValuationAnswer;

/// <summary>How far similar estimates were off when they were held against sales that the model had not seen.</summary>
public enum ConfidenceClass { High, Medium, Low }

/// <summary>What a home is likely to sell for. An estimate, not an appraisal.</summary>
internal sealed record HomeValuation : ValuationAnswer
{
    public required string Currency { get; init; }
    public required DateOnly On { get; init; }
    public required decimal Estimate { get; init; }
    /// <summary>Four of five similar homes sold between these two.</summary>
    public required decimal RangeLow { get; init; }
    public required decimal RangeHigh { get; init; }
    public double StatedCoverage => 0.8;
    /// <summary>Measured share of similar held-out sales within ten percent of their estimate.</summary>
    public required double Confidence { get; init; }
    public required ConfidenceClass ConfidenceClass { get; init; }
    /// <summary>Forecast standard deviation: two of three similar held-out sales were nearer to their estimate than this share.</summary>
    public required double Fsd { get; init; }
    /// <summary>Held-out sales behind the two figures above.</summary>
    public required int ConfidenceCases { get; init; }
    public required double PricePerSqm { get; init; }
    public double PricePerSqft => PricePerSqm / Units.SqftPerSqm;
    public required EvidenceCount Evidence { get; init; }
    public required IReadOnlyList<ComparableSale> Comparables { get; init; }
    /// <summary>From a typical home of the city to this one; the amounts add up to the estimate.</summary>
    public required IReadOnlyList<PriceStep> Explanation { get; init; }
    /// <summary>What a reader must know before using the figure, for example how few sales carry it.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
    /// <summary>Nothing like this home is among the known sales: the first note says what it is outside of.</summary>
    public bool IsOutside { get; init; }
    /// <summary>Day of the last sale known.</summary>
    public required DateOnly DataUntil { get; init; }
}

/// <summary>Sales of the same kind and state behind a valuation.</summary>
/// <param name="SameProject">In the same building or project.</param>
/// <param name="SameArea">In the same area.</param>
/// <param name="SameSizeInProject">In the same project and of about the same size.</param>
public sealed record EvidenceCount(int SameProject, int SameArea, int SameSizeInProject);

/// <summary>One step of the explanation: its name, what it adds in money and as a share of the step before.</summary>
/// <param name="Name">What the step accounts for, as a sentence.</param>
/// <param name="Amount">What it adds, in the market's currency; negative takes off.</param>
/// <param name="Share">The amount as a share of the price before the step; 1 for the first.</param>
public sealed record PriceStep(string Name, decimal Amount, double Share);

/// <summary>A sale laid beside the subject.</summary>
internal sealed record ComparableSale
{
    public required Sale Sale { get; init; }
    /// <summary>0 to 1: the weighted mean of the parts.</summary>
    public required double Similarity { get; init; }
    public required IReadOnlyList<SimilarityPart> Parts { get; init; }
    /// <summary>
    /// What the sale would have cost with the subject's size and traits, on the day of valuation; adds up to <see cref="AdjustedPrice"/>.
    /// </summary>
    public required IReadOnlyList<PriceAdjustment> Adjustments { get; init; }
    public required decimal AdjustedPrice { get; init; }
    public double? DistanceKm { get; init; }
    /// <summary>project, area or nearby.</summary>
    public required string Match { get; init; }
    public bool OwnDeal { get; init; }
}

/// <param name="Name">place, size, bedrooms, recency or traits.</param>
/// <param name="Score">0 to 1; 1 is the same.</param>
/// <param name="Weight">How much the part counts beside the others.</param>
public sealed record SimilarityPart(string Name, double Score, double Weight);

/// <param name="Name">What is adjusted for, such as date or size.</param>
/// <param name="Amount">In the market's currency; negative takes off.</param>
public sealed record PriceAdjustment(string Name, decimal Amount);

/// <summary>There are no sales to stand on; these places have some.</summary>
internal sealed record PlaceNotCovered(string Asked, string Reason, IReadOnlyList<CoveredArea> NearestAreas) : ValuationAnswer;

/// <summary>An area with evidence. <see cref="DistanceKm"/> only where coordinates are known.</summary>
internal sealed record CoveredArea(string Area, int Sales, double? DistanceKm, double NameLikeness);
