using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Workflows.Steps;

internal sealed record ApprovalInput
{
    /// <summary>What is to be decided.</summary>
    public required string Question { get; init; }
    /// <summary>Who is told; whoever may control the execution decides.</summary>
    public UserId? UserId { get; init; }
    /// <summary>Rejected where nobody decided by then.</summary>
    public double? DeadlineHours { get; init; }
}

/// <summary>Waits for a person's <c>approve</c> or <c>reject</c> at the execution's control.</summary>
internal sealed class ApprovalStep(WorkflowsDb db, TimeProvider clock) : IWorkflowStep<ApprovalInput>
{
    public const string Kind = "approval";

    public Task<StepResult> RunAsync(ApprovalInput input, StepContext context, CancellationToken ct)
    {
        if (input.DeadlineHours is <= 0 or > 8784)
            throw Problem.Invalid(FieldError.Range("deadline_hours", "is more than 0, at most a year"));
        if ((input.UserId ?? context.StartedBy) is { } person)
            db.Raise(() => new Notification(person, "An approval is asked for", input.Question,
                $"{ApiGroup.Root}/workflows/executions/{context.Reference}"));
        DateTimeOffset? deadline = input.DeadlineHours is { } hours ? clock.Now().AddHours(hours) : null;
        return Task.FromResult(StepResult.Done(new { question = input.Question }) with { Wait = StepWait.ForApproval(input.Question,
            deadline) });
    }
}
