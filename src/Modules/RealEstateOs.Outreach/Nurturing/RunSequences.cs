using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Nurturing;

internal sealed record DueSteps;

/// <summary>Finds the offices where steps are due, each minute, and has each do its own.</summary>
internal sealed class SweepSequences(DataSources sources, JobQueue jobs, TimeProvider clock) : IRecurringJob
{
    public const string Kind = "nurturing.sweep";

    private const string Sql =
        "select distinct organization_id from outreach.enrollments where status = 'active' and not held and next_run_at <= $1";

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        var offices = new List<OrganizationId>();
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var command = new NpgsqlCommand(Sql, connection, transaction) { Parameters = { new() { Value = clock.Now() } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) offices.Add(new OrganizationId(reader.GetInt64(0)));
        foreach (var office in offices)
            await jobs.EnqueueForAsync(transaction, office, RunSequences.Kind, new DueSteps(), ct, uniqueKey: "due");
        await transaction.CommitAsync(ct);
        return new { offices = offices.Count };
    }
}

/// <summary>Does what is due in an office, a batch in a transaction. It may be killed anywhere, and run beside a twin.</summary>
internal sealed class RunSequences(StepRunner runner) : IJobHandler<DueSteps>
{
    public const string Kind = "nurturing.run";

    public async Task<object?> RunAsync(DueSteps input, JobContext context, CancellationToken ct)
    {
        var moved = 0;
        for (int count; (count = await runner.RunBatchAsync(ct)) > 0; moved += count)
            await context.ReportAsync(50, $"{moved + count} leads moved", ct);
        return new { moved };
    }
}
