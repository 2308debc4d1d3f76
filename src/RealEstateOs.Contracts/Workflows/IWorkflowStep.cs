using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Jobs;

namespace RealEstateOs.Contracts.Workflows;

/// <summary>
/// A kind of step that packages are built of; it lives in the module that does the work (<c>AddWorkflowStep</c>). It runs in a scope of the
/// organization with the execution's user signed in, inside a transaction: what it saves and what it answers are recorded by one commit, so
/// that it is never repeated once it counted. Before that commit a run can die at any point. What leaves the database belongs into a job.
/// </summary>
/// <typeparam name="TInput">
/// A record whose members are the step's inputs, filled from parameters and earlier outputs by the package. A <c>required</c> member must
/// be given.
/// </typeparam>
public interface IWorkflowStep<in TInput>
{
    /// <summary>
    /// Does the step. A refusal (a problem of 4xx) fails it at once with the refusal's words; everything else that is thrown is tried
    /// again.
    /// </summary>
    Task<StepResult> RunAsync(TInput input, StepContext context, CancellationToken ct);
}

/// <summary>A step that can be undone when its execution is cancelled; in a transaction of its own, with what it had answered.</summary>
public interface IUndoableStep<in TInput> : IWorkflowStep<TInput>
{
    Task UndoAsync(TInput input, JsonElement? output, StepContext context, CancellationToken ct);
}

/// <summary>For whom a step runs.</summary>
/// <param name="Reference">The execution, <c>exec_7</c>: for <c>metadata</c> and names of what the step makes.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record StepContext(WorkflowExecutionId ExecutionId, string Reference, string PackageName, string StepName, UserId? StartedBy,
    int Attempt);

/// <summary>What became of a step, and what it waits for before it is done. Waiting costs nothing: it is a row.</summary>
public sealed record StepResult
{
    /// <summary>Recorded, shown in the progress, and read by later steps as <c>steps.NAME.MEMBER</c>.</summary>
    public object? Output { get; init; }

    /// <summary>What it made for people to use; counted as <c>deliverables_created</c>.</summary>
    public IReadOnlyList<Deliverable> Deliverables { get; init; } = [];

    /// <summary>Set where there was nothing to do: one sentence that says why.</summary>
    public string? SkippedBecause { get; init; }

    /// <summary>Set where it is done only later.</summary>
    public StepWait? Wait { get; init; }

    public static StepResult Done(object? output, params Deliverable[] deliverables) =>
        new() { Output = output, Deliverables = deliverables };

    public static StepResult Skipped(string because, object? output = null) => new() { SkippedBecause = because, Output = output };

    /// <summary>Done when a job that the step queued in this transaction is; failed when that job is.</summary>
    public static StepResult After(JobId job, object? output, params Deliverable[] deliverables) =>
        Done(output, deliverables) with { Wait = StepWait.For<TaskCompleted>("task_id", Ids.EntityId.Reference(job)) };
}

/// <summary>A step waits for the first of these; with none it waits for a person's <c>approve</c> or <c>reject</c>.</summary>
public sealed record StepWait
{
    /// <summary>The time at which it is done.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// An event whose <see cref="Member"/> is <see cref="Value"/>; it must not be able to happen before the step's commit.
    /// </summary>
    public string? EventType { get; init; }
    public string? Member { get; init; }
    public string? Value { get; init; }

    /// <summary>Ends the wait as a failure.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>What is waited for, a short sentence.</summary>
    public string? Reason { get; init; }

    public static StepWait For<TEvent>(string member, string value) where TEvent : IEvent =>
        new() { EventType = TEvent.Type, Member = member, Value = value };

    public static StepWait UntilTime(DateTimeOffset time) => new() { Until = time };

    public static StepWait ForApproval(string reason, DateTimeOffset? deadline = null) => new() { Reason = reason, Deadline = deadline };
}

/// <summary>Something that a step made for people to use.</summary>
/// <param name="Kind">CMA Report, Marketing Campaign …</param>
/// <param name="Reference">The record: <c>cma_12</c>, <c>camp_5</c>.</param>
public sealed record Deliverable(string Kind, string? Reference);
