using Npgsql;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Nurturing;

internal sealed record DueSteps;

/// <summary>Finds the offices where steps are due, each minute, and has each do its own.</summary>
internal sealed class SweepSequences(JobQueue jobs, TimeProvider clock) : IRecurringJob
{
    public const string Kind = "nurturing.sweep";

    private const string Sql =
        "select distinct organization_id from outreach.enrollments where status = 'active' and not held and next_run_at <= $1";

    public Task<object?> RunAsync(JobContext context, CancellationToken ct) =>
        jobs.EnqueueForEachAsync(Sql, RunSequences.Kind, new DueSteps(), "due", ct, new NpgsqlParameter { Value = clock.Now() });
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
