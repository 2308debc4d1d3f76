using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Analytics.Daily;
using RealEstateOs.Contracts.Analytics;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Analytics.Reports;

/// <param name="Schedule">The report by whose schedule it is made: the link is mailed to who asked.</param>
internal sealed record FigureReportInput(FigureReportId ReportId, FigureReportId? Schedule);

/// <summary>What a finished report's job answers; the link to the file is made when it is read.</summary>
internal sealed record MadeFigureReport(string ReportId, string Status, string? DownloadUrl, string Format, long Bytes)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? FileKey { get; init; }
}

/// <summary>Counts what a report asks for, as its author may see it, and writes the file; report, file, mail and the end of the job are
/// one commit.</summary>
internal sealed class MakeFigureReport(
    AnalyticsDb db, FigureReportWriter writer, ReportFiles printer, Files files, FileLinks links, PublicAddress address, Mailbox mailbox,
    IOrganizationDirectory organizations,
    CurrentUser user, ISessionDirectory sessions, TimeProvider clock) : IJobHandler<FigureReportInput>
{
    public const string Kind = "analytics.report";

    public static readonly TimeSpan LinkLife = TimeSpan.FromDays(7);

    public async Task<object?> RunAsync(FigureReportInput input, JobContext context, CancellationToken ct)
    {
        var report = await db.Reports.FirstOrDefaultAsync(r => r.Id == input.ReportId, ct)
            ?? throw new PermanentJobFailure("The report is gone.");
        try
        {
            await user.ActForAsync(report.CreatedBy, sessions, ct);
            var content = await writer.WriteAsync(report, ct);
            await context.ReportAsync(60, "Writing the file", ct);
            var (kind, brand) = (ReportFiles.KindOf(report.Format), await organizations.BrandAsync(ct));
            var stored = await files.SaveOwnAsync(await printer.WriteAsync(content, report.Format, brand, ct), kind, ct);
            if (report.FileKey is { } old) files.DeleteAfterCommit(db.Work, FileKey.Parse(old));
            (report.Content, report.FileKey, report.FileBytes) = (JsonSerializer.SerializeToElement(content, Json.Options),
                stored.Key.Value, stored.Size);
            (report.Status, report.Error, report.CompletedAt) = (FigureReportStatus.Completed, null, clock.Now());
            var made = new MadeFigureReport(report.Id.Reference(), "completed", null, Vocabulary.Word(report.Format),
                stored.Size) { FileKey = stored.Key.Value };
            context.CompleteWithNextCommit(db.Work, () => made);
            if (input.Schedule is { } schedule && report.CreatedBy is { } author) await MailAsync(report, schedule, author, ct);
            await db.SaveChangesAsync(ct);
            return made;
        }
        catch (Problem problem) when (problem.Status == 503)
        {
            throw new RetryJobLater(problem.RetryAfter ?? TimeSpan.FromSeconds(10), problem.Message, problem);
        }
        catch (Exception exception) when (exception is Problem or RenderingUnavailableException)
        {
            (report.Status, report.Error) = (FigureReportStatus.Failed, exception.Message);
            await db.SaveChangesAsync(ct);
            throw new PermanentJobFailure(exception.Message, exception);
        }
        catch (Exception) when (context.IsLastAttempt && !ct.IsCancellationRequested)
        {
            (report.Status, report.Error) = (FigureReportStatus.Failed, "Something went wrong while the report was made.");
            await db.SaveChangesAsync(ct);
            throw;
        }
    }

    private async Task MailAsync(FigureReport report, FigureReportId schedule, UserId author, CancellationToken ct)
    {
        if ((await organizations.PeopleAsync([author], ct)).GetValueOrDefault(author) is not { IsActive: true,
            IsConfirmed: true } reader) return;
        var link = address.Of(LinkOf(links, report.Id.Value, report.FileKey!, report.Format));
        var office = await organizations.BrandAsync(ct);
        var w = DailyWords.Of(office.Locale);
        var mail = new OfficeMail(office, w);
        var ready = w.Say("ready", report.Name);
        await mailbox.PostAsync(mail.To(reader, report.Name, $"{ready}\n\n{link}\n",
            Html.Of($"<p>{ready}</p>{mail.Button(w["open"], link)}"),
            w.Say("week", $"DELETE {ApiGroup.Root}/analytics/reports/{schedule.Reference()}/schedule")) with
        {
            Reference = report.Id.Reference(),
        }, ct);
    }

    /// <summary>The result of a job as it is read: with a link that begins to expire now.</summary>
    public static object Show(IServiceProvider services, JsonElement stored)
    {
        var made = stored.Deserialize<MadeFigureReport>(Json.Options)!;
        if (made.FileKey is not { } key || !Vocabulary.TryRead<FigureReportFormat>(made.Format, out var format)) return made;
        var id = EntityId.TryParse<FigureReportId>(made.ReportId, out var known) ? known.Value : 0;
        return made with { DownloadUrl = LinkOf(services.GetRequiredService<FileLinks>(), id, key, format), FileKey = null };
    }

    public static string LinkOf(FileLinks links, long id, string key, FigureReportFormat format)
    {
        var kind = ReportFiles.KindOf(format);
        return links.Make(FileKey.Parse(key), string.Create(CultureInfo.InvariantCulture, $"report-{id}{kind.Ending}"), kind.ContentType,
            LinkLife);
    }
}
