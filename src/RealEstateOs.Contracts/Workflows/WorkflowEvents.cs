using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;

namespace RealEstateOs.Contracts.Workflows;

/// <summary>Where an execution stands.</summary>
public enum ExecutionStatus { Queued, Running, Paused, Completed, Failed, Cancelled }

/// <summary>
/// pending: its predecessors are not done; ready: waits for its turn; queued: its job is; waiting: for a time, an event, a person.
/// </summary>
public enum StepStatus { Pending, Ready, Queued, Running, Waiting, Completed, Skipped, Failed, Cancelled }

/// <summary>A step ended: <see cref="Status"/> is completed, skipped or failed.</summary>
/// <param name="PackageName">Name of the package.</param>
/// <param name="StepName">Name of the step within its package.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
/// <param name="ProgressPercentage">Of the execution, 0 to 100.</param>
public sealed record WorkflowStepCompleted(
    WorkflowExecutionId ExecutionId, string PackageName, string StepName, StepStatus Status, string? Error, int ProgressPercentage,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "workflow.step_completed";
}

/// <summary>An execution has come to its end.</summary>
/// <param name="PackageName">Name of the package.</param>
/// <param name="SuccessRate">Of the steps that were tried to their end, the share that succeeded, 0 to 1.</param>
/// <param name="DeliverablesCreated">How much its steps have made.</param>
public sealed record WorkflowCompleted(WorkflowExecutionId ExecutionId, string PackageName, double? SuccessRate, int DeliverablesCreated,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "workflow.completed";
}

/// <summary>A required step failed for good; <see cref="Error"/> says why.</summary>
/// <param name="PackageName">Name of the package.</param>
/// <param name="StepName">The step that failed.</param>
/// <param name="Error">What went wrong at its last attempt.</param>
public sealed record WorkflowFailed(WorkflowExecutionId ExecutionId, string PackageName, string StepName, string? Error,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "workflow.failed";
}

/// <summary>Somebody started, paused, resumed, cancelled … an execution.</summary>
/// <param name="PackageName">Name of the package.</param>
/// <param name="Action">What was done: start, or a word of the execution's <c>action</c>.</param>
/// <param name="Reason">As whoever did it gave it.</param>
public sealed record WorkflowControlled(WorkflowExecutionId ExecutionId, string PackageName, string Action, ExecutionStatus Status,
    string? Reason, UserId? CreatedBy, UserId? ControlledBy) : IEvent
{
    public static string Type => "workflow.controlled";
}
