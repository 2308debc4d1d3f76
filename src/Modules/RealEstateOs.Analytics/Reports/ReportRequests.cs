using System.ComponentModel.DataAnnotations;
using FluentValidation;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Analytics.Reports;

/// <summary>A report of chosen figures.</summary>
/// <example>{"report_name": "Q3", "date_range": {"start": "2026-07-01", "end": "2026-09-30"}, "metrics": ["listings_taken",
/// "gross_commission"], "segments": ["location"]}</example>
public sealed record FigureReportRequest : IRequestBody<FigureReportRequest>
{
    /// <summary>What its file and its mail are called.</summary>
    [MaxLength(200)] public string? ReportName { get; init; }
    /// <summary>Default the last 30 days.</summary>
    public ReportDays? DateRange { get; init; }
    /// <summary>Names of figures as docs/metrics.md lists them; an unknown one is a 422 with the list.</summary>
    public string[]? Metrics { get; init; }
    /// <summary>property_type, price_range, location, agent, source.</summary>
    public string[]? Segments { get; init; }
    /// <summary>previous_period, previous_quarter, previous_year, year_over_year.</summary>
    public string[]? Comparisons { get; init; }
    /// <summary>charts_and_tables (default), charts or tables.</summary>
    public string? Visualization { get; init; }
    /// <summary>pdf (default), xlsx, csv or json.</summary>
    public FigureReportFormat? Format { get; init; }
    /// <summary>daily, weekly or monthly: made again of as many days up to the last whole one, and mailed to who asked.</summary>
    public ReportFrequency? Schedule { get; init; }
}

public sealed record ReportDays
{
    /// <summary>Included.</summary>
    public DateOnly? Start { get; init; }
    /// <summary>Included.</summary>
    public DateOnly? End { get; init; }
}

/// <summary>The operational figures of a period in one report.</summary>
/// <example>{"period": "30d"}</example>
public sealed record PerformancePackRequest : IRequestBody<PerformancePackRequest>
{
    /// <summary>7d, 30d (default), 90d, 12m, ytd …</summary>
    [MaxLength(30)] public string? Period { get; init; }
    /// <summary>Default pdf.</summary>
    public FigureReportFormat? Format { get; init; }
}

/// <summary>market_analysis and market_report are of the market, the others of the office's own figures.</summary>
public enum GeneratedReportType { MarketAnalysis, MarketReport, Performance, Leads, Deals, Revenue, Properties }

/// <summary>A report of the market, or of the office's own figures.</summary>
/// <example>{"report_type": "performance", "parameters": {"time_period": "90d"}, "output_format": "xlsx"}</example>
public sealed record GenerateReportRequest : IRequestBody<GenerateReportRequest>
{
    public GeneratedReportType? ReportType { get; init; }
    public GenerateReportParameters? Parameters { get; init; }
    /// <summary>pdf (default), xlsx, csv or json; a market report is a PDF.</summary>
    public FigureReportFormat? OutputFormat { get; init; }
    /// <summary>Of market reports: default true; false leaves the pictures of the months out.</summary>
    public bool? IncludeCharts { get; init; }
    /// <summary>agent_branded or office_branded, of market reports.</summary>
    public string? Branding { get; init; }
}

/// <summary>Location, types and prices are a market report's.</summary>
public sealed record GenerateReportParameters
{
    /// <summary>Of market reports: an area or a project; the whole market where it is left out.</summary>
    [MaxLength(300)] public string? Location { get; init; }
    /// <summary>Of market reports: only these types.</summary>
    public PropertyType[]? PropertyTypes { get; init; }
    /// <summary>Of market reports: only sales within it.</summary>
    public GeneratePrices? PriceRange { get; init; }
    /// <summary>12_months, 12m, 90d …</summary>
    [MaxLength(30)] public string? TimePeriod { get; init; }
}

public sealed record GeneratePrices
{
    /// <summary>In the market's currency; null has no lower end.</summary>
    public decimal? Min { get; init; }
    /// <summary>In the market's currency; null has no upper end.</summary>
    public decimal? Max { get; init; }
}

internal sealed class FigureReportRequestValidator : AbstractValidator<FigureReportRequest>
{
    public FigureReportRequestValidator()
    {
        RuleFor(r => r.Metrics).NotEmpty();
        RuleForEach(r => r.Metrics).Must(m =>
            MetricCatalogue.Names.Contains(m)).WithMessage($"is no metric; must be one of {string.Join(", ", MetricCatalogue.Names)}");
        RuleForEach(r => r.Segments).Must(s =>
            Segments.Names.Contains(s)).WithMessage($"must be one of {string.Join(", ", Segments.Names)}");
        RuleForEach(r => r.Comparisons).Must(c =>
            Comparisons.Names.Contains(c)).WithMessage($"must be one of {string.Join(", ", Comparisons.Names)}");
        RuleFor(r => r.Visualization).Must(v =>
            v is null or "charts_and_tables" or "charts" or "tables").WithMessage("must be one of charts_and_tables, charts, tables");
        RuleFor(r => r.DateRange!.Start).NotNull().When(r => r.DateRange is not null);
        RuleFor(r => r.DateRange!.End).NotNull().GreaterThanOrEqualTo(r => r.DateRange!.Start).When(r => r.DateRange is not null);
        RuleFor(r => r.DateRange!.Start).GreaterThan(new DateOnly(1990, 1, 1)).When(r => r.DateRange?.Start is not null);
        RuleFor(r => r.DateRange!.End).LessThan(new DateOnly(2200, 1, 1)).When(r => r.DateRange?.End is not null);
    }
}

internal sealed class GenerateReportValidator : AbstractValidator<GenerateReportRequest>
{
    public GenerateReportValidator()
    {
        RuleFor(r => r.ReportType).NotNull();
        RuleFor(r => r.Branding).Must(b =>
            b is null or "agent_branded" or "office_branded").WithMessage("must be one of agent_branded, office_branded");
        RuleFor(r => r.OutputFormat).Must(f => f is null or FigureReportFormat.Pdf).WithMessage("must be pdf for a market report")
            .When(r => r.ReportType is GeneratedReportType.MarketAnalysis or GeneratedReportType.MarketReport);
    }
}

/// <summary>Other days to compare with.</summary>
internal static class Comparisons
{
    public static readonly string[] Names = ["previous_period", "previous_quarter", "previous_year", "year_over_year"];

    public static Figures.DaySpan Of(string name, Figures.DaySpan span) => name switch
    {
        "previous_period" => span.Before,
        "previous_quarter" => span with { From = span.From.AddMonths(-3), To = span.To.AddDays(1).AddMonths(-3).AddDays(-1) },
        _ => span.YearBefore,
    };
}
