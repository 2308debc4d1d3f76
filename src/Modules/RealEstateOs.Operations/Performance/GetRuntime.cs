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
    public long UptimeSeconds { get; init; }
    public LatencyFigures Latency { get; init; } = new(0, "");
    public RuntimeProcess? Process { get; init; }
    public QueueDepth Queue { get; init; } = new(0, 0, 0, null);

    /// <summary>The last sign of life of a host that runs jobs; null where none did within a minute.</summary>
    public DateTimeOffset? Heartbeat { get; init; }
    public int? Workers { get; init; }
}

/// <summary>A round trip to the database, made for this answer. Latencies of requests are histograms at <c>/metrics</c>.</summary>
public sealed record LatencyFigures(double DatabaseMs, string Note);

public sealed record RuntimeProcess(long WorkingSetBytes, long HeapBytes, int Gen2Collections, int Threads, long PendingWorkItems,
    double CpuSeconds);

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
