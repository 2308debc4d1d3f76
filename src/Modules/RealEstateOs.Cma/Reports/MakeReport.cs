using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Cma.Reports;

internal sealed record MakeReportInput(CmaReportId ReportId);

/// <summary>What a finished report's job answers; the link to the file is made when it is read.</summary>
internal sealed record MadeReport(string ReportId, string Status, string? DownloadUrl, string HtmlUrl, string JsonUrl, long Bytes,
    JsonElement ReportSections, string MarketData)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? PdfKey { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? FileName { get; init; }
}

/// <summary>Writes a report's sections one after the other, each told as it is done, and prints the whole.</summary>
internal sealed class MakeReport(
    CmaDb db, MarketHouse house, PageRenderer renderer, Files files, IOrganizationDirectory organizations, ReportBrands brands,
    OwnSales own, CurrentUser user,
    ISessionDirectory sessions, TimeProvider clock, CustomReportWriter custom,
    IPropertyDirectory properties, ReportPictureStore pictures)
    : IJobHandler<MakeReportInput>
{
    public const string Kind = "cma.report";

    public async Task<object?> RunAsync(MakeReportInput input, JobContext context, CancellationToken ct)
    {
        var report = await db.Reports.FirstOrDefaultAsync(r => r.Id == input.ReportId, ct)
            ?? throw new PermanentJobFailure("The report is gone.");
        try
        {
            var document = report.Kind == ReportKind.Cma ? await WriteAsync(report, context, ct)
                : await custom.WriteAsync(report, (section, percent) => DoneAsync(report, section, context, percent, ct), ct);
            await context.ReportAsync(80, "Printing", ct);
            await CopyPicturesAsync(report, ct);
            var shown = await pictures.LoadAsync(report, ct);
            var pdf = await renderer.PdfAsync(ReportPage.Of(document, shown), shown.All, ct);
            var stored = await files.SaveOwnAsync(pdf, FileKind.Pdf, ct);
            if (report.PdfKey is { } old) files.DeleteAfterCommit(db.Work, FileKey.Parse(old));
            (report.Content, report.PdfKey, report.PdfBytes) = (JsonSerializer.SerializeToElement(document, Json.Options), stored.Key.Value,
                stored.Size);
            (report.Status, report.Error, report.CompletedAt, report.MarketData) = (ReportStatus.Completed, null, clock.Now(),
                document.MarketData);
            (report.EstimatedValue, report.Title) = (document.Valuation?.EstimatedValue,
                document.Subject is { } s ? $"{document.Title}: {s.Address}" : document.Title);
            var made = Made(report, stored);
            var (id, title, value, source, by) = (report.Id, report.Title, report.EstimatedValue, report.MarketData, report.CreatedBy);
            db.Raise(() => new CmaReportCompleted(id, title, value, source, by));
            context.CompleteWithNextCommit(db.Work, () => made);
            await db.SaveChangesAsync(ct);
            return made;
        }
        catch (Problem problem) when (problem.Status == 503)
        {
            throw new RetryJobLater(problem.RetryAfter ?? TimeSpan.FromSeconds(10), problem.Message, problem);
        }
        catch (Exception exception) when (exception is Problem or RenderingUnavailableException)
        {
            await FailAsync(report, exception.Message, ct);
            throw new PermanentJobFailure(exception.Message, exception);
        }
        catch (Exception) when (context.IsLastAttempt && !ct.IsCancellationRequested)
        {
            await FailAsync(report, "Something went wrong while the report was made.", ct);
            throw;
        }
    }

    private async Task<ReportDocument> WriteAsync(CmaReport report, JobContext context, CancellationToken ct)
    {
        await user.ActForAsync(report.CreatedBy, sessions, ct); // the office's own sales, as far as the asker may see them
        var asked = report.Request.Deserialize<ReportRequest>(Json.Options)!;
        var market = await house.GetAsync(asked.Market, ct);
        var writer = new ReportWriter(market, asked, await brands.OfAsync(report.CreatedBy, report.Language == ReportLanguage.Ar, ct),
            await own.OfAsync(market, asked.TimeFrameMonths, ct), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var document = writer.Comparables();
        await DoneAsync(report, CreateReport.Comparables, context, 20, ct);
        document = writer.WithMarket(document);
        await DoneAsync(report, CreateReport.Trends, context, 45, ct);
        document = writer.WithPricing(document);
        await DoneAsync(report, CreateReport.Pricing, context, 60, ct);
        document = writer.WithArgument(document);
        await DoneAsync(report, CreateReport.Marketing, context, 75, ct);
        return document;
    }

    private async Task CopyPicturesAsync(CmaReport report, CancellationToken ct)
    {
        foreach (var old in new[] { report.CoverKey, report.LogoKey })
            if (old is not null) files.DeleteAfterCommit(db.Work, FileKey.Parse(old));
        report.CoverKey = await pictures.CopyAsync(report.PropertyId is { } property ? await properties.PictureAsync(property, ct) : null,
            ct);
        report.LogoKey = await pictures.CopyAsync((await organizations.BrandAsync(ct)).Logo, ct);
    }

    private async Task DoneAsync(CmaReport report, string section, JobContext context, int progress, CancellationToken ct)
    {
        var sections = report.Sections.Deserialize<Dictionary<string, string>>(Json.Options)!;
        // A run that takes over from a dead host writes the sections again, but tells only what is new.
        if (sections.GetValueOrDefault(section) != "completed")
        {
            sections[section] = "completed";
            report.Sections = JsonSerializer.SerializeToElement(sections, Json.Options);
            var (id, by) = (report.Id, report.CreatedBy);
            db.Raise(() => new CmaSectionCompleted(id, section, sections, by));
            await db.SaveChangesAsync(ct);
        }
        await context.ReportAsync(progress, $"{section} is written", ct);
    }

    private async Task FailAsync(CmaReport report, string reason, CancellationToken ct)
    {
        (report.Status, report.Error) = (ReportStatus.Failed, reason);
        await db.SaveChangesAsync(ct);
    }

    private MadeReport Made(CmaReport report, StoredFile stored)
    {
        var path = report.Kind == ReportKind.Cma ? $"{ApiGroup.Root}/cma/reports/{report.Id.Reference()}"
            : $"{ApiGroup.Root}/cma/analytics/reports/{new CustomReportId(report.Id.Value).Reference()}";
        return new(report.Kind == ReportKind.Cma ? report.Id.Reference() : new CustomReportId(report.Id.Value).Reference(), "completed",
            null, $"{path}/html", path, stored.Size, report.Sections, report.MarketData) { PdfKey = stored.Key.Value,
                FileName = FileName(report) };
    }

    public static string FileName(CmaReport report) => $"{(report.Kind == ReportKind.Cma ? "cma" : "report")}-{report.Id.Value}.pdf";
}
