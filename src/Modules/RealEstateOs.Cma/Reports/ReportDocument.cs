using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Insights;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Valuation.Engine;

namespace RealEstateOs.Cma.Reports;

/// <summary>
/// Everything a report says. Its JSON, its page and its PDF are made from this and nothing else, so that they can't differ.
/// </summary>
public sealed record ReportDocument
{
    public required string Title { get; init; }
    /// <summary>en or ar.</summary>
    public required string Language { get; init; }
    public required DateOnly EffectiveDate { get; init; }
    public required ReportBrand Brand { get; init; }
    public required string MarketData { get; init; }
    public required string Market { get; init; }
    public required DateOnly DataUntil { get; init; }
    public required long ModelVersion { get; init; }
    public required string Currency { get; init; }
    /// <summary>The day it was made; null in reports from before it was told.</summary>
    public DateOnly? PreparedOn { get; init; }
    public string? PreparedFor { get; init; }
    public ReportSubject? Subject { get; init; }
    public EstimateResponse? Valuation { get; init; }
    public IReadOnlyList<PriceStep> Explanation { get; init; } = [];
    public IReadOnlyList<ComparableResponse> Comparables { get; init; } = [];
    /// <summary>Distance from ring to ring in the plot of the places.</summary>
    public double? MapRingKm { get; init; }
    public ComparableSummary? ComparableSummary { get; init; }
    public MarketFiguresResponse? MarketTrends { get; init; }
    public ForecastResponse? Forecast { get; init; }
    public IReadOnlyList<MarketCompared> ComparableNeighborhoods { get; init; } = [];
    public PricingRecommendation? PricingRecommendation { get; init; }
    public IReadOnlyList<string> MarketingStrategy { get; init; } = [];
    /// <summary>Whether the page draws the months beside their figures.</summary>
    public bool IncludeCharts { get; init; } = true;
    public IReadOnlyList<FigureTable> Tables { get; init; } = [];
    public required IReadOnlyList<string> Notes { get; init; }
    public required IReadOnlyList<string> Method { get; init; }
    public required IReadOnlyList<string> Disclaimers { get; init; }
}

/// <summary>Who hands the report over.</summary>
public sealed record ReportBrand(string Organization, string? AgentName, string? AgentEmail, string? AgentPhone)
{
    /// <summary>Office registration number at the land department.</summary>
    public string? Orn { get; init; }
    public string? Address { get; init; }
    public string? Phone { get; init; }
    public string? Website { get; init; }
    public string? AgentTitle { get; init; }
    /// <summary>The agent's registration number at the land department.</summary>
    public string? Brn { get; init; }
    /// <summary>#rrggbb</summary>
    public string? PrimaryColor { get; init; }
    /// <summary>#rrggbb</summary>
    public string? SecondaryColor { get; init; }
}

public sealed record ReportSubject
{
    public PropertyId? PropertyId { get; init; }
    public required string Address { get; init; }
    public required string? Neighborhood { get; init; }
    public required string? Project { get; init; }
    public required PropertyType? PropertyType { get; init; }
    public required int? Bedrooms { get; init; }
    public required decimal? Bathrooms { get; init; }
    public required double AreaSqft { get; init; }
    public required bool OffPlan { get; init; }
    public required IReadOnlyList<string> Amenities { get; init; }
    /// <summary>What is asked for it today.</summary>
    public decimal? AskingPrice { get; init; }
    public required double? Latitude { get; init; }
    public required double? Longitude { get; init; }
}

/// <summary>The comparables taken together, each adjusted to the subject.</summary>
public sealed record ComparableSummary(int Count, decimal MedianAdjustedPrice, decimal LowestAdjustedPrice, decimal HighestAdjustedPrice,
    decimal MedianPricePerSqft, DateOnly Oldest, DateOnly Newest);

public sealed record MarketCompared(string Area, decimal MedianPricePerSqft, double OffPlanShare, int Sales);

/// <summary>The recommended price and what may be asked instead.</summary>
public sealed record PricingRecommendation(decimal RecommendedPrice, ValueRange Range, IReadOnlyList<PricingStrategy> Strategies,
    string Rule, string Note)
{
    /// <summary>What is asked at present, beside them.</summary>
    public PricingStrategy? AskedToday { get; init; }
}

/// <summary>A price to ask, against the estimate. No registry says how long a sale takes, so <see cref="ExpectedDays"/> is null.</summary>
public sealed record PricingStrategy(string Name, decimal AskingPrice, decimal PricePerSqft, double AgainstEstimate, string Description)
{
    public int? ExpectedDays => null;
}

/// <summary>A table of figures, each cell as it is printed.</summary>
public sealed record FigureTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string? Note);
