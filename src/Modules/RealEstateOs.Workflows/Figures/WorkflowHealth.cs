using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Workflows.Engine;

namespace RealEstateOs.Workflows.Figures;

/// <summary>How the office's workflows stand.</summary>
public sealed record WorkflowHealthResponse
{
    /// <summary>healthy; degraded where steps wait long for their turn, or more executions failed than completed today.</summary>
    public required string Status { get; init; }
    /// <summary>Executions that run.</summary>
    public required int ActiveExecutions { get; init; }
    /// <summary>Executions that somebody paused.</summary>
    public required int PausedExecutions { get; init; }
    /// <summary>Queued or running.</summary>
    public required int StepsInFlight { get; init; }
    /// <summary>So many at most; the others wait for their turn.</summary>
    public required int StepsInFlightLimit { get; init; }
    /// <summary>Waiting for their turn.</summary>
    public required int StepsReady { get; init; }
    /// <summary>Waiting for a job, a time or a person.</summary>
    public required int StepsWaiting { get; init; }
    /// <summary>Executions that came to their end within 24 hours.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("completed_last_24_hours")] public required int CompletedLastDay { get; init; }
    /// <summary>Executions that failed within 24 hours.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("failed_last_24_hours")] public required int FailedLastDay { get; init; }
    /// <summary>Completed of those that completed or failed within a day; null before there is one.</summary>
    public required double? SuccessRate { get; init; }
}

internal static class WorkflowHealth
{
    private const int ManyReady = 200;

    /// <summary>How many executions and steps are under way, wait, or ended within a day.</summary>
    public static async Task<Ok<WorkflowHealthResponse>> Handle(WorkflowsDb db, TimeProvider clock, CancellationToken ct)
    {
        var day = clock.GetUtcNow().AddDays(-1);
        var open = await db.Executions.AsNoTracking().Where(e => e.Status == ExecutionStatus.Running || e.Status == ExecutionStatus.Paused)
            .GroupBy(e => e.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var ended = await db.Executions.AsNoTracking().Where(e => e.StartedAt >= day && e.CompletedAt >= day)
            .GroupBy(e => e.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var (completed, failed) = (ended.GetValueOrDefault(ExecutionStatus.Completed), ended.GetValueOrDefault(ExecutionStatus.Failed));
        var ready = await db.Steps.AsNoTracking().CountAsync(s => s.Status == StepStatus.Ready, ct);
        return TypedResults.Ok(new WorkflowHealthResponse
        {
            Status = ready > ManyReady || failed > completed ? "degraded" : "healthy",
            ActiveExecutions = open.GetValueOrDefault(ExecutionStatus.Running),
            PausedExecutions = open.GetValueOrDefault(ExecutionStatus.Paused),
            StepsInFlight = await db.Steps.AsNoTracking()
                .CountAsync(s => s.Status == StepStatus.Queued || s.Status == StepStatus.Running, ct),
            StepsInFlightLimit = WorkflowEngine.StepsInFlight, StepsReady = ready,
            StepsWaiting = await db.Steps.AsNoTracking().CountAsync(s => s.Status == StepStatus.Waiting, ct),
            CompletedLastDay = completed, FailedLastDay = failed,
            SuccessRate = completed + failed == 0 ? null : Math.Round((double)completed / (completed + failed), 4),
        });
    }
}
