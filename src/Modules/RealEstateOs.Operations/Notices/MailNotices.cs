using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Operations.Notices;

/// <summary>Mails each reader what was gathered, as one mail; the notices go in the transaction that posts it.</summary>
internal sealed class MailNotices(DataSources sources, IServiceScopeFactory scopes, PublicAddress address) : IRecurringJob
{
    public const string Kind = "notices.mail";

    // What comes in a rush is waited for a little.
    private const string ReadersSql =
        "select distinct organization_id, user_id from operations.notices where created_at < now() - interval '20 seconds' limit 1000";

    private const string TakeSql =
        """
        with taken as (select id from operations.notices where user_id = $1 order by id limit 5000 for update skip locked),
             gone as (delete from operations.notices n using taken where n.id = taken.id returning n.id, n.title, n.text, n.reference)
        select title, text, reference from gone order by id
        """;

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        var (readers, mails) = (new List<(OrganizationId Organization, UserId User)>(), 0);
        await using (var command = sources.System.CreateCommand(ReadersSql))
        await using (var row = await command.ExecuteReaderAsync(ct))
            while (await row.ReadAsync(ct)) readers.Add((new(row.GetInt64(0)), new(row.GetInt64(1))));
        foreach (var (organization, user) in readers) mails += await TellAsync(organization, user, ct);
        return new { mails };
    }

    private async Task<int> TellAsync(OrganizationId organization, UserId user, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(organization);
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.BeginAsync(ct);
        var lines = await TakeAsync(work, user, ct);
        var person = (await scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>().PeopleAsync([user],
            ct)).GetValueOrDefault(user);
        var isTold = lines.Count > 0 && person is { IsActive: true, IsConfirmed: true };
        if (isTold)
        {
            var office = await scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>().BrandAsync(ct);
            await scope.ServiceProvider.GetRequiredService<Mailbox>().PostAsync(NoticeMail.To(person!, lines, office, address), ct);
        }
        await work.CommitAsync(ct);
        return isTold ? 1 : 0;
    }

    private static async Task<List<Notice>> TakeAsync(UnitOfWork work, UserId user, CancellationToken ct)
    {
        var lines = new List<Notice>();
        await using var command = new NpgsqlCommand(TakeSql, work.Connection,
            work.Transaction) { Parameters = { new() { Value = user.Value } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) lines.Add(new(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2)));
        return lines;
    }
}
