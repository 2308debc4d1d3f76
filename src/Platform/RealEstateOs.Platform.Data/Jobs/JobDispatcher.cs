using System.Collections.Concurrent;
using System.Globalization;
using Hangfire;
using Hangfire.Server;
using Hangfire.States;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Jobs;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// Hands waiting jobs to Hangfire as this host has places for them: right after a commit, when a place becomes free, and each
/// <c>Jobs:Poll</c>. Until then they wait in our table, where organizations take turns; what Hangfire has lost comes back there.
/// </summary>
internal sealed class JobDispatcher(
    WaitingJobs waiting, JobKinds kinds, JobPlaces places, IBackgroundJobClient client, JobStorage storage, IOptions<JobOptions> options,
    TimeProvider clock) : IBackgroundProcessAsync
{
    private const int AtOnce = 4; // Hangfire's client makes a job in a dozen round trips

    private readonly TimeSpan strange = 2 * options.Value.Lease; // what was handed over longer ago than this and is still there gets a look
    private long? searchedAt;

    public async Task ExecuteAsync(BackgroundProcessContext context)
    {
        if (searchedAt is null || clock.GetElapsedTime(searchedAt.Value) > strange / 2) await FindStraysAsync(context.StoppingToken);
        if (places.Overdue() is { Length: > 0 } overdue) places.RunElsewhere(await waiting.BegunAsync(overdue, context.StoppingToken));
        var taken = await waiting.TakeAsync(kinds.All, places.Taken(), context.StoppingToken);
        if (taken.Count > 0) await HandOverAsync(taken);
        else await JobSignal.WaitAsync(options.Value.Poll, clock, context.StoppingToken);
    }

    private async Task HandOverAsync(List<WaitingJob> taken)
    {
        var made = new ConcurrentBag<(JobId, long)>();
        foreach (var job in taken) places.Hand(job);
        Parallel.ForEach(taken, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, job =>
        {
            if (HandOver(job) is { } id) made.Add((job.Id, id));
        });
        if (!made.IsEmpty) await waiting.NameAsync(made, CancellationToken.None);
    }

    /// <summary>
    /// A job stays one Hangfire job over all its attempts; the number of a new one where it has none, or Hangfire has forgotten it.
    /// </summary>
    private long? HandOver(WaitingJob job)
    {
        var queue = kinds.Find(job.Kind)!.Queue;
        if (job.HangfireId is { } known && client.ChangeState(Text(known), new EnqueuedState(queue))) return null;
        return long.Parse(client.Create(JobEntry.Of(job, queue), new EnqueuedState(queue)), CultureInfo.InvariantCulture);
    }

    // A host that was killed in the middle of a hand-over, a Hangfire whose tables were emptied or fell back: whoever asked for a job gets
    // it.
    private async Task FindStraysAsync(CancellationToken ct)
    {
        using var hangfire = storage.GetConnection();
        foreach (var job in await waiting.HandedBeforeAsync(strange, ct))
        {
            var state = job.HangfireId is { } id ? hangfire.GetStateData(Text(id))?.Name : null;
            if (state != EnqueuedState.StateName && state != ProcessingState.StateName) await waiting.GiveBackAsync(job, strange, ct);
        }
        searchedAt = clock.GetTimestamp();
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
