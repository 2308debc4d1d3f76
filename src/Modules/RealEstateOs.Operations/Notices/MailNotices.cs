using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Operations.Notices;

/// <summary>Mails each reader what was gathered, as one mail; the notices go in the transaction that posts it.</summary>
internal sealed class MailNotices(DataSources sources, IServiceScopeFactory scopes) : IRecurringJob
{
    public const string Kind = "notices.mail";

    private const int MostLines = 50;

    // What comes in a rush is waited for a little.
    private const string ReadersSql =
        "select distinct organization_id, user_id from operations.notices where created_at < now() - interval '20 seconds' limit 1000";

    private const string TakeSql =
        """
        with taken as (select id from operations.notices where user_id = $1 order by id limit 5000 for update skip locked),
             gone as (delete from operations.notices n using taken where n.id = taken.id returning n.id, n.title, n.text)
        select title, text from gone order by id
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
        if (isTold) await scope.ServiceProvider.GetRequiredService<Mailbox>().PostAsync(Mail(person!, lines), ct);
        await work.CommitAsync(ct);
        return isTold ? 1 : 0;
    }

    private static async Task<List<(string Title, string Text)>> TakeAsync(UnitOfWork work, UserId user, CancellationToken ct)
    {
        var lines = new List<(string, string)>();
        await using var command = new NpgsqlCommand(TakeSql, work.Connection,
            work.Transaction) { Parameters = { new() { Value = user.Value } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) lines.Add((row.GetString(0), row.GetString(1)));
        return lines;
    }

    private static Mail Mail(Person person, List<(string Title, string Text)> lines)
    {
        var text = new StringBuilder($"Hello {person.FullName},\n");
        foreach (var group in lines.GroupBy(l => l.Title))
        {
            text.Append($"\n{group.Key} ({group.Count()}):\n");
            foreach (var line in group.Take(MostLines)) text.Append($"  {line.Text}\n");
            if (group.Count() > MostLines) text.Append($"  and {group.Count() - MostLines} more\n");
        }
        var subject = string.Join("; ",
            lines.GroupBy(l => l.Title).Select(g => g.Count() == 1 ? $"{g.Key}: {g.First().Text}" : $"{g.Key}: {g.Count()}"));
        return new(person.Email, subject.Length <= 150 ? subject : subject.Shortened(149) + "…", text.ToString())
        {
            ToName = person.FullName,
        };
    }
}
