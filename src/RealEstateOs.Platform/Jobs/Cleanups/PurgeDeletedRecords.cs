using Microsoft.Extensions.Configuration;
using Npgsql;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// Rows deleted more than <c>Retention:DeletedDays</c> (30) ago, of every tenant table with <c>deleted_at</c>: a module that
/// deletes softly is covered without being listed. What something living still refers to stays, and is counted.
/// </summary>
internal sealed class PurgeDeletedRecords(DataSources sources, IConfiguration configuration) : IRecurringJob
{
    private const string TablesSql =
        """
        select format('%I.%I', c.table_schema, c.table_name) from information_schema.columns c
        join information_schema.columns o using (table_schema, table_name)
        join information_schema.tables t using (table_schema, table_name)
        where c.column_name = 'deleted_at' and o.column_name = 'organization_id' and t.table_type = 'BASE TABLE'
        order by 1
        """;

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        var days = configuration.GetValue("Retention:DeletedDays", 30);
        var left = await TablesAsync(ct);
        var deleted = left.ToDictionary(table => table, _ => 0);
        // A table may only become free once another was purged: go round as long as something gives way.
        for (var progress = true; progress && left.Count > 0;)
        {
            var kept = new List<string>();
            foreach (var table in left)
            {
                if (await PurgeAsync(table, days, ct) is { } count) deleted[table] += count;
                else kept.Add(table);
            }
            progress = kept.Count < left.Count;
            left = kept;
        }
        return new { deleted, still_referred_to = left };
    }

    private async Task<int?> PurgeAsync(string table, int days, CancellationToken ct)
    {
        try
        {
            return await sources.DeleteAsync($"delete from {table} where deleted_at < now() - make_interval(days => $1)", ct, new NpgsqlParameter { Value = days });
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return null;
        }
    }

    private async Task<List<string>> TablesAsync(CancellationToken ct)
    {
        var tables = new List<string>();
        await using var command = sources.System.CreateCommand(TablesSql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) tables.Add(reader.GetString(0));
        return tables;
    }
}
