using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Operations.Database;

/// <summary>Carries out the plan, table by table, under the role that owns them.</summary>
internal sealed class OptimizeDatabase(IConfiguration configuration) : IJobHandler<NoInput>
{
    public const string Kind = "database.optimize";

    /// <summary>
    /// Vacuums and analyzes what <c>/database/plan</c> shows. In the background, for an operator of the installation. For an office's
    /// administrator it looks through the office's own records instead, at most 20 times a day.
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
        var steps = await OptimizationPlan.MakeAsync(connection, ct);
        for (var i = 0; i < steps.Count; i++)
        {
            await context.ReportAsync(100 * i / steps.Count, $"{steps[i].Action} {steps[i].Table}", ct);
            await using var command =
                new NpgsqlCommand($"{(steps[i].Action == OptimizationPlan.Vacuum ? "vacuum (analyze)" : "analyze")} {steps[i].Table}",
                    connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(ct);
        }
        return new { done = steps };
    }
}

internal static class OwnerConnection
{
    public static async Task<NpgsqlConnection> OpenAsync(IConfiguration configuration, CancellationToken ct)
    {
        var owner = configuration.GetConnectionString("Owner")
            ?? throw new PermanentJobFailure(
                "This host does not know the owner's connection (ConnectionStrings:Owner), which this work needs.");
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { ApplicationName = "realestateos-maintenance",
            Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }
}
