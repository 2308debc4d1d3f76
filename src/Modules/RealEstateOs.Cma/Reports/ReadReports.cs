using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Cma.Reports;

/// <summary>A report in a list.</summary>
public record ReportSummary
{
    public required CmaReportId Id { get; init; }
    /// <summary>The id as a reference, such as cma_12.</summary>
    public required string CmaReportId { get; init; }
    public required OrganizationId OrganizationId { get; init; }
    /// <summary>cma (of one home) or market (of a place).</summary>
    public required string Kind { get; init; }
    /// <summary>As it stands on the cover.</summary>
    public required string Title { get; init; }
    public PropertyId? PropertyId { get; init; }
    /// <summary>en or ar.</summary>
    public required string Language { get; init; }
    /// <summary>processing, completed or failed.</summary>
    public required string Status { get; init; }
    /// <summary>sample (invented), dld (Dubai Land Department) or imported.</summary>
    public required string MarketData { get; init; }
    /// <summary>Every section with its state: pending or completed.</summary>
    [JsonShape(typeof(IReadOnlyDictionary<string, string>))] public required JsonElement ReportSections { get; init; }
    /// <summary>Of a CMA report, in <c>currency</c>; null until it is estimated, and of market reports.</summary>
    public decimal? EstimatedValue { get; init; }
    public required string Currency { get; init; }
    /// <summary>Why it failed; null where it did not.</summary>
    public string? Error { get; init; }
    /// <summary>The job that makes it, as of <c>GET /status/{job_id}</c>.</summary>
    public string? JobId { get; init; }
    /// <summary>When it was finished; null until then.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
    public UserId? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    internal static readonly Expression<Func<CmaReport, ReportSummary>> Projection = r => new ReportSummary
    {
        Id = r.Id, CmaReportId = Reference(r.Id, r.Kind), OrganizationId = r.OrganizationId, Kind = Vocabulary.Word(r.Kind),
        Title = r.Title, PropertyId = r.PropertyId,
        Language = Vocabulary.Word(r.Language), Status = Vocabulary.Word(r.Status), MarketData = r.MarketData, ReportSections = r.Sections,
        EstimatedValue = r.EstimatedValue,
        Currency = r.Currency, Error = r.Error, JobId = JobReference(r.JobId), CompletedAt = r.CompletedAt, CreatedBy = r.CreatedBy,
        CreatedAt = r.CreatedAt, UpdatedAt = r.UpdatedAt,
    };

    internal static string Reference(CmaReportId id, ReportKind kind) =>
        kind == ReportKind.Cma ? id.Reference() : new CustomReportId(id.Value).Reference();

    private static string? JobReference(Contracts.Jobs.JobId? id) => id?.Reference();
}

/// <summary>A report with everything it says.</summary>
public sealed record ReportResponse : ReportSummary
{
    /// <summary>Signed and expiring; null until the report is made.</summary>
    public required string? DownloadUrl { get; init; }
    /// <summary>Everything that the report says; null until it is made.</summary>
    public required JsonElement? Report { get; init; }
}

internal static class ListReports
{
    private static readonly ListSpec<CmaReport> Spec = new ListSpec<CmaReport>()
        .Is("status", r => r.Status).Is("kind", r => r.Kind).Is("property_id", r => r.PropertyId).Is("created_by",
            r => r.CreatedBy).Is("language", r => r.Language)
        .Range("created_at", r => r.CreatedAt).Range("estimated_value", r => r.EstimatedValue)
        .Sort("created_at", r => r.CreatedAt).Sort("estimated_value", r => r.EstimatedValue).By("-created_at");

    /// <summary>The organization's reports, the latest first.</summary>
    public static Task<ListResult<ReportSummary>> Handle(ListRequest list, CmaDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync(db.Reports.AsNoTracking().VisibleTo(user, CmaPermissions.Read), Spec, r => r.Id, ReportSummary.Projection, ct);
}

internal static class ReadReport
{
    /// <summary>A report as JSON: how far each section is, and when it is made everything it says.</summary>
    public static async Task<Results<Ok<ReportResponse>, NotFound>> Json(CmaReportId id, CmaDb db, CurrentUser user, FileLinks links,
        IOptions<MarketOptions> options, CancellationToken ct)
    {
        if (await FindAsync(db, user, id, ct) is not { } r) return TypedResults.NotFound();
        var link = r.PdfKey is { } key ? links.Make(FileKey.Parse(key), MakeReport.FileName(r), "application/pdf",
            options.Value.DownloadLinks) : null;
        return TypedResults.Ok(new ReportResponse
        {
            Id = r.Id, CmaReportId = ReportSummary.Reference(r.Id, r.Kind), OrganizationId = r.OrganizationId,
            Kind = Vocabulary.Word(r.Kind), Title = r.Title, PropertyId = r.PropertyId,
            Language = Vocabulary.Word(r.Language), Status = Vocabulary.Word(r.Status), MarketData = r.MarketData,
            ReportSections = r.Sections, EstimatedValue = r.EstimatedValue, Currency = r.Currency,
            Error = r.Error, JobId = r.JobId?.Reference(), CompletedAt = r.CompletedAt, CreatedBy = r.CreatedBy, CreatedAt = r.CreatedAt,
            UpdatedAt = r.UpdatedAt, DownloadUrl = link, Report = r.Content,
        });
    }

    /// <summary>The result of a report's job as it is read: with a link to the file that begins to expire now.</summary>
    public static object Show(IServiceProvider services, JsonElement stored)
    {
        var made = stored.Deserialize<MadeReport>(Platform.Serialization.Json.Options)!;
        if (made.PdfKey is not { } key) return made with { DownloadUrl = null };
        var link = services.GetRequiredService<FileLinks>().Make(
            FileKey.Parse(key), made.FileName!, "application/pdf",
            services.GetRequiredService<IOptions<MarketOptions>>().Value.DownloadLinks);
        return made with { DownloadUrl = link, PdfKey = null, FileName = null };
    }

    /// <summary>A finished report as a page.</summary>
    public static async Task<Results<ContentHttpResult, NotFound>> Html(CmaReportId id, CmaDb db, CurrentUser user,
        ReportPictureStore pictures, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(db, user, id, ct) is not { } r) return TypedResults.NotFound();
        var document = Content(r).Deserialize<ReportDocument>(Platform.Serialization.Json.Options)!;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
        headers.XContentTypeOptions = "nosniff";
        return TypedResults.Text(ReportPage.Of(document, await pictures.LoadAsync(r, ct) with { Inside = true }), "text/html",
            Encoding.UTF8);
    }

    /// <summary>A finished report as PDF.</summary>
    public static async Task<Results<FileStreamHttpResult, NotFound>> Pdf(CmaReportId id, CmaDb db, CurrentUser user, Files files,
        CancellationToken ct)
    {
        if (await FindAsync(db, user, id, ct) is not { } r) return TypedResults.NotFound();
        Content(r);
        return r.PdfKey is { } key && await files.OpenAsync(FileKey.Parse(key), ct) is { } pdf
            ? TypedResults.Stream(pdf, "application/pdf", MakeReport.FileName(r)) : TypedResults.NotFound();
    }

    private static async Task<CmaReport?> FindAsync(CmaDb db, CurrentUser user, CmaReportId id, CancellationToken ct)
    {
        var report = await db.Reports.AsNoTracking().VisibleTo(user, CmaPermissions.Read).FirstOrDefaultAsync(r => r.Id == id, ct);
        // A colleague's report may show deals that the reader may not see.
        return report is null || report.CreatedBy == user.Id || user.ReachOf("deals:read") == Reach.All || !NamesOwnSales(report)
            ? report : null;
    }

    private static bool NamesOwnSales(CmaReport report) =>
        report.Content?.Deserialize<ReportDocument>(Platform.Serialization.Json.Options)!.Comparables.Any(Estimates.OwnSales.IsOne) == true;

    private static JsonElement Content(CmaReport report) =>
        report.Content ?? throw Problem.Conflict(report.Status == ReportStatus.Failed ? $"The report could not be made: {report.Error}"
            : "The report is still being made.");
}

/// <summary>The same three forms of a report made to order, by its own reference (rpt_…).</summary>
internal static class ReadCustomReport
{
    /// <summary>A report made to order as JSON: how far it is, then its figures and a link to the PDF.</summary>
    public static Task<Results<Ok<ReportResponse>, NotFound>> Json(CustomReportId id, CmaDb db, CurrentUser user, FileLinks links,
        IOptions<MarketOptions> options, CancellationToken ct) =>
            ReadReport.Json(new(id.Value), db, user, links, options, ct);

    /// <summary>A report made to order as a page.</summary>
    public static Task<Results<ContentHttpResult, NotFound>> Html(CustomReportId id, CmaDb db, CurrentUser user,
        ReportPictureStore pictures, HttpContext http, CancellationToken ct) =>
            ReadReport.Html(new(id.Value), db, user, pictures, http, ct);

    /// <summary>A report made to order as PDF.</summary>
    public static Task<Results<FileStreamHttpResult, NotFound>> Pdf(CustomReportId id, CmaDb db, CurrentUser user, Files files,
        CancellationToken ct) => ReadReport.Pdf(new(id.Value), db, user, files, ct);
}
