using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;

namespace RealEstateOs.Contracts.Workflows;

public enum ExecutionStatus { Queued, Running, Paused, Completed, Failed, Cancelled }

/// <summary>
/// pending: its predecessors are not done; ready: waits for its turn; queued: its job is; waiting: for a time, an event, a person.
/// </summary>
public enum StepStatus { Pending, Ready, Queued, Running, Waiting, Completed, Skipped, Failed, Cancelled }

/// <summary>A step ended: <see cref="Status"/> is completed, skipped or failed.</summary>
public sealed record WorkflowStepCompleted(
    WorkflowExecutionId ExecutionId, string PackageName, string StepName, StepStatus Status, string? Error, int ProgressPercentage,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "workflow.step_completed";
}

/// <summary>An execution has come to its end.</summary>
public sealed record WorkflowCompleted(WorkflowExecutionId ExecutionId, string PackageName, double? SuccessRate, int DeliverablesCreated,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "workflow.completed";
}

/// <summary>A required step failed for good; <see cref="Error"/> says why.</summary>
public sealed record WorkflowFailed(WorkflowExecutionId ExecutionId, string PackageName, string StepName, string? Error,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "workflow.failed";
}

/// <summary>Somebody started, paused, resumed, cancelled … an execution.</summary>
public sealed record WorkflowControlled(WorkflowExecutionId ExecutionId, string PackageName, string Action, ExecutionStatus Status,
    string? Reason, UserId? CreatedBy, UserId? ControlledBy) : IEvent
{
    public static string Type => "workflow.controlled";
}
