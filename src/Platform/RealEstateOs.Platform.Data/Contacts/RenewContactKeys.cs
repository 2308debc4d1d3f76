using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Contacts;

/// <summary>
/// Renews the keys of all tables, a page along the primary key at a time, a transaction for each tenant of a page. The cursor moves after
/// the page: a run that was killed reads a page twice, which changes nothing.
/// </summary>
internal sealed class RenewContactKeys(DataSources sources, IServiceScopeFactory scopes, IEnumerable<ContactTable> tables)
    : IJobHandler<NoInput>
{
    public const string Kind = "contacts.renew_keys";

    /// <summary>Raise it when addresses or numbers are read differently.</summary>
    private const int Version = 1;

    private const int PageSize = 500;

    private const string CursorSql =
        "select last_id, finished_at is not null from platform.contact_key_renewals where table_name = $1 and version = $2";

    private const string MoveSql =
        """
        insert into platform.contact_key_renewals (table_name, version, last_id, finished_at)
            values ($1, $2, $3, case when $4 then now() end)
        on conflict (table_name) do update set version = excluded.version, last_id = excluded.last_id, finished_at = excluded.finished_at
        """;

    public async Task<bool> IsDueAsync(CancellationToken ct)
    {
        foreach (var table in tables)
            if (await CursorAsync(table, ct) is not null) return true;
        return false;
    }

    public async Task<object?> RunAsync(NoInput input, JobContext context, CancellationToken ct)
    {
        var renewed = new Dictionary<string, int>();
        foreach (var table in tables)
        {
            renewed[table.Name] = 0;
            for (var last = await CursorAsync(table, ct); last is { } after;)
            {
                var page = await PageAsync(table, after, ct);
                foreach (var office in page.GroupBy(r => r.Organization, r => r.Id))
                    renewed[table.Name] += await RenewAsync(table, office.Key, [.. office], ct);
                var finished = page.Count < PageSize;
                await MoveAsync(table, page.Count > 0 ? page[^1].Id : after, finished, ct);
                last = finished ? null : page[^1].Id;
                await context.ReportAsync(50, table.Name, ct);
            }
        }
        return new { renewed };
    }

    private async Task<int> RenewAsync(ContactTable table, OrganizationId organization, long[] ids, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(organization);
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.BeginAsync(ct);
        var country = (await scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>().DefaultsAsync(ct)).Country;
        var count = await ((IContactKeys)scope.ServiceProvider.GetRequiredService(table.Keys)).RenewAsync(ids, country, ct);
        await work.CommitAsync(ct);
        return count;
    }

    // Where to go on; null: it is done.
    private async Task<long?> CursorAsync(ContactTable table, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(CursorSql);
        command.With(new NpgsqlParameter { Value = table.Name }, new NpgsqlParameter { Value = Version });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return 0;
        return reader.GetBoolean(1) ? null : reader.GetInt64(0);
    }

    private async Task MoveAsync(ContactTable table, long last, bool finished, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(MoveSql);
        command.With(new NpgsqlParameter { Value = table.Name }, new NpgsqlParameter { Value = Version },
            new NpgsqlParameter { Value = last }, new NpgsqlParameter { Value = finished });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<(OrganizationId Organization, long Id)>> PageAsync(ContactTable table, long after, CancellationToken ct)
    {
        var page = new List<(OrganizationId, long)>();
        await using var command = sources.System.CreateCommand(
            $"select organization_id, id from {table.Name} where id > $1 order by id limit $2");
        command.With(new NpgsqlParameter { Value = after }, new NpgsqlParameter { Value = PageSize });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) page.Add((new OrganizationId(reader.GetInt64(0)), reader.GetInt64(1)));
        return page;
    }
}
