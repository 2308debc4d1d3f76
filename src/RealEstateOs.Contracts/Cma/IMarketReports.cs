using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Cma;

/// <summary>A command: market reports for the signed-in user, 403 where they may make none.</summary>
public interface IMarketReports
{
    /// <summary>Has a report made in the background; what can't be reported is a 422 that names the member below
    /// <c>parameters</c>.</summary>
    Task<OrderedMarketReport> OrderAsync(MarketReportOrder order, CancellationToken ct);
}

public sealed record MarketReportOrder
{
    /// <summary>market_analysis or market_report.</summary>
    public required string ReportType { get; init; }
    public string? Location { get; init; }
    public IReadOnlyList<PropertyType> PropertyTypes { get; init; } = [];
    public decimal? MinPrice { get; init; }
    public decimal? MaxPrice { get; init; }
    /// <summary>12_months, 12m, 90d …; null: twelve months.</summary>
    public string? TimePeriod { get; init; }
    public bool? IncludeCharts { get; init; }
    public bool OfficeBranded { get; init; }
}

/// <summary>A report that is being made, as AURA's example shows it, with its job.</summary>
/// <param name="ReportJobId">Id of the report; <c>GET /cma/analytics/reports/{id}</c> takes it.</param>
/// <param name="JobId">The job that makes it, as of <c>GET /status/{job_id}</c>.</param>
/// <param name="Status">processing.</param>
/// <param name="ProgressUrl">Where its progress and result are read.</param>
/// <param name="EstimatedCompletion">From the median of such jobs on this installation; null before the first.</param>
/// <param name="ReportSections">Names of the sections that it will have.</param>
/// <param name="DownloadUrl">Always will_be_available_on_completion; the finished report has the link.</param>
/// <param name="MarketData">sample (invented), dld (Dubai Land Department) or imported.</param>
public sealed record OrderedMarketReport(
    string ReportJobId, string JobId, string Status, string ProgressUrl, DateTimeOffset? EstimatedCompletion,
        IReadOnlyList<string> ReportSections, string DownloadUrl, string MarketData);
