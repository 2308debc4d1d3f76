using System.Linq.Expressions;
using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Cma.Reports;

internal enum ReportKind { Cma, Market }

internal enum ReportStatus { Processing, Completed, Failed }

internal enum ReportLanguage { En, Ar }

internal enum SectionStatus { Pending, Completed }

/// <summary>A report: what was asked, how far it is, and the one document that its JSON, HTML and PDF are made from.</summary>
internal sealed class CmaReport : Entity<CmaReportId>, IOwned<CmaReport>
{
    public ReportKind Kind { get; set; }
    public required string Title { get; set; }
    public PropertyId? PropertyId { get; set; }
    public ReportLanguage Language { get; set; }
    public ReportStatus Status { get; set; }
    public required string MarketData { get; set; }
    public JsonElement Request { get; set; }
    public JsonElement Sections { get; set; }
    public JsonElement? Content { get; set; }
    public string? PdfKey { get; set; }
    /// <summary>Copies of the property's picture and the organization's logo, as they were.</summary>
    public string? CoverKey { get; set; }
    public string? LogoKey { get; set; }
    public long? PdfBytes { get; set; }
    public string? Error { get; set; }
    public decimal? EstimatedValue { get; set; }
    public required string Currency { get; set; }
    public JobId? JobId { get; set; }
    public DateTimeOffset? CompletedAt { get; set; }

    public static Expression<Func<CmaReport, bool>> IsOwnedBy(UserId user) => r => r.CreatedBy == user;
}
