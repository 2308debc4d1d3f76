using Npgsql;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Operations.Database;

/// <summary>
/// What an office's administrator may ask of the database: a count of the office's own records that are searched, and of those that no
/// search would find. Behind the tenant's own wall, table by table; it changes nothing of the tables, which belong to all.
/// </summary>
internal sealed class CheckOwnRecords(UnitOfWork work) : IJobHandler<NoInput>
{
    public const string Kind = "database.check_own";
    public const string Note = "Tables and indexes hold the records of all offices: the operators of this installation care for them.";

    private const string TablesSql =
        """
        select format('%I.%I', table_schema, table_name), format('%I', column_name) from information_schema.columns
        where udt_name = 'tsvector' and table_schema not in ('pg_catalog', 'information_schema', 'market') order by 1
        """;

    public async Task<object?> RunAsync(NoInput input, JobContext context, CancellationToken ct)
    {
        await work.OpenAsync(ct);
        var found = new List<OwnRecords>();
        foreach (var (table, vector) in await TablesAsync(ct))
        {
            await using var command = new NpgsqlCommand($"select count(*), count(*) filter (where {vector} is null) from {table}",
                work.Connection);
            await using var row = await command.ExecuteReaderAsync(ct);
            await row.ReadAsync(ct);
            found.Add(new OwnRecords(table, row.GetInt64(0), row.GetInt64(1)));
        }
        return new { records = found, unfindable = found.Sum(f => f.Unfindable), note = Note };
    }

    private async Task<List<(string Table, string Vector)>> TablesAsync(CancellationToken ct)
    {
        var tables = new List<(string, string)>();
        await using var command = new NpgsqlCommand(TablesSql, work.Connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) tables.Add((reader.GetString(0), reader.GetString(1)));
        return tables;
    }

    private sealed record OwnRecords(string Table, long Records, long Unfindable);
}
