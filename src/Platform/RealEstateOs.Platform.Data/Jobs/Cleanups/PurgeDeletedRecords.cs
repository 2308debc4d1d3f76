using Microsoft.Extensions.Configuration;
using Npgsql;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// Rows deleted more than <c>Retention:DeletedDays</c> (30) ago, of every tenant table with <c>deleted_at</c>: a module that
/// deletes softly is covered without being listed. A row's file (<c>file_key</c>) goes with it. What something living still refers
/// to stays, and is counted.
/// </summary>
internal sealed class PurgeDeletedRecords(DataSources sources, IFileStore files, IConfiguration configuration) : IRecurringJob
{
    private const string TablesSql =
        """
        select format('%I.%I', c.table_schema, c.table_name), exists (
            select from information_schema.columns f
            where f.table_schema = c.table_schema and f.table_name = c.table_name and f.column_name = 'file_key')
        from information_schema.columns c
        join information_schema.columns o using (table_schema, table_name)
        join information_schema.tables t using (table_schema, table_name)
        where c.column_name = 'deleted_at' and o.column_name = 'organization_id' and t.table_type = 'BASE TABLE'
        order by 1
        """;

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        var days = configuration.GetValue("Retention:DeletedDays", 30);
        var left = await TablesAsync(ct);
        var deleted = left.ToDictionary(table => table.Name, _ => 0);
        // A table may only become free once another was purged: go round as long as something gives way.
        for (var progress = true; progress && left.Count > 0;)
        {
            var kept = new List<PurgedTable>();
            foreach (var table in left)
            {
                if (await PurgeAsync(table, days, ct) is { } count) deleted[table.Name] += count;
                else kept.Add(table);
            }
            progress = kept.Count < left.Count;
            left = kept;
        }
        return new { deleted, still_referred_to = left.ConvertAll(table => table.Name) };
    }

    private async Task<int?> PurgeAsync(PurgedTable table, int days, CancellationToken ct)
    {
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            var keys = await DeleteAsync(table, days, connection, ct);
            // Before the commit: a row whose file could not be deleted is there to try again.
            foreach (var key in keys.OfType<string>()) await files.DeleteAsync(FileKey.Parse(key), ct);
            await transaction.CommitAsync(ct);
            return keys.Count;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return null;
        }
    }

    private static async Task<List<string?>> DeleteAsync(PurgedTable table, int days, NpgsqlConnection connection, CancellationToken ct)
    {
        var key = table.HasFiles ? "file_key" : "null::text";
        await using var command = new NpgsqlCommand(
            $"delete from {table.Name} where deleted_at < now() - make_interval(days => $1) returning {key}",
            connection) { CommandTimeout = 600 };
        command.With(new NpgsqlParameter { Value = days });
        var keys = new List<string?>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) keys.Add(reader.IsDBNull(0) ? null : reader.GetString(0));
        return keys;
    }

    private async Task<List<PurgedTable>> TablesAsync(CancellationToken ct)
    {
        var tables = new List<PurgedTable>();
        await using var command = sources.System.CreateCommand(TablesSql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) tables.Add(new PurgedTable(reader.GetString(0), reader.GetBoolean(1)));
        return tables;
    }

    private sealed record PurgedTable(string Name, bool HasFiles);
}
