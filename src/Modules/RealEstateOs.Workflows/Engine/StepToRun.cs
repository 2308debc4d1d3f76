using System.Text.Json;
using RealEstateOs.Contracts.Workflows;

namespace RealEstateOs.Workflows.Engine;

/// <summary>The input of a step's job. The token names the dispatch: a job of an earlier one finds nothing to do.</summary>
internal sealed record StepToRun(WorkflowExecutionId ExecutionId, WorkflowStepId StepId, int Token);

/// <summary>The end of a wait.</summary>
internal sealed record WaitOver(WorkflowExecutionId ExecutionId, WorkflowStepId StepId, int Token)
{
    /// <summary>Why the step failed; null where it is done.</summary>
    public string? Failure { get; init; }

    /// <summary>The event that ended the wait, kept beside the output.</summary>
    public JsonElement? Event { get; init; }
}

/// <summary>The input of the job that undoes what a cancelled execution did.</summary>
internal sealed record ExecutionToUndo(WorkflowExecutionId ExecutionId);

/// <summary>A step that has begun, as its row and its execution say.</summary>
internal sealed record BegunStep(StepToRun Job, int Number, int Starts, int Failures, WorkflowDefinitionId DefinitionId)
{
    public required string PackageName { get; init; }
    public required JsonElement Parameters { get; init; }
    public required JsonElement Customizations { get; init; }
    public Contracts.Auth.UserId? StartedBy { get; init; }

    public StepContext ContextOf(string name) =>
        new(Job.ExecutionId, Contracts.Ids.EntityId.Reference(Job.ExecutionId), PackageName, name, StartedBy, Failures + 1);
}

/// <summary>The step was cancelled, or begun anew elsewhere: what this run was about to commit must not be.</summary>
internal sealed class StepLost() : Exception("The step is no longer this run's.");
