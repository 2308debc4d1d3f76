using System.Linq.Expressions;
using System.Text.Json;
using RealEstateOs.Contracts.Analytics;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Reports;

/// <summary>How a report is written; json is what its answer shows.</summary>
public enum FigureReportFormat { Pdf, Xlsx, Csv, Json }

public enum ReportFrequency { Daily, Weekly, Monthly }

internal enum FigureReportStatus { Processing, Completed, Failed }

/// <summary>A report of figures: its file and its JSON are made from one content. It shows what its author may see, so it is the author's
/// alone.</summary>
internal sealed class FigureReport : Entity<FigureReportId>, IOwned<FigureReport>
{
    public required string Name { get; set; }
    public FigureReportFormat Format { get; set; }
    public FigureReportStatus Status { get; set; }
    public JsonElement Request { get; set; }
    public JsonElement? Content { get; set; }
    public string? FileKey { get; set; }
    public long? FileBytes { get; set; }
    public string? Error { get; set; }
    public JobId? JobId { get; set; }
    public ReportFrequency? Frequency { get; set; }
    public DateTimeOffset? NextDueAt { get; set; }
    public DateTimeOffset? CompletedAt { get; set; }

    public static Expression<Func<FigureReport, bool>> IsOwnedBy(UserId user) => r => r.CreatedBy == user;
}

/// <summary>What a report says; every cell a number, a text or a day.</summary>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="Recommendations">Figures at least a tenth worse than what they were compared with.</param>
/// <param name="Notes">Why a figure is null.</param>
public sealed record ReportContent(
    string Title, DateOnly From, DateOnly To, string TimeZone, string Currency, string Organization, IReadOnlyList<MetricRow> Metrics,
    IReadOnlyList<ReportTable> Tables,
    IReadOnlyList<string> Recommendations, IReadOnlyList<string> Notes, bool WithCharts, bool WithTables)
{
    /// <summary>en or ar, as the office writes: of the title, the headings and the sentences.</summary>
    public string Language { get; init; } = "en";
}

/// <param name="Unit">count, currency, fraction, minutes or days.</param>
/// <param name="Compared">By the comparison's name.</param>
/// <param name="Metric">As docs/metrics.md names it.</param>
/// <param name="Value">In <paramref name="Unit"/>; a fraction is 0 to 1.</param>
public sealed record MetricRow(string Metric, string Unit, decimal? Value, IReadOnlyDictionary<string, Figures.Change> Compared);

/// <param name="Rows">Each begins with its word; the numbers follow the columns.</param>
public sealed record ReportTable(string Name, string Title, IReadOnlyList<string> Columns, IReadOnlyList<ReportRow> Rows);

public sealed record ReportRow(string Label, IReadOnlyList<decimal?> Values);
