using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.Server;
using Hangfire.Storage;
using Microsoft.Extensions.Options;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// Finds what no worker here was woken for: jobs of hosts that died, and what operators enqueue on other hosts. One look for all queues
/// each <c>Jobs:Recheck</c>, where Hangfire's own would be one by each idle worker; the library wakes workers when a job is added.
/// </summary>
internal sealed class AbandonedJobs(JobStorage storage, JobKinds kinds, JobPlaces places, IOptions<JobOptions> options) : IBackgroundProcess
{
    // Hangfire's fetch looks at once and then waits for more: until this is over.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public void Execute(BackgroundProcessContext context)
    {
        context.Wait(options.Value.Recheck);
        var busy = places.Taken().CountBy(p => kinds.Find(p.Kind)!.Queue).ToDictionary();
        var idle = kinds.Queues.Where(q => q.Workers > busy.GetValueOrDefault(q.Name)).ToArray();
        if (idle.Length == 0) return;
        using var hangfire = storage.GetConnection();
        var found = new List<PostgreSqlFetchedJob>();
        try
        {
            Fetch(hangfire, [.. idle.Select(q => q.Name)], idle.Sum(q => q.Workers), found, context.StoppingToken);
            foreach (var job in found) PassOn(hangfire, job);
        }
        finally
        {
            foreach (var job in found) job.Dispose(); // what was not passed on goes back into its queue
        }
    }

    private static void Fetch(IStorageConnection hangfire, string[] queues, int most, List<PostgreSqlFetchedJob> found,
        CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Look);
        try
        {
            while (found.Count < most) found.Add((PostgreSqlFetchedJob)hangfire.FetchNextJob(queues, limit.Token));
        }
        catch (OperationCanceledException)
        {
            // There are no more.
        }
    }

    private static void PassOn(IStorageConnection hangfire, PostgreSqlFetchedJob job)
    {
        using var transaction = hangfire.CreateWriteTransaction();
        transaction.AddToQueue(job.Queue, job.JobId);
        transaction.Commit();
        job.RemoveFromQueue();
    }
}
