using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Contracts.Analytics;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Analytics.Reports;

/// <summary>Makes reports again that are due: the new one, its job and the next date are one commit, so that none is made twice.</summary>
internal sealed class SendScheduledReports(DataSources sources, IServiceScopeFactory scopes, TimeProvider clock) : IRecurringJob
{
    public const string Kind = "analytics.scheduled_reports";

    private const int Hour = 7, AtOnce = 200;

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        var due = new List<(OrganizationId Organization, FigureReportId Report, UserId? Author)>();
        await using (var command = sources.System.CreateCommand(
            "select organization_id, id, created_by from analytics.reports where next_due_at <= $1 order by next_due_at limit $2"))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
            command.Parameters.Add(new NpgsqlParameter { Value = AtOnce });
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct)) due.Add((new(row.GetInt64(0)), new(row.GetInt64(1)), row.IsDBNull(2) ? null
                : new UserId(row.GetInt64(2))));
        }
        foreach (var (organization, report, author) in due) await RepeatAsync(organization, report, author, ct);
        return new { reports = due.Count };
    }

    private async Task RepeatAsync(OrganizationId organization, FigureReportId id, UserId? author, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(organization, author);
        var (db, reports) = (scope.ServiceProvider.GetRequiredService<AnalyticsDb>(),
            scope.ServiceProvider.GetRequiredService<FigureReports>());
        await db.Work.BeginAsync(ct);
        var report = await db.Reports.FromSql($"select *, xmin from analytics.reports where id = {id.Value} for update")
            .FirstOrDefaultAsync(ct);
        if (report is not { Frequency: { } frequency, NextDueAt: { } dueAt } || dueAt > clock.GetUtcNow()) return;
        var office = await scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>().DefaultsAsync(ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone);
        report.NextDueAt = Next(frequency, clock.Now(), zone);
        var asked = report.Request.Deserialize<FigureReportRequest>(Json.Options)!;
        var yesterday = LocalDay.Of(clock.GetUtcNow(), zone).AddDays(-1);
        var days = asked.DateRange is { Start: { } start, End: { } end } ? end.DayNumber - start.DayNumber : 29;
        await reports.StartAsync(report.Name, asked with { DateRange = new() { Start = yesterday.AddDays(-days), End = yesterday },
            Schedule = null }, ct, schedule: id);
        await db.Work.CommitAsync(ct);
    }

    /// <summary>Seven in the morning of the office's clock: tomorrow, next Monday, or the first of next month; where clocks skip it, the
    /// first moment after.</summary>
    public static DateTimeOffset Next(ReportFrequency frequency, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = LocalDay.Of(now, zone);
        var day = frequency switch
        {
            ReportFrequency.Daily => today.AddDays(1),
            ReportFrequency.Weekly => today.AddDays(((int)DayOfWeek.Monday - (int)today.DayOfWeek + 6) % 7 + 1),
            _ => new DateOnly(today.Year, today.Month, 1).AddMonths(1),
        };
        var local = day.ToDateTime(new TimeOnly(Hour, 0));
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
