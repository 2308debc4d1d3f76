using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Tenancy;
using RealEstateOs.Platform.Workflows;
using RealEstateOs.Workflows.Packages;

namespace RealEstateOs.Workflows.Engine;

/// <summary>
/// Undoes what a cancelled execution did, the last first, each step and the word that it is undone in one commit. What can't be undone is
/// written down and does not keep the others.
/// </summary>
internal sealed class UndoSteps(
    WorkflowsDb db, WorkflowEngine engine, PackageShelf shelf, WorkflowSteps kinds, Tenant tenant, CurrentUser user,
    ISessionDirectory sessions,
    IServiceProvider scope, TimeProvider clock, ILogger<UndoSteps> log) : IJobHandler<ExecutionToUndo>
{
    public async Task<object?> RunAsync(ExecutionToUndo input, JobContext context, CancellationToken ct)
    {
        if (await db.Executions.AsNoTracking().FirstOrDefaultAsync(e => e.Id == input.ExecutionId,
            ct) is not { Status: ExecutionStatus.Cancelled } execution) return null;
        tenant.Enter(tenant.Required, execution.CreatedBy);
        await user.ActForAsync(execution.CreatedBy, sessions, ct);
        var package = await shelf.OfAsync(execution.DefinitionId, ct);
        var done = await db.Steps.AsNoTracking()
            .Where(s => s.ExecutionId == input.ExecutionId && s.Input != null && s.UndoneAt == null && s.UndoNote == null)
            .OrderByDescending(s => s.Number).ToListAsync(ct);
        var undone = 0;
        foreach (var step in done)
        {
            if (kinds.Find(package.Steps![step.Number - 1].KindName) is not { IsUndoable: true } kind) continue;
            var about = new StepContext(execution.Id, Contracts.Ids.EntityId.Reference(execution.Id), execution.PackageName, step.Name,
                execution.CreatedBy, 1);
            if (await UndoAsync(step, kind, about, context, ct)) undone++;
        }
        return new { undone };
    }

    private async Task<bool> UndoAsync(ExecutionStep step, WorkflowStepKind kind, StepContext about, JobContext context,
        CancellationToken ct)
    {
        try
        {
            await db.Work.BeginAsync(ct);
            if (await MarkAsync("undone_at = $2", step, Parameter.Time(clock.Now()), ct) == 0) return false; // another run was faster
            await kind.UndoAsync(scope, step.Input!.Value, step.Output, about, ct);
            await db.Work.CommitAsync(ct);
            return true;
        }
        catch (Exception failure) when (failure is Problem or PermanentJobFailure || (context.IsLastAttempt && !ct.IsCancellationRequested))
        {
            log.LogWarning(failure, "Step {Step} of {Execution} could not be undone", step.Name, about.Reference);
            await db.Work.RollbackAsync();
            await db.Work.BeginAsync(ct);
            await MarkAsync("undo_note = $2", step,
                Parameter.Text(failure is Problem or PermanentJobFailure ? failure.Message : "Something went wrong on our side."), ct);
            await db.Work.CommitAsync(ct);
            return false;
        }
        finally
        {
            await db.Work.RollbackAsync();
        }
    }

    private async Task<int> MarkAsync(string what, ExecutionStep step, Npgsql.NpgsqlParameter value, CancellationToken ct)
    {
        await using var command =
            engine.Command($"update workflows.steps set {what} where id = $1 and undone_at is null and undo_note is null",
                new() { Value = step.Id.Value }, value);
        return await command.ExecuteNonQueryAsync(ct);
    }
}
