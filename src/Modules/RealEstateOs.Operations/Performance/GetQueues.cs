using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Operations.Performance;

/// <summary>
/// The queues and the hosts that work on them. Operators of the installation see all of it; an office's administrator what is the office's:
/// hosts and recurring jobs are none's, and <c>workers</c> is null.
/// </summary>
/// <param name="Workers">Hosts that run jobs; null for who is no operator.</param>
/// <param name="Queued">Jobs that wait.</param>
/// <param name="Running">Jobs that run now.</param>
/// <param name="Failed">Jobs that were given up: the dead letters.</param>
/// <param name="CompletedLastHour">Jobs that were done within the last hour.</param>
/// <param name="Queues">The same by queue.</param>
/// <param name="Hosts">Hosts that run jobs; empty for who is no operator.</param>
/// <param name="Recurring">Work that returns by the clock; empty for who is no operator.</param>
public sealed record QueuesResponse(
    int? Workers, long Queued, long Running, long Failed, long CompletedLastHour, IReadOnlyList<QueueFigures> Queues,
    IReadOnlyList<RunnerFigures> Hosts,
    IReadOnlyList<RecurringFigures> Recurring);

internal static class GetQueues
{
    /// <summary>What waits, runs and failed, by queue; the hosts that run jobs; the recurring jobs with their next run.</summary>
    public static async Task<Ok<QueuesResponse>> Handle(JobFigures figures, CurrentUser user, Operators operators, CancellationToken ct)
    {
        var all = operators.Include(user.Principal);
        var queues = await figures.QueuesAsync(all ? null : user.OrganizationId, ct);
        var hosts = all ? figures.Runners() : [];
        return TypedResults.Ok(new QueuesResponse(
            all ? hosts.Count : null, queues.Sum(q => q.Queued), queues.Sum(q => q.Running), queues.Sum(q => q.Failed),
            queues.Sum(q => q.CompletedLastHour),
            queues, hosts, all ? figures.Recurring() : []));
    }
}
