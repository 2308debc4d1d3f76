using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Operations.Performance;

/// <summary>
/// Figures of the process that answers, measured now. What is the installation's (process, workers) only its operators see; the queue is
/// the installation's for them, and the own office's for its administrator.
/// </summary>
public sealed record RuntimeResponse
{
    /// <summary>Since this process began.</summary>
    public long UptimeSeconds { get; init; }
    public LatencyFigures Latency { get; init; } = new(0, "");
    /// <summary>Of the process that answers; null for who is no operator.</summary>
    public RuntimeProcess? Process { get; init; }
    /// <summary>How much work waits.</summary>
    public QueueDepth Queue { get; init; } = new(0, 0, 0, null);

    /// <summary>The last sign of life of a host that runs jobs; null where none did within a minute.</summary>
    public DateTimeOffset? Heartbeat { get; init; }
    /// <summary>Hosts that run jobs; null for who is no operator.</summary>
    public int? Workers { get; init; }
}

/// <summary>A round trip to the database, made for this answer. Latencies of requests are histograms at <c>/metrics</c>.</summary>
/// <param name="DatabaseMs">In milliseconds.</param>
/// <param name="Note">Where latencies of requests are found.</param>
public sealed record LatencyFigures(double DatabaseMs, string Note);

/// <param name="WorkingSetBytes">Memory that the process holds.</param>
/// <param name="HeapBytes">Of it, what .NET's objects take.</param>
/// <param name="Gen2Collections">Full garbage collections since it began.</param>
/// <param name="Threads">Threads of the pool.</param>
/// <param name="PendingWorkItems">What waits for a thread.</param>
/// <param name="CpuSeconds">Processor time since it began, of all cores.</param>
public sealed record RuntimeProcess(long WorkingSetBytes, long HeapBytes, int Gen2Collections, int Threads, long PendingWorkItems,
    double CpuSeconds);

/// <param name="Queued">Jobs that wait.</param>
/// <param name="Running">Jobs that run now.</param>
/// <param name="Failed">Jobs that were given up: the dead letters.</param>
/// <param name="OldestWaitingSeconds">How long the oldest waits; null where none does.</param>
public sealed record QueueDepth(long Queued, long Running, long Failed, double? OldestWaitingSeconds);

internal static class GetRuntime
{
    /// <summary>Latency, memory, threads, queues and the heartbeat of the job runners.</summary>
    public static async Task<Ok<RuntimeResponse>> Handle(JobFigures figures, CurrentUser user, Operators operators, DataSources sources,
        TimeProvider clock, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        await using (var ping = sources.System.CreateCommand("select 1")) await ping.ExecuteScalarAsync(ct);
        var database = clock.GetElapsedTime(started).TotalMilliseconds;
        var all = operators.Include(user.Principal);
        var queues = await figures.QueuesAsync(all ? null : user.OrganizationId, ct);
        var runners = figures.Runners();
        using var process = Process.GetCurrentProcess();
        return TypedResults.Ok(new RuntimeResponse
        {
            UptimeSeconds = (long)(clock.GetUtcNow() - process.StartTime.ToUniversalTime()).TotalSeconds,
            Latency = new LatencyFigures(Math.Round(database, 2),
                "database_ms is one round trip, made for this answer; request latencies are histograms at /metrics."),
            Process = !all ? null : new RuntimeProcess(process.WorkingSet64, GC.GetTotalMemory(false), GC.CollectionCount(2),
                ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount, process.TotalProcessorTime.TotalSeconds),
            Queue = new QueueDepth(queues.Sum(q => q.Queued), queues.Sum(q => q.Running), queues.Sum(q => q.Failed),
                queues.Max(q => q.OldestWaitingSeconds)),
            Heartbeat = runners.Count == 0 ? null : runners.Max(r => r.LastHeartbeat),
            Workers = all ? runners.Count : null,
        });
    }
}
