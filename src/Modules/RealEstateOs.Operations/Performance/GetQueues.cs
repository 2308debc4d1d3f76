using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Operations.Performance;

/// <summary>The queues and the hosts that work on them.</summary>
public sealed record QueuesResponse(
    int Workers, long Queued, long Running, long Failed, long CompletedLastHour, IReadOnlyList<QueueFigures> Queues, IReadOnlyList<RunnerFigures> Hosts,
    IReadOnlyList<RecurringFigures> Recurring);

internal static class GetQueues
{
    /// <summary>What waits, runs and failed, by queue; the hosts that run jobs; the recurring jobs with their next run.</summary>
    public static async Task<Ok<QueuesResponse>> Handle(JobFigures figures, CancellationToken ct)
    {
        var queues = await figures.QueuesAsync(ct);
        var hosts = await figures.RunnersAsync(ct);
        return TypedResults.Ok(new QueuesResponse(
            hosts.Count, queues.Sum(q => q.Queued), queues.Sum(q => q.Running), queues.Sum(q => q.Failed), queues.Sum(q => q.CompletedLastHour),
            queues, hosts, await figures.RecurringAsync(ct)));
    }
}
