using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Analytics.Daily;

/// <summary>
/// Tells each office in the morning of its own clock what happened yesterday, once: the mails and the note that they were posted are
/// one commit. What was missed by noon is not told any more.
/// </summary>
internal sealed class SendDailyReports(DataSources sources, IServiceScopeFactory scopes, IOptions<DailyReportOptions> options,
    TimeProvider clock) : IRecurringJob
{
    public const string Kind = "report.daily";

    // An office's first report is about its first whole day.
    private const string DueSql =
        """
        select o.organization_id from auth.report_offices o left join analytics.daily_reports r on r.organization_id = o.organization_id
        cross join lateral (select $1 at time zone o.time_zone as now) here
        where extract(hour from here.now) between $2 and greatest($2, 11) and (r.told_of is null or r.told_of < here.now::date - 1)
            and (o.created_at at time zone o.time_zone)::date < here.now::date - 1
        order by o.organization_id
        """;

    private const string ToldSql =
        """
        insert into analytics.daily_reports as r (organization_id, told_of) values ($1, $2)
        on conflict (organization_id) do update set told_of = excluded.told_of where r.told_of < excluded.told_of
        """;

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        if (!options.Value.Enabled) return new { enabled = false };
        var (offices, mails) = (await DueAsync(ct), 0);
        foreach (var office in offices) mails += await TellAsync(office, ct);
        return new { offices = offices.Count, mails };
    }

    private async Task<List<OrganizationId>> DueAsync(CancellationToken ct)
    {
        var offices = new List<OrganizationId>();
        await using var command = sources.System.CreateCommand(DueSql);
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter { Value = options.Value.Hour });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) offices.Add(new OrganizationId(reader.GetInt64(0)));
        return offices;
    }

    private async Task<int> TellAsync(OrganizationId organization, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(organization);
        var (work, directory, mailbox) = (scope.ServiceProvider.GetRequiredService<UnitOfWork>(),
            scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>(), scope.ServiceProvider.GetRequiredService<Mailbox>());
        var (office, brand) = (await directory.DefaultsAsync(ct), await directory.BrandAsync(ct));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone);
        var day = LocalDay.Of(clock.GetUtcNow(), zone).AddDays(-1);
        var readers = await directory.HoldersAsync(AnalyticsPermissions.DailyReport, ct);
        var figures = await DayFigures.ReadAsync(work, LocalDay.Start(day, zone), LocalDay.Start(day.AddDays(1), zone),
            LocalDay.Start(day.AddDays(2), zone), office.Currency, ct);
        await work.BeginAsync(ct);
        await using (var told = new NpgsqlCommand(ToldSql, work.Connection,
            work.Transaction) { Parameters = { new() { Value = organization.Value }, new() { Value = day } } })
            if (await told.ExecuteNonQueryAsync(ct) == 0) return 0;
        var mails = figures.IsEmpty ? [] : readers.Select(r => DailyReportMail.To(r, day, figures, office.Currency, brand)).ToList();
        if (mails.Count > 0) await mailbox.PostManyAsync(mails, ct);
        await work.CommitAsync(ct);
        return mails.Count;
    }
}
