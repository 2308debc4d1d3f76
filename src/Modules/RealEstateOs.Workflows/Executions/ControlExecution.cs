using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Workflows.Executions;

/// <summary>What may be asked of an execution; <c>next_actions</c> says which of them now.</summary>
public enum ControlAction { Pause, Resume, Cancel, ModifyParameters, Retry, SkipStep, Approve, Reject }

/// <example>{"action": "pause", "reason": "Client requested changes to marketing approach", "notify_stakeholders": true}</example>
public sealed record ControlRequest : IRequestBody<ControlRequest>
{
    public ControlAction? Action { get; init; }
    /// <summary>Why, for the journal; up to 2,000 letters.</summary>
    [MaxLength(2000)] public string? Reason { get; init; }
    /// <summary>Tells whoever started it and whose property or lead it is about.</summary>
    public bool? NotifyStakeholders { get; init; }
    /// <summary>The step that <c>skip_step</c>, <c>approve</c> and <c>reject</c> are about; without it the only one in question.</summary>
    [MaxLength(60)] public string? StepName { get; init; }
    /// <summary>For <c>modify_parameters</c>: what changes; null takes a parameter away.</summary>
    public JsonElement? Parameters { get; init; }
    /// <summary>For <c>modify_parameters</c>.</summary>
    public JsonElement? Customizations { get; init; }
    /// <summary>The <c>revision</c> that this command is based on: a 409 if somebody was faster.</summary>
    public int? Revision { get; init; }
}

internal sealed class ControlValidator : AbstractValidator<ControlRequest>
{
    public ControlValidator()
    {
        RuleFor(c => c.Action).NotNull();
        RuleFor(c => c.Parameters).NotNull().When(c => c.Action == ControlAction.ModifyParameters && c.Customizations is null)
            .WithMessage("or customizations say what changes");
    }
}

/// <summary>An execution after a command.</summary>
public sealed record ControlResponse
{
    /// <summary>Id of the execution.</summary>
    public required string ExecutionId { get; init; }
    public required ControlAction Action { get; init; }
    public required ExecutionStatus Status { get; init; }
    /// <summary>Since when it is paused; null where it is not.</summary>
    public required DateTimeOffset? PausedAt { get; init; }
    /// <summary>The step at which it stands; one that runs just now is finished and counts.</summary>
    public required string? CurrentStepPreserved { get; init; }
    /// <summary>It is paused and can be resumed.</summary>
    public required bool ResumeCapability { get; init; }
    /// <summary>Ids of the people who were told.</summary>
    public required IReadOnlyList<string> StakeholdersNotified { get; init; }
    public required IReadOnlyList<ControlAction> NextActions { get; init; }
    /// <summary>As it was given.</summary>
    public required string? Reason { get; init; }
    /// <summary>Counts the commands; send it along with the next.</summary>
    public required int Revision { get; init; }
}

internal static class ControlExecution
{
    /// <summary>
    /// Pauses, resumes, cancels an execution, or steers its steps. Pauses (steps in flight are finished and count), resumes, cancels (steps
    /// in flight are rolled back, done ones undone where they can be), changes parameters of a paused execution, retries from what failed,
    /// skips a step, approves or rejects one that waits for it. What the state does not allow is a 409 that names what it does. Commands
    /// follow each other; none is lost.
    /// </summary>
    public static async Task<Results<Ok<ControlResponse>, NotFound>> Handle(
        WorkflowExecutionId id, ControlRequest request, WorkflowsDb db, CurrentUser user, Control control, Stakeholders stakeholders,
        CancellationToken ct)
    {
        var execution = await db.Executions.FromSql($"select * from workflows.executions where id = {id.Value} for update")
            .VisibleTo(user, WorkflowPermissions.Control).FirstOrDefaultAsync(ct);
        if (execution is null) return TypedResults.NotFound();
        if (request.Revision is { } based && based != execution.Revision)
            throw Problem.Conflict($"Somebody was faster: the execution is at revision {execution.Revision}.",
                new Dictionary<string, object?> { ["revision"] = execution.Revision, ["status"] = execution.Status });
        await control.DoAsync(execution, request, ct);
        var told = request.NotifyStakeholders == true
            ? await stakeholders.NotifyAsync(execution, request.Action!.Value, request.Reason, ct) : [];
        await db.SaveChangesAsync(ct);
        var steps = await db.Steps.AsNoTracking().Where(s => s.ExecutionId == id).OrderBy(s => s.Number).ToListAsync(ct);
        var at = steps.FirstOrDefault(s => s.Status is StepStatus.Running or StepStatus.Queued or StepStatus.Waiting)
            ?? steps.FirstOrDefault(s => !s.IsPassed);
        return TypedResults.Ok(new ControlResponse
        {
            ExecutionId = id.Reference(), Action = request.Action!.Value, Status = execution.Status, PausedAt = execution.PausedAt,
            CurrentStepPreserved = at?.Name,
            ResumeCapability = execution.Status is ExecutionStatus.Paused, StakeholdersNotified = [.. told.Select(u => u.Reference())],
            NextActions = Control.ActionsOf(execution, steps), Reason = request.Reason, Revision = execution.Revision,
        });
    }
}
