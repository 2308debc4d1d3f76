using System.Globalization;
using Hangfire;
using Hangfire.Common;
using Hangfire.Server;
using RealEstateOs.Contracts.Jobs;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// What Hangfire calls. Its stored jobs name this class (by <see cref="HangfireSetup.EntryName"/>) and its methods: renaming a method
/// strands them. They carry the kind and the number only; whose job it is, and about what, stays in our row.
/// </summary>
internal sealed class JobEntry(JobKinds kinds, JobStore store, JobPlaces places, JobRunner runner, IRecurringJobManager recurring)
{
    public static Job Of(WaitingJob job, string queue) =>
        Job.FromExpression<JobEntry>(e => e.RunAsync(job.Kind, job.Id.Value, null!, CancellationToken.None), queue);

    public static Job Of(JobKind kind) =>
        Job.FromExpression<JobEntry>(e => e.RecurAsync(kind.Name, null!, CancellationToken.None), kind.Queue);

    public Task RunAsync(string kind, long id, PerformContext context, CancellationToken stopping) =>
        RunAsync(kinds.Find(kind) ?? throw new JobWaits("This version of the program has no such job."), new JobId(id),
            Number(context), stopping);

    /// <summary>A tick of a recurring job: makes the row that a request would have made, and runs it.</summary>
    public async Task RecurAsync(string kind, PerformContext context, CancellationToken stopping)
    {
        if (kinds.Find(kind) is not { } known) recurring.RemoveIfExists(kind); // this version has it no longer
        else if (await store.RecurAsync(known, Number(context), stopping) is { } id) await RunAsync(known, id, Number(context), stopping);
    }

    private async Task RunAsync(JobKind kind, JobId id, long hangfireId, CancellationToken stopping)
    {
        if (await store.ClaimAsync(id, hangfireId, stopping) is not { } job) return;
        places.Begin(job);
        try
        {
            await runner.RunAsync(kind, job, stopping);
        }
        finally
        {
            places.End(id);
        }
    }

    private static long Number(PerformContext context) => long.Parse(context.BackgroundJob.Id, CultureInfo.InvariantCulture);
}
