using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Operations.Database;

/// <summary>One thing to do to one table, and why.</summary>
/// <param name="Action">vacuum or analyze.</param>
/// <param name="Table">Name with its schema.</param>
/// <param name="Reason">What was measured, as a sentence.</param>
/// <param name="LiveRows">As the database estimates them.</param>
/// <param name="DeadRows">Rows that were changed or deleted and not yet cleared.</param>
/// <param name="SizeBytes">The table with its indexes, in bytes.</param>
public sealed record PlanStep(string Action, string Table, string Reason, long LiveRows, long DeadRows, long SizeBytes);

/// <summary>What an optimization would do now.</summary>
/// <param name="Vacuum">How many tables would be vacuumed.</param>
/// <param name="Analyze">How many tables would be analyzed.</param>
/// <param name="Steps">The plan, table by table.</param>
/// <param name="Note">Who sees the plan, where the reader does not; else null.</param>
public sealed record PlanResponse(int Vacuum, int Analyze, IReadOnlyList<PlanStep> Steps, string? Note);

internal static class GetPlan
{
    /// <summary>
    /// Previews the optimization from PostgreSQL's own statistics. It does nothing. Tables hold the rows of all offices: only operators of
    /// the installation see the steps.
    /// </summary>
    public static async Task<Ok<PlanResponse>> Handle(DataSources sources, CurrentUser user, Operators operators, CancellationToken ct)
    {
        if (!operators.Include(user.Principal)) return TypedResults.Ok(new PlanResponse(0, 0, [], CheckOwnRecords.Note));
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        var steps = await OptimizationPlan.MakeAsync(connection, ct);
        return TypedResults.Ok(new PlanResponse(
            steps.Count(s => s.Action == OptimizationPlan.Vacuum), steps.Count(s => s.Action == OptimizationPlan.Analyze), steps,
            steps.Count == 0 ? "No table needs care: few dead rows, fresh statistics." : null));
    }
}

/// <summary>Tables with many dead rows are vacuumed, those whose statistics are old are analyzed.</summary>
internal static class OptimizationPlan
{
    public const string Vacuum = "vacuum", Analyze = "analyze";

    private const long FewRows = 500;
    private const double Share = 0.05;

    private const string Sql =
        """
        select format('%I.%I', schemaname, relname), n_live_tup, n_dead_tup, n_mod_since_analyze, pg_total_relation_size(relid),
            coalesce(last_analyze, last_autoanalyze) is null
        from pg_stat_user_tables where schemaname not in ('hangfire', 'public') order by n_dead_tup desc, relname
        """;

    public static async Task<List<PlanStep>> MakeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var steps = new List<PlanStep>();
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (table, live, dead, changed, size) = (reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3),
                reader.GetInt64(4));
            var limit = FewRows + (long)(live * Share);
            if (dead > limit) steps.Add(new PlanStep(Vacuum, table, $"{dead} dead rows beside {live} live ones", live, dead, size));
            else if (changed > limit)
                steps.Add(new PlanStep(Analyze, table, $"{changed} rows changed since the statistics were taken", live, dead, size));
            else if (reader.GetBoolean(5) && live > FewRows) steps.Add(new PlanStep(Analyze, table, "no statistics yet", live, dead, size));
        }
        return steps;
    }
}
