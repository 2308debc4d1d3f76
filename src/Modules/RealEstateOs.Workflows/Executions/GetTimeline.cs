using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Workflows.Executions;

/// <summary>An execution for a Gantt picture, and what was done to it.</summary>
public sealed record TimelineResponse
{
    /// <summary>Id of the execution.</summary>
    public required string ExecutionId { get; init; }
    /// <summary>Name of the package.</summary>
    public required string PackageName { get; init; }
    public required ExecutionStatus Status { get; init; }
    /// <summary>When it was ordered.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>When it came to its end; null until then.</summary>
    public required DateTimeOffset? CompletedAt { get; init; }
    public required IReadOnlyList<TimelineBar> Steps { get; init; }
    /// <summary>Commands with who and why, failures and new attempts, in their order.</summary>
    public required IReadOnlyList<JournalLine> Journal { get; init; }
}

/// <summary>A bar of the picture; without <see cref="StartedAt"/> it has not begun.</summary>
/// <param name="DependsOn">Names of the steps that it waited for.</param>
/// <param name="DurationSeconds">Null until it has ended.</param>
/// <param name="Runs">How often it was started.</param>
/// <param name="StepId">Its number in the package, from 1.</param>
/// <param name="StepName">Name of the step within its package.</param>
/// <param name="Kind">The kind of step.</param>
/// <param name="StartedAt">When it first began; null where it has not.</param>
/// <param name="FinishedAt">When it ended; null until then.</param>
public sealed record TimelineBar(
    int StepId, string StepName, string Kind, StepStatus Status, IReadOnlyList<string> DependsOn, DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt, double? DurationSeconds, int Runs);

/// <param name="Action">A command, <c>step_retried</c> or <c>step_failed</c>.</param>
/// <param name="StepName">The step that it is about; null where it is about the whole.</param>
/// <param name="Reason">As whoever did it gave it, or why the step failed.</param>
/// <param name="At">When it happened.</param>
public sealed record JournalLine(string Action, string? StepName, string? Reason, UserId? ActorId, DateTimeOffset At);

internal static class GetTimeline
{
    /// <summary>When each step ran and what it waited for. For a Gantt picture, with the journal of commands and failures.</summary>
    public static async Task<Results<Ok<TimelineResponse>, NotFound>> Handle(WorkflowExecutionId id, WorkflowsDb db, CurrentUser user,
        CancellationToken ct)
    {
        var execution = await db.Executions.AsNoTracking().VisibleTo(user, WorkflowPermissions.Read).FirstOrDefaultAsync(
            e => e.Id == id, ct);
        if (execution is null) return TypedResults.NotFound();
        var steps = await db.Steps.AsNoTracking().Where(s => s.ExecutionId == id).OrderBy(s => s.Number).ToListAsync(ct);
        var journal = await db.Entries.AsNoTracking().Where(e => e.ExecutionId == id).OrderBy(e => e.Id).Take(1000).ToListAsync(ct);
        var names = steps.ToDictionary(s => s.Number, s => s.Name);
        return TypedResults.Ok(new TimelineResponse
        {
            ExecutionId = id.Reference(), PackageName = execution.PackageName, Status = execution.Status, StartedAt = execution.StartedAt,
            CompletedAt = execution.CompletedAt,
            Steps = [.. steps.Select(s => new TimelineBar(
                s.Number, s.Name, s.Kind, s.Status, [.. s.DependsOn.Select(d => names[d])], s.StartedAt, s.FinishedAt,
                s.FinishedAt - s.StartedAt is { } took ? Math.Round(took.TotalSeconds, 3) : null, s.Starts))],
            Journal = [.. journal.Select(
                e => new JournalLine(e.Action, e.StepNumber is { } n ? names[n] : null, e.Reason, e.ActorId, e.At))],
        });
    }
}
