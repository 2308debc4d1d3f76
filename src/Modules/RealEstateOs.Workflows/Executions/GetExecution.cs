using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Workflows.Packages;

namespace RealEstateOs.Workflows.Executions;

/// <summary>How far an execution is.</summary>
public sealed record ExecutionProgress
{
    /// <summary>Id of the execution.</summary>
    public required string ExecutionId { get; init; }
    /// <summary>Name of the package.</summary>
    public required string PackageName { get; init; }
    /// <summary>Version of the package that it follows to its end.</summary>
    public required int PackageVersion { get; init; }
    public required ExecutionStatus Status { get; init; }
    /// <summary>Steps that are done, skipped, or failed without need, of all.</summary>
    public required int ProgressPercentage { get; init; }
    /// <summary>The first step that is under way or comes next; null where none is left.</summary>
    public required CurrentStep? CurrentStep { get; init; }
    /// <summary>All that are under way, where several run beside each other.</summary>
    public required IReadOnlyList<CurrentStep> ActiveSteps { get; init; }
    /// <summary>Done or skipped.</summary>
    public required IReadOnlyList<DoneStep> CompletedSteps { get; init; }
    /// <summary>Steps that were given up, with the reason.</summary>
    public required IReadOnlyList<FailedStep> FailedSteps { get; init; }
    /// <summary>Steps that are not yet done, skipped or failed.</summary>
    public required int RemainingSteps { get; init; }
    /// <summary>Along the longest chain that is left; null where nothing runs.</summary>
    public required string? EstimatedTimeRemaining { get; init; }
    /// <summary><c>history</c> where this installation has measured every step, <c>mixed</c>, or <c>default</c>.</summary>
    public required string EstimateBasis { get; init; }
    /// <summary>When it was ordered.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>When it came to its end; null until then.</summary>
    public required DateTimeOffset? CompletedAt { get; init; }
    /// <summary>Since when it is paused; null where it is not.</summary>
    public required DateTimeOffset? PausedAt { get; init; }
    /// <summary>As they were given, with defaults.</summary>
    public required JsonElement Parameters { get; init; }
    /// <summary>As they were given, with defaults.</summary>
    public required JsonElement Customizations { get; init; }
    /// <summary>Of the steps that were tried to their end, the share that succeeded (0–1).</summary>
    public required double? SuccessRate { get; init; }
    /// <summary>What its steps have made so far.</summary>
    public required IReadOnlyList<Deliverable> Deliverables { get; init; }
    /// <summary><c>WF_003</c> with the step and its reason, where the execution failed.</summary>
    public required ExecutionError? Error { get; init; }
    /// <summary>Where an execution was cancelled: what was undone of it.</summary>
    public required IReadOnlyList<UndoneStep> Undone { get; init; }
    /// <summary>Counts the commands; sent along with one, it makes sure that nobody else was faster.</summary>
    public required int Revision { get; init; }
    /// <summary>What may be asked of <c>…/control</c> now.</summary>
    public required IReadOnlyList<ControlAction> NextActions { get; init; }
    public required UserId? CreatedBy { get; init; }
}

/// <param name="StepId">Its number in the package, from 1.</param>
/// <param name="WaitsFor">Why it does not run now, where it waits.</param>
/// <param name="StepName">Name of the step within its package.</param>
/// <param name="StartedAt">When it began; null while it waits.</param>
/// <param name="EstimatedCompletion">By how long such steps took here; null where it does not run.</param>
public sealed record CurrentStep(int StepId, string StepName, StepStatus Status, DateTimeOffset? StartedAt,
    DateTimeOffset? EstimatedCompletion, string? WaitsFor);

/// <param name="Duration">Such as <c>4 minutes</c>.</param>
/// <param name="Note">Why it was skipped.</param>
/// <param name="Output">What it found; later steps may point at its members.</param>
/// <param name="StepId">Its number in the package, from 1.</param>
/// <param name="StepName">Name of the step within its package.</param>
public sealed record DoneStep(int StepId, string StepName, StepStatus Status, string Duration, JsonElement? Output, string? Note);

/// <param name="Attempts">How often it was tried.</param>
/// <param name="Optional">The others go on without it.</param>
/// <param name="StepId">Its number in the package, from 1.</param>
/// <param name="StepName">Name of the step within its package.</param>
/// <param name="Reason">What went wrong at the last attempt.</param>
public sealed record FailedStep(int StepId, string StepName, bool Optional, int Attempts, string? Reason);

/// <param name="Code">Stable, such as WF_003.</param>
/// <param name="Message">What went wrong, as a sentence.</param>
/// <param name="StepName">The step that failed; null where it was none.</param>
public sealed record ExecutionError(string Code, string Message, string? StepName);

/// <param name="StepName">Name of the step within its package.</param>
/// <param name="UndoneAt">When it was undone; null where it could not be.</param>
/// <param name="Problem">Why it could not be undone; null where it was.</param>
public sealed record UndoneStep(string StepName, DateTimeOffset? UndoneAt, string? Problem);

internal static class GetExecution
{
    /// <summary>How far an execution is: what is done with its output, what runs, what is left and how long that takes.</summary>
    public static async Task<Results<Ok<ExecutionProgress>, NotFound>> Handle(
        WorkflowExecutionId id, WorkflowsDb db, CurrentUser user, ExecutionReader reader, CancellationToken ct)
    {
        var execution = await db.Executions.AsNoTracking().VisibleTo(user, WorkflowPermissions.Read).FirstOrDefaultAsync(
            e => e.Id == id, ct);
        return execution is null ? TypedResults.NotFound() : TypedResults.Ok(await reader.ProgressAsync(execution, ct));
    }
}

/// <summary>Makes of an execution's rows what people read.</summary>
internal sealed class ExecutionReader(WorkflowsDb db, PackageShelf shelf, StepDurations durations, TimeProvider clock)
{
    public async Task<ExecutionProgress> ProgressAsync(Execution execution, CancellationToken ct)
    {
        var steps = await db.Steps.AsNoTracking().Where(s => s.ExecutionId == execution.Id).OrderBy(s => s.Number).ToListAsync(ct);
        var package = await shelf.OfAsync(execution.DefinitionId, ct);
        var open = steps.Where(s => !s.IsPassed).Select(s => s.Name).ToHashSet();
        var estimate = Estimate.Of(package, s => open.Contains(s.Name!), await durations.KnownAsync(ct));
        var goesOn = execution.Status is ExecutionStatus.Running or ExecutionStatus.Paused;
        var active = steps.Where(s => s.Status is StepStatus.Running or StepStatus.Queued or StepStatus.Waiting).ToList();
        var current = !goesOn ? null
            : active.FirstOrDefault() ?? steps.FirstOrDefault(s => s.Status is StepStatus.Ready or StepStatus.Pending);
        var passed = steps.Count - open.Count;
        return new()
        {
            ExecutionId = execution.Id.Reference(), PackageName = execution.PackageName, PackageVersion = execution.PackageVersion,
            Status = execution.Status == ExecutionStatus.Running && steps.All(s => s.Token == 0) ? ExecutionStatus.Queued
                : execution.Status,
            ProgressPercentage = 100 * passed / Math.Max(1, steps.Count), RemainingSteps = open.Count,
            CurrentStep = current is null ? null : Current(current), ActiveSteps = [.. active.Select(Current)],
            CompletedSteps = [.. steps.Where(s => s.Status is StepStatus.Completed or StepStatus.Skipped).Select(s => new DoneStep(
                s.Number, s.Name, s.Status, Durations.Words(s.FinishedAt - s.StartedAt ?? TimeSpan.Zero), s.Output, s.Note))],
            FailedSteps = [.. steps.Where(s => s.Status == StepStatus.Failed)
                .Select(s => new FailedStep(s.Number, s.Name, s.IsOptional, s.Failures + 1, s.Note))],
            EstimatedTimeRemaining = goesOn ? Durations.Words(estimate.Takes) : null, EstimateBasis = estimate.Basis,
            StartedAt = execution.StartedAt, CompletedAt = execution.CompletedAt, PausedAt = execution.PausedAt,
            Parameters = execution.Parameters, Customizations = execution.Customizations, SuccessRate = execution.SuccessRate,
            Deliverables = [.. steps.SelectMany(s => s.Deliverables?.Deserialize<Deliverable[]>(Json.Options) ?? [])],
            Error = execution.Status == ExecutionStatus.Failed
                ? new(ErrorCodes.WorkflowFailed, execution.Error ?? "A step failed.", execution.FailedStep) : null,
            Undone = [.. steps.Where(s => s.UndoneAt is not null || s.UndoNote is not null)
                .Select(s => new UndoneStep(s.Name, s.UndoneAt, s.UndoNote))],
            Revision = execution.Revision, NextActions = Control.ActionsOf(execution, steps), CreatedBy = execution.CreatedBy,
        };

        CurrentStep Current(ExecutionStep s) => new(
            s.Number, s.Name, s.Status, s.StartedAt,
            s.Status == StepStatus.Waiting ? s.WaitUntil : Later(s.StartedAt ?? clock.Now(), estimate.Of(package.Steps![s.Number - 1])),
            s.Status == StepStatus.Waiting ? s.Note ?? (s.WaitKey is null ? "its time" : "a job or an event")
                : s.Failures > 0 ? s.Note : null);
    }

    // What takes longer than usual is not done in the past.
    private DateTimeOffset Later(DateTimeOffset start, TimeSpan takes) =>
        start + takes is var end && end > clock.Now() ? end : clock.Now() + TimeSpan.FromSeconds(5);
}
