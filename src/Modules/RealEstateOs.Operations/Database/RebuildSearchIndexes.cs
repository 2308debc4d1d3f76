using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Operations.Database;

/// <summary>Rebuilds the full-text and tag indexes beside the running ones, so that searches go on meanwhile.</summary>
internal sealed class RebuildSearchIndexes(IConfiguration configuration) : IJobHandler<NoInput>
{
    public const string Kind = "search.reindex";

    private const string IndexesSql =
        """
        select format('%I.%I', n.nspname, c.relname), pg_relation_size(c.oid) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_am a on a.oid = c.relam
        where c.relkind = 'i' and a.amname = 'gin' and n.nspname not in ('pg_catalog', 'pg_toast') and c.relname not like '%\_ccnew%'
            and c.relname not like '%\_ccold%' order by 1
        """;

    /// <summary>
    /// Rebuilds the search indexes. In the background, for an operator of the installation. For an office's administrator it looks whether
    /// all of the office's own records can be found, at most 20 times a day.
    /// </summary>
    public static async Task<Accepted<JobAnswer>> Handle(JobQueue jobs, CurrentUser user, Operators operators, CancellationToken ct)
    {
        var kind = operators.Include(user.Principal) ? Kind : CheckOwnRecords.Kind;
        var job = await jobs.EnqueueAsync(kind, new NoInput(), ct, uniqueKey: kind);
        return TypedResults.Accepted((string?)null, job.ToAnswer());
    }

    public async Task<object?> RunAsync(NoInput input, JobContext context, CancellationToken ct)
    {
        await using var connection = await OwnerConnection.OpenAsync(configuration, ct);
        var indexes = await ReadAsync(connection, ct);
        var rebuilt = new List<object>();
        for (var i = 0; i < indexes.Count; i++)
        {
            await context.ReportAsync(100 * i / indexes.Count, indexes[i].Name, ct);
            await using var command = new NpgsqlCommand($"reindex index concurrently {indexes[i].Name}", connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(ct);
            rebuilt.Add(new { index = indexes[i].Name, size_before = indexes[i].Size });
        }
        return new { rebuilt };
    }

    private static async Task<List<(string Name, long Size)>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var indexes = new List<(string, long)>();
        await using var command = new NpgsqlCommand(IndexesSql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) indexes.Add((reader.GetString(0), reader.GetInt64(1)));
        return indexes;
    }
}
