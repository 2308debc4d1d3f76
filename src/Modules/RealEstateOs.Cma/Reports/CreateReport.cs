using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Cma.Reports;

/// <summary>A report that is being made, as AURA's example shows it, with its job.</summary>
public sealed record ReportStarted : JobAnswer
{
    /// <summary>Id of the report, for <c>GET /cma/reports/{id}</c>.</summary>
    public required CmaReportId Id { get; init; }
    /// <summary>The same id as a reference, such as cma_12.</summary>
    public required string CmaReportId { get; init; }
    /// <summary>Every section with its state: pending until it is written, then completed.</summary>
    public required IReadOnlyDictionary<string, string> ReportSections { get; init; }
    /// <summary>Always will_be_available_on_completion; the finished report has the link.</summary>
    public string DownloadUrl => "will_be_available_on_completion";
    /// <summary>sample (invented), dld (Dubai Land Department) or imported.</summary>
    public required string MarketData { get; init; }
    /// <summary>Why <c>estimated_completion</c> is null, where it is.</summary>
    public string? Note => EstimatedCompletion is null
        ? "No such report has been made here yet, so its duration can't be estimated." : null;
}

internal static class CreateReport
{
    public const string Comparables = "comparables_analysis", Trends = "market_trends", Pricing = "pricing_recommendation",
        Marketing = "marketing_strategy";

    public static readonly string[] Sections = [Comparables, Trends, Pricing, Marketing];

    /// <summary>Makes a CMA report in the background; what can't be valued is refused at once.</summary>
    public static async Task<Results<Accepted<ReportStarted>, NotFound>> Handle(
        CreateReportRequest request, MarketHouse house, CmaDb db, JobQueue jobs, IPropertyReader properties, OwnSales own,
        IOrganizationDirectory organizations, CancellationToken ct)
    {
        var market = await house.GetAsync(request.Market, ct);
        var home = request.SubjectProperty;
        if (request.PropertyId is { } id)
        {
            if (await Homes.FindAsync(properties, id, ct, market.Currency) is not { } found)
                throw Problem.Invalid(FieldError.Format("property_id", "names no property of the organization"));
            home = found;
        }
        var language = request.Language ?? PageWords.LanguageOf((await organizations.DefaultsAsync(ct)).Locale);
        var asked = ReportRequest.Of(request, home!, language);
        var first = new ReportWriter(market, asked, new("", null, null, null), await own.OfAsync(market, asked.TimeFrameMonths, ct),
            market.Engine.DataUntil).Comparables();
        var report = new CmaReport
        {
            Kind = ReportKind.Cma, Title = $"{first.Title}: {first.Subject!.Address}", PropertyId = request.PropertyId,
            Language = asked.Language == "ar" ? ReportLanguage.Ar : ReportLanguage.En,
            Status = ReportStatus.Processing, MarketData = market.Label, Currency = first.Currency,
            Request = JsonSerializer.SerializeToElement(asked, Json.Options), Sections = Pending(Sections),
        };
        db.Add(report);
        await db.SaveChangesAsync(ct);
        var job = await jobs.EnqueueAsync(MakeReport.Kind, new MakeReportInput(report.Id), ct, resource: report.Reference);
        report.JobId = job.Id;
        await db.SaveChangesAsync(ct);
        var answer = job.ToAnswer();
        return TypedResults.Accepted($"{ApiGroup.Root}/cma/reports/{report.Reference}", new ReportStarted
        {
            JobId = answer.JobId, Status = "processing", ProgressUrl = answer.ProgressUrl, EstimatedCompletion = answer.EstimatedCompletion,
            Id = report.Id, CmaReportId = report.Id.Reference(),
            ReportSections = Sections.ToDictionary(s => s, _ => "pending"), MarketData = market.Label,
        });
    }

    public static JsonElement Pending(IEnumerable<string> sections) =>
        JsonSerializer.SerializeToElement(sections.ToDictionary(s => s, _ => "pending"), Json.Options);
}
