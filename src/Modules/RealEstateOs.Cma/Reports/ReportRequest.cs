using System.ComponentModel.DataAnnotations;
using FluentValidation;
using RealEstateOs.Cma.Estimates;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Cma.Reports;

/// <summary>What a CMA report is to be about: a property of the organization, or a described home.</summary>
/// <example>{"subject_property": {"address": "Marina Heights 1204, Dubai Marina", "property_type": "apartment", "bedrooms": 2,
/// "area_sqft": 1200}, "prepared_for": "Ms Amal Haddad"}</example>
public sealed record CreateReportRequest : IRequestBody<CreateReportRequest>
{
    public PropertyId? PropertyId { get; init; }
    public HomeDescription? SubjectProperty { get; init; }
    /// <summary>What to look at, and how far back and around; all of it has defaults.</summary>
    public AnalysisOptions? AnalysisOptions { get; init; }
    /// <summary><c>comprehensive</c> (default), or <c>summary</c> without the market.</summary>
    public ReportFormat? ReportFormat { get; init; }
    /// <summary><c>en</c> or <c>ar</c>; else the office's.</summary>
    public string? Language { get; init; }
    /// <summary>The market to look in, such as <c>dubai</c>; the installation's own without it.</summary>
    [MaxLength(50)] public string? Market { get; init; }
    /// <summary>For whom it is made, as the cover shall say.</summary>
    [MaxLength(200)] public string? PreparedFor { get; init; }
}

public enum ReportFormat { Comprehensive, Standard, Summary }

public sealed record AnalysisOptions
{
    /// <summary>3 to 20, default 8.</summary>
    public int? ComparableCount { get; init; }
    /// <summary>How far away a comparable may be; only where both places have coordinates.</summary>
    public double? RadiusKm { get; init; }
    /// <summary>1 to 60, default 12.</summary>
    public int? TimeFrameMonths { get; init; }
    /// <summary>false leaves the market out.</summary>
    public bool? IncludeMarketTrends { get; init; }
    /// <summary>false leaves the forecast out.</summary>
    public bool? IncludePriceForecast { get; init; }
}

internal sealed class CreateReportValidator : AbstractValidator<CreateReportRequest>
{
    public CreateReportValidator()
    {
        RuleFor(r => r.SubjectProperty).NotNull().When(r => r.PropertyId is null).WithMessage("is required, or a property_id");
        RuleFor(r => r.SubjectProperty).SetValidator(new HomeDescriptionValidator()!)
            .When(r => r is { PropertyId: null, SubjectProperty: not null });
        RuleFor(r => r.Language).Must(l => l is null or "en" or "ar").WithMessage("must be one of en, ar");
        RuleFor(r => r.AnalysisOptions!.ComparableCount).InclusiveBetween(3, 20).When(r => r.AnalysisOptions is not null);
        RuleFor(r => r.AnalysisOptions!.RadiusKm).GreaterThan(0).LessThanOrEqualTo(200).When(r => r.AnalysisOptions is not null);
        RuleFor(r => r.AnalysisOptions!.TimeFrameMonths).InclusiveBetween(1, 60).When(r => r.AnalysisOptions is not null);
    }
}

/// <summary>The request as the job works on it: everything decided.</summary>
internal sealed record ReportRequest
{
    public required HomeDescription Home { get; init; }
    public PropertyId? PropertyId { get; init; }
    public string? Market { get; init; }
    public string? PreparedFor { get; init; }
    public string Language { get; init; } = "en";
    public int ComparableCount { get; init; } = 8;
    public double? RadiusKm { get; init; }
    public int TimeFrameMonths { get; init; } = 12;
    public bool Trends { get; init; } = true;
    public bool Forecast { get; init; } = true;

    public static ReportRequest Of(CreateReportRequest asked, HomeDescription home, string language) => new()
    {
        Home = home, PropertyId = asked.PropertyId, Market = asked.Market,
        PreparedFor = asked.PreparedFor, Language = language,
        ComparableCount = asked.AnalysisOptions?.ComparableCount ?? 8,
        RadiusKm = asked.AnalysisOptions?.RadiusKm, TimeFrameMonths = asked.AnalysisOptions?.TimeFrameMonths ?? 12,
        Trends = asked.ReportFormat != ReportFormat.Summary && asked.AnalysisOptions?.IncludeMarketTrends != false,
        Forecast = asked.ReportFormat != ReportFormat.Summary && asked.AnalysisOptions?.IncludePriceForecast != false,
    };
}

public sealed record PriceBand
{
    /// <summary>In the market's currency; null has no lower end.</summary>
    public decimal? Min { get; init; }
    /// <summary>In the market's currency; null has no upper end.</summary>
    public decimal? Max { get; init; }
}
