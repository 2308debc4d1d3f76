using System.Data;
using Npgsql;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Analytics.Rollups;

/// <summary>
/// Folds what has changed into the sums that dashboards read, office by office. All statements of an office see one moment (repeatable
/// read): the changes that they fold are those that they count, and these alone are taken off the list. A change that commits meanwhile
/// stays on it.
/// </summary>
internal sealed class RollUpFigures(DataSources sources, TimeProvider clock) : IRecurringJob
{
    public const string Kind = "analytics.roll_up";

    private static readonly string[] Facts = [.. Vocabulary.WordsOf(typeof(Fact))];

    private const string DueSql =
        """
        select o.organization_id from auth.report_offices o
        where exists (select from platform.report_changes c where c.organization_id = o.organization_id)
            or (select count(*) from analytics.rolled r
                where r.organization_id = o.organization_id and r.time_zone = o.time_zone and r.fact = any($1)) < $2
        order by o.organization_id
        """;

    // The zone, the facts that are rolled up by its days, and those of them that have changed.
    private const string StandSql =
        """
        select o.time_zone,
            array(select r.fact from analytics.rolled r where r.organization_id = $1 and r.time_zone = o.time_zone),
            array(select distinct c.fact from analytics.changed_blocks c where c.organization_id = $1)
        from auth.report_offices o where o.organization_id = $1
        """;

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        var due = new List<long>();
        await using (var command = sources.System.CreateCommand(DueSql))
        {
            command.Parameters.Add(new() { Value = Facts });
            command.Parameters.Add(new() { Value = (long)Facts.Length });
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct)) due.Add(row.GetInt64(0));
        }
        var facts = 0;
        foreach (var office in due) facts += await RollUpAsync(office, ct);
        return new { offices = due.Count, facts };
    }

    private async Task<int> RollUpAsync(long office, CancellationToken ct)
    {
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        async Task RunAsync(string sql, params object[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 600 };
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync(ct);
        }
        // One at a time. A lock alone takes no snapshot yet, so that whoever waited sees what the one before did.
        await RunAsync("lock table analytics.rolled in share row exclusive mode");
        var (zone, rolled, changed) = await StandAsync(office, connection, transaction, ct);
        var count = 0;
        foreach (var fact in Facts.Where(f => !rolled.Contains(f) || changed.Contains(f)))
        {
            if (!rolled.Contains(fact)) await RunAsync(FoldStatements.Forget, office, fact);
            foreach (var sql in FoldStatements.Of(fact, whole: !rolled.Contains(fact))) await RunAsync(sql, office, zone);
            await RunAsync(FoldStatements.Note, office, fact, zone, clock.GetUtcNow());
            count++;
        }
        await RunAsync("delete from platform.report_changes where organization_id = $1", office);
        await transaction.CommitAsync(ct);
        return count;
    }

    private static async Task<(string Zone, string[] Rolled, string[] Changed)> StandAsync(long office, NpgsqlConnection connection,
        NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(StandSql, connection, transaction) { Parameters = { new() { Value = office } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetString(0), row.GetFieldValue<string[]>(1), row.GetFieldValue<string[]>(2));
    }
}
