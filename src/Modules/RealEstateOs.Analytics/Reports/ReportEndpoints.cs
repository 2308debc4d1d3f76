using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Analytics;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Analytics.Reports;

/// <summary>A report that is being made, as AURA's example shows it, with its job.</summary>
public sealed record FigureReportStarted : JobAnswer
{
    /// <summary>Id of the report.</summary>
    public required string ReportId { get; init; }
    /// <summary>The same under the name that reports to order have.</summary>
    public string ReportJobId => ReportId;
    /// <summary>Names of the sections that it will have.</summary>
    public required IReadOnlyList<string> ReportSections { get; init; }
    /// <summary>Always will_be_available_on_completion; the finished report has the link.</summary>
    public string DownloadUrl => "will_be_available_on_completion";
    /// <summary>When it is made and mailed again; null without a schedule.</summary>
    public DateTimeOffset? ScheduledDelivery { get; init; }
}

/// <param name="DownloadUrl">Signed and expiring; null until the file is made.</param>
/// <param name="Report">What it says; null until it is made.</param>
/// <param name="Status"><c>processing</c>, <c>completed</c> or <c>failed</c>.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Frequency">How often it is made again; null for once.</param>
/// <param name="ScheduledDelivery">When it is made and mailed again.</param>
/// <param name="ReportId">The id as a reference.</param>
/// <param name="Name">Title of the report.</param>
/// <param name="JobId">The job that makes it, as of <c>GET /status/{job_id}</c>.</param>
/// <param name="CompletedAt">When it was finished; null until then.</param>
public sealed record FigureReportResponse(
    FigureReportId Id, OrganizationId OrganizationId, string ReportId, string Name, FigureReportFormat Format, string Status,
    string? Error, string? JobId, ReportFrequency? Frequency,
    DateTimeOffset? ScheduledDelivery, DateTimeOffset? CompletedAt, string? DownloadUrl, JsonElement? Report, UserId? CreatedBy,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

internal sealed class FigureReports(AnalyticsDb db, JobQueue jobs, IOrganizationDirectory organizations, TimeProvider clock)
{
    public static readonly string[] Pack =
    [
        "listings_taken", "properties_sold", "deals_lost", "conversion_rate", "sales_volume", "gross_commission", "average_days_to_close",
        "average_days_on_market", "total_leads",
        "lead_conversion_rate", "response_rate", "average_response_minutes", "total_revenue", "total_expenses", "net_revenue",
    ];

    /// <summary>What a report is called that nobody has named, in the office's language.</summary>
    public async Task<string> NameAsync(string kind, CancellationToken ct) =>
        FigureWords.Of((await organizations.DefaultsAsync(ct)).Locale).Name(kind);

    /// <param name="schedule">The report that is made again by its schedule.</param>
    public async Task<FigureReportStarted> StartAsync(string name, FigureReportRequest request, CancellationToken ct,
        FigureReportId? schedule = null)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById((await organizations.DefaultsAsync(ct)).TimeZone);
        var report = new FigureReport
        {
            Name = name, Format = request.Format ?? FigureReportFormat.Pdf, Status = FigureReportStatus.Processing,
            Request = JsonSerializer.SerializeToElement(request, Json.Options),
            Frequency = request.Schedule, NextDueAt = request.Schedule is { } frequency ? SendScheduledReports.Next(frequency, clock.Now(),
                zone) : null,
        };
        db.Add(report);
        await db.SaveChangesAsync(ct);
        var job = await jobs.EnqueueAsync(MakeFigureReport.Kind, new FigureReportInput(report.Id, schedule), ct,
            resource: report.Reference);
        report.JobId = job.Id;
        await db.SaveChangesAsync(ct);
        var answer = JobAnswer.Of(job);
        return new()
        {
            JobId = answer.JobId, Status = "processing", ProgressUrl = answer.ProgressUrl,
            EstimatedCompletion = answer.EstimatedCompletion, ReportId = report.Reference,
            ReportSections = FigureReportWriter.Sections, ScheduledDelivery = report.NextDueAt,
        };
    }
}

internal static class ReportEndpoints
{
    /// <summary>Makes a report of chosen figures in the background. They are told apart and compared as asked.</summary>
    public static async Task<Accepted<FigureReportStarted>> Custom(FigureReportRequest request, FigureReports reports, FigureDesk desk,
        CancellationToken ct)
    {
        foreach (var permission in MetricCatalogue.Needed(request.Metrics!)) desk.For(permission);
        return Accept(await reports.StartAsync(request.ReportName ?? await reports.NameAsync("figures", ct), request, ct));
    }

    /// <summary>
    /// Makes the operational figures of a period as one report. They are compared with the period before and the year before.
    /// </summary>
    public static async Task<Accepted<FigureReportStarted>> Performance(PerformancePackRequest request, FigureReports reports,
        FigureDesk desk, CancellationToken ct) =>
        Accept(await PackAsync("performance", request.Period, request.Format, FigureReports.Pack, ["agent", "source", "property_type"],
            reports, desk, ct, "period"));

    /// <summary>Makes a report of the market or of figures of one kind. In the background; the figures are the office's own.</summary>
    public static async Task<Results<Accepted<FigureReportStarted>, Accepted<OrderedMarketReport>>> Generate(
        GenerateReportRequest request, FigureReports reports, FigureDesk desk, IMarketReports markets, CancellationToken ct)
    {
        var p = request.Parameters ?? new();
        if (request.ReportType is GeneratedReportType.MarketAnalysis or GeneratedReportType.MarketReport)
        {
            var ordered = await markets.OrderAsync(new MarketReportOrder
            {
                ReportType = Vocabulary.Word(request.ReportType.Value), Location = p.Location, PropertyTypes = p.PropertyTypes ?? [],
                MinPrice = p.PriceRange?.Min, MaxPrice = p.PriceRange?.Max,
                TimePeriod = p.TimePeriod, IncludeCharts = request.IncludeCharts, OfficeBranded = request.Branding == "office_branded",
            }, ct);
            return TypedResults.Accepted($"{ApiGroup.Root}/cma/analytics/reports/{ordered.ReportJobId}", ordered);
        }
        var (metrics, segments) = request.ReportType switch
        {
            GeneratedReportType.Leads => ((string[])["total_leads", "lead_conversion_rate", "response_rate", "average_response_minutes"],
                (string[])["source"]),
            GeneratedReportType.Deals => (["total_deals", "properties_sold", "deals_lost", "conversion_rate", "sales_volume",
                "average_days_to_close"], ["agent", "property_type"]),
            GeneratedReportType.Revenue => (["gross_commission", "total_revenue", "total_expenses", "net_revenue"], ["agent", "source"]),
            GeneratedReportType.Properties => (["listings_taken", "properties_sold", "average_sale_price", "average_days_on_market"],
                ["property_type", "price_range", "location"]),
            _ => (FigureReports.Pack, ["agent", "source", "property_type"]),
        };
        return Accept(await PackAsync(Vocabulary.Word(request.ReportType!.Value), p.TimePeriod, request.OutputFormat, metrics, segments,
            reports, desk, ct, "parameters.time_period", request.IncludeCharts));
    }

    /// <summary>One's own reports, the latest first.</summary>
    public static Task<ListResult<FigureReportResponse>> List(ListRequest list, AnalyticsDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync(db.Reports.AsNoTracking().Where(r => r.CreatedBy == user.Id), Spec, r => r.Id, r => Shown(r, null, null), ct);

    /// <summary>One of one's own reports: how far it is, then what it says and a link to its file.</summary>
    public static async Task<Results<Ok<FigureReportResponse>, NotFound>> Get(FigureReportId id, AnalyticsDb db, CurrentUser user,
        FileLinks links, CancellationToken ct) =>
        await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.CreatedBy == user.Id, ct) is not { } report
            ? TypedResults.NotFound()
        : TypedResults.Ok(Shown(report, report.FileKey is { } key ? MakeFigureReport.LinkOf(links, report.Id.Value, key, report.Format)
            : null, report.Content));

    /// <summary>Ends the scheduled delivery of a report; what was made stays.</summary>
    public static async Task<Results<NoContent, NotFound>> EndSchedule(FigureReportId id, AnalyticsDb db, CurrentUser user,
        CancellationToken ct)
    {
        if (await db.Reports.FirstOrDefaultAsync(r => r.Id == id && r.CreatedBy == user.Id,
            ct) is not { } report) return TypedResults.NotFound();
        (report.Frequency, report.NextDueAt) = (null, null);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static readonly ListSpec<FigureReport> Spec = new ListSpec<FigureReport>().Is("status", r => r.Status).Is("format",
        r => r.Format)
        .Range("created_at", r => r.CreatedAt).Sort("created_at", r => r.CreatedAt).By("-created_at");

    private static async Task<FigureReportStarted> PackAsync(
        string kind, string? period, FigureReportFormat? format, string[] metrics, string[] segments, FigureReports reports,
        FigureDesk desk, CancellationToken ct, string member, bool? charts = null)
    {
        foreach (var permission in MetricCatalogue.Needed(metrics)) desk.For(permission);
        var span = await desk.SpanAsync(period ?? "30d", ct)
            ?? throw Problem.Invalid(FieldError.Format(member, "is a span such as 7d, 30d, 90d, 12m or ytd"));
        var name = await reports.NameAsync(kind, ct);
        return await reports.StartAsync(name, new FigureReportRequest
        {
            ReportName = name, DateRange = new() { Start = span.From, End = span.To }, Metrics = metrics, Segments = segments,
            Comparisons = ["previous_period", "year_over_year"],
            Format = format, Visualization = charts == false ? "tables" : null,
        }, ct);
    }

    private static Accepted<FigureReportStarted> Accept(FigureReportStarted started) =>
        TypedResults.Accepted($"{ApiGroup.Root}/analytics/reports/{started.ReportId}", started);

    private static FigureReportResponse Shown(FigureReport r, string? link, JsonElement? content) => new(
        r.Id, r.OrganizationId, r.Id.Reference(), r.Name, r.Format, Vocabulary.Word(r.Status), r.Error, JobReference(r), r.Frequency,
        r.NextDueAt, r.CompletedAt, link, content,
        r.CreatedBy, r.CreatedAt, r.UpdatedAt);

    private static string? JobReference(FigureReport report) => report.JobId?.Reference();
}
