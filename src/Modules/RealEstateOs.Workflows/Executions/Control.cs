using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Workflows;
using RealEstateOs.Workflows.Engine;
using RealEstateOs.Workflows.Packages;

namespace RealEstateOs.Workflows.Executions;

/// <summary>What a command does to an execution that the caller's transaction holds.</summary>
internal sealed class Control(
    WorkflowsDb db, WorkflowEngine engine, StepWaits waits, PackageShelf shelf, ParameterReader reader, JobQueue jobs, OpenExecutions open,
    CurrentUser user, WorkflowSteps kinds, TimeProvider clock)
{
    public static IReadOnlyList<ControlAction> ActionsOf(Execution execution, IReadOnlyList<ExecutionStep> steps)
    {
        ControlAction[] own = execution.Status switch
        {
            ExecutionStatus.Running or ExecutionStatus.Queued => [ControlAction.Pause, ControlAction.Cancel],
            ExecutionStatus.Paused => [ControlAction.Resume, ControlAction.Cancel, ControlAction.ModifyParameters, ControlAction.SkipStep],
            ExecutionStatus.Failed => [ControlAction.Retry, ControlAction.SkipStep, ControlAction.Cancel],
            _ => [],
        };
        var asks = execution.Status is not (ExecutionStatus.Cancelled or ExecutionStatus.Completed) && steps.Any(IsAsking);
        return asks ? [.. own, ControlAction.Approve, ControlAction.Reject] : own;
    }

    private static bool IsAsking(ExecutionStep step) =>
        step is { Status: StepStatus.Waiting, WaitKey: null } && step.Kind == Steps.ApprovalStep.Kind;

    public async Task DoAsync(Execution execution, ControlRequest request, CancellationToken ct)
    {
        var (action, before) = (request.Action!.Value, execution.Status);
        switch (action)
        {
            case ControlAction.Pause:
                Allow(execution, action, before == ExecutionStatus.Running);
                (execution.Status, execution.PausedAt) = (ExecutionStatus.Paused, clock.Now());
                await StepsAsync(execution, "status = 'pending'", "status in ('ready', 'queued')", ct);
                break;
            case ControlAction.Resume:
                Allow(execution, action, before == ExecutionStatus.Paused);
                (execution.Status, execution.PausedAt) = (ExecutionStatus.Running, null);
                break;
            case ControlAction.Cancel:
                Allow(execution, action, before is ExecutionStatus.Running or ExecutionStatus.Paused or ExecutionStatus.Failed);
                await CancelAsync(execution, ct);
                break;
            case ControlAction.ModifyParameters:
                Allow(execution, action, before == ExecutionStatus.Paused);
                await ModifyAsync(execution, request, ct);
                break;
            case ControlAction.Retry:
                Allow(execution, action, before == ExecutionStatus.Failed);
                await ReopenAsync(execution, ct);
                await StepsAsync(
                    execution, "status = 'pending', failures = 0, starts = 0, note = null, finished_at = null, started_at = null",
                    "status = 'failed'", ct);
                break;
            case ControlAction.SkipStep:
                Allow(execution, action, before is ExecutionStatus.Paused or ExecutionStatus.Failed);
                await SkipAsync(execution, request, ct);
                break;
            default:
                Allow(execution, action, before is not (ExecutionStatus.Cancelled or ExecutionStatus.Completed));
                break;
        }
        execution.Revision++;
        db.Add(new Entry
        {
            ExecutionId = execution.Id, Action = Vocabulary.Word(action), Reason = request.Reason, ActorId = user.Id, At = clock.Now(),
        });
        var (id, name, status, by, me) = (execution.Id, execution.PackageName, execution.Status, execution.CreatedBy, user.Id);
        db.Raise(() => new WorkflowControlled(id, name, Vocabulary.Word(action), status, request.Reason, by, me));
        await db.SaveChangesAsync(ct);
        if (action is ControlAction.Approve or ControlAction.Reject) await DecideAsync(execution, request, ct);
        else await engine.MoveOnAsync(execution.Id, await engine.LockAsync(execution.Id, ct), null, ct);
        await db.Entry(execution).ReloadAsync(ct); // what followed may have ended it
    }

    private static void Allow(Execution execution, ControlAction action, bool allowed)
    {
        if (allowed) return;
        var legal = ActionsOf(execution, []).Select(Vocabulary.Word).ToArray();
        throw Problem.Conflict(
            $"An execution that is {Vocabulary.Word(execution.Status)} takes no {Vocabulary.Word(action)}"
                + $"{(legal.Length == 0 ? "." : $"; it takes {string.Join(", ", legal)}.")}",
            new Dictionary<string, object?> { ["status"] = execution.Status, ["next_actions"] = legal });
    }

    // A new token refuses the commit of whoever is in the middle of a step.
    private async Task CancelAsync(Execution execution, CancellationToken ct)
    {
        if (execution.Status == ExecutionStatus.Failed) await UncountAsync(execution, ct);
        (execution.Status, execution.CompletedAt, execution.PausedAt) = (ExecutionStatus.Cancelled, clock.Now(), null);
        await StepsAsync(execution, "status = 'cancelled', token = token + 1, wait_key = null",
            "status not in ('completed', 'skipped', 'failed')", ct);
        var counts = await engine.CountAsync(execution.Id, ct);
        (execution.SuccessRate, execution.DeliverablesCreated, execution.LeadsContacted) = (counts.SuccessRate, (int)counts.Deliverables,
            (int)counts.Messages);
        await engine.TallyAsync(StandingOf(execution), ExecutionStatus.Cancelled, 1,
            execution.CompletedAt!.Value - execution.StartedAt, ct);
        await jobs.EnqueueAsync(WorkflowEngine.UndoKind, new ExecutionToUndo(execution.Id), ct, resource: execution.Id.Reference());
    }

    private async Task ReopenAsync(Execution execution, CancellationToken ct)
    {
        if (execution.CreatedBy is { } person) await open.RequireRoomAsync(person, ct);
        await UncountAsync(execution, ct);
        (execution.Status, execution.CompletedAt, execution.Error, execution.FailedStep, execution.SuccessRate)
            = (ExecutionStatus.Running, null, null, null, null);
    }

    private Task UncountAsync(Execution execution, CancellationToken ct) =>
        engine.TallyAsync(StandingOf(execution), execution.Status, -1, execution.CompletedAt!.Value - execution.StartedAt, ct);

    private static WorkflowEngine.Standing StandingOf(Execution execution) =>
        new(execution.Status, execution.PackageName, execution.TotalSteps, execution.CreatedBy, execution.StartedAt);

    private async Task ModifyAsync(Execution execution, ControlRequest request, CancellationToken ct)
    {
        var package = await shelf.OfAsync(execution.DefinitionId, ct);
        RequireRights(execution, package);
        (execution.Parameters, execution.Customizations) =
            await reader.ReadAsync(package, Merged(execution.Parameters, request.Parameters),
                Merged(execution.Customizations, request.Customizations), ct);
        execution.Rank = ExecutePackage.Rank(execution.Parameters, execution.Customizations);
        await StepsAsync(execution, $"rank = {execution.Rank}", "true", ct);
    }

    // The steps go on with the rights of who started them: nobody else does by other parameters what they could not do themselves.
    private void RequireRights(Execution execution, PackageDefinition package)
    {
        if (execution.CreatedBy == user.Id) return;
        var lacking = package.Steps!.Select(s => kinds.Find(s.KindName)?.Permission).OfType<string>()
            .FirstOrDefault(permission => user.ReachOf(permission) != Reach.All);
        if (lacking is not null)
            throw Problem.Forbidden(lacking, "Somebody else started this, and its steps go on with their rights.");
    }

    private static JsonElement Merged(JsonElement current, JsonElement? changes)
    {
        if (changes is not { ValueKind: JsonValueKind.Object } given) return changes ?? current;
        var merged = current.EnumerateObject().ToDictionary(m => m.Name, m => m.Value);
        foreach (var member in given.EnumerateObject()) merged[member.Name] = member.Value;
        return JsonSerializer.SerializeToElement(merged);
    }

    private async Task SkipAsync(Execution execution, ControlRequest request, CancellationToken ct)
    {
        var steps = await db.Steps.AsNoTracking().Where(s => s.ExecutionId == execution.Id).OrderBy(s => s.Number).ToListAsync(ct);
        var step = Named(
            request, steps, s => s.Status is StepStatus.Pending or StepStatus.Waiting || (s.Status == StepStatus.Failed && !s.IsOptional),
            "could be skipped");
        if (execution.Status == ExecutionStatus.Failed && steps.Count(s => s is { Status: StepStatus.Failed, IsOptional: false }) == 1
            && step.Status == StepStatus.Failed)
            await ReopenAsync(execution, ct);
        var note = request.Reason ?? "Skipped by hand.";
        await using var command = engine.Command(
            "update workflows.steps set status = 'skipped', token = token + 1, wait_key = null, note = $2, finished_at = $3 where id = $1",
            new() { Value = step.Id.Value },
            new() { Value = note }, Parameter.Time(clock.Now()));
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task DecideAsync(Execution execution, ControlRequest request, CancellationToken ct)
    {
        var steps = await db.Steps.AsNoTracking().Where(s => s.ExecutionId == execution.Id && s.Status == StepStatus.Waiting)
            .OrderBy(s => s.Number).ToListAsync(ct);
        var step = Named(request, steps, IsAsking, "waits for an approval");
        var decision = JsonSerializer.SerializeToElement(
            new { decision = Vocabulary.Word(request.Action!.Value), by = user.Id.Reference(), at = clock.Now(), reason = request.Reason },
            Json.Options);
        await waits.EndAsync(
            new WaitOver(execution.Id, step.Id, step.Token)
            {
                Event = decision, Failure = request.Action == ControlAction.Approve ? null : request.Reason ?? "It was rejected.",
            }, ct);
    }

    private static ExecutionStep Named(ControlRequest request, List<ExecutionStep> steps, Predicate<ExecutionStep> fits, string what)
    {
        var fitting = steps.FindAll(fits);
        if (request.StepName is null && fitting.Count == 1) return fitting[0];
        var names = string.Join(", ", fitting.Select(s => s.Name));
        if (request.StepName is null && fitting.Count > 1)
            throw Problem.Invalid(FieldError.Format("step_name", $"is needed: several are in question ({names})"));
        return fitting.Find(s => s.Name == request.StepName) ?? throw Problem.Conflict(
            request.StepName is null ? $"No step {what}."
                : $"The step '{request.StepName}' is none that {what}{(names.Length == 0 ? "." : $"; {names} would be.")}");
    }

    private async Task StepsAsync(Execution execution, string change, string which, CancellationToken ct)
    {
        await using var command = engine.Command(
            $"update workflows.steps set {change} where execution_id = $1 and {which}", new NpgsqlParameter { Value = execution.Id.Value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
