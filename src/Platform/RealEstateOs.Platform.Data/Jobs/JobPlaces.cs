using System.Collections.Concurrent;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Jobs;

namespace RealEstateOs.Platform.Jobs;

/// <summary>The jobs that this host handed to Hangfire or runs: how many more of a kind it has room for, and whose they are.</summary>
internal sealed class JobPlaces(TimeProvider clock)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<long, Place> taken = new();

    public void Hand(WaitingJob job) => taken[job.Id.Value] = new Place(job.Kind, job.Organization, clock.GetTimestamp());

    public void Begin(ClaimedJob job) => taken[job.Id.Value] = new Place(job.Kind, job.Organization, null);

    public void End(JobId id)
    {
        taken.TryRemove(id.Value, out _);
        JobSignal.Raise();
    }

    /// <summary>What was handed over and has not begun here: another host may have been quicker.</summary>
    public long[] Overdue() =>
        [.. taken.Where(t => t.Value.HandedAt is { } since && clock.GetElapsedTime(since) > Moment).Select(t => t.Key)];

    public void RunElsewhere(IEnumerable<long> ids)
    {
        foreach (var id in ids)
            if (taken.TryGetValue(id, out var place) && place.HandedAt is not null) taken.TryRemove(KeyValuePair.Create(id, place));
    }

    public List<Place> Taken() => [.. taken.Values];

    internal sealed record Place(string Kind, OrganizationId? Organization, long? HandedAt);
}
