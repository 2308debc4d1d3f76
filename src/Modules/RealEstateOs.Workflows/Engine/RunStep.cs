using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Texts;
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
/// Runs one step: its effect, its recorded output, what follows it and the end of its job are one commit. A host that dies before it leaves
/// a step that runs again; one that dies after it leaves nothing to do.
/// </summary>
internal sealed class RunStep(
    WorkflowsDb db, WorkflowEngine engine, PackageShelf shelf, WorkflowSteps kinds, Tenant tenant, CurrentUser user,
    ISessionDirectory sessions,
    IServiceProvider scope, TimeProvider clock, ILogger<RunStep> log) : IJobHandler<StepToRun>
{
    /// <summary>A step whose host died so often under it is what kills them.</summary>
    public const int MostLostRuns = 20;

    // Those that met should not meet again.
    private static TimeSpan AfterCollision => TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(100, 1_000));

    public async Task<object?> RunAsync(StepToRun input, JobContext context, CancellationToken ct)
    {
        if (await engine.BeginAsync(input, ct) is not { } begun) return null;
        tenant.Enter(tenant.Required, begun.StartedBy);
        var package = await shelf.OfAsync(begun.DefinitionId, ct);
        var step = package.Steps![begun.Number - 1];
        try
        {
            if (begun.Starts - begun.Failures > MostLostRuns)
                throw new PermanentJobFailure("Each run was cut off before its end, by its host or by another change of the same record.");
            await db.Work.BeginAsync(ct);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(step.Timeout);
            var (filled, result) = await DoAsync(begun, step, limit.Token);
            await RecordAsync(begun, step, filled, result, ct);
            context.CompleteWithNextCommit(db.Work, () => null);
            await db.Work.CommitAsync(ct);
            return null;
        }
        catch (StepLost)
        {
            return null; // cancelled meanwhile: what it did is rolled back with it
        }
        catch (Exception collision) when (collision is DbUpdateConcurrencyException || collision.IsCollision())
        {
            // Two steps, or a step and a person, changed one record: nothing failed. MostLostRuns bounds it.
            throw new RetryJobLater(AfterCollision, "Another change of the same record came first.") { IsAttempt = false };
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            await db.Work.RollbackAsync();
            return await FailedAsync(begun, step, failure, context, ct);
        }
        finally
        {
            await db.Work.RollbackAsync();
        }
    }

    private async Task<(JsonElement? Input, StepResult Result)> DoAsync(BegunStep begun, PackageStep step, CancellationToken ct)
    {
        var values = await ValuesAsync(begun, step, ct);
        if (step.If is { } wanted && !values.IsTrue(wanted)) return (null, StepResult.Skipped($"{wanted[1..]} is not set."));
        if (step.Unless is { } unwanted && values.IsTrue(unwanted)) return (null, StepResult.Skipped($"{unwanted[1..]} is set."));
        if (kinds.Find(step.KindName) is not { } kind)
        {
            if (step.Optional == true) return (null, StepResult.Skipped($"This installation has no step '{step.KindName}'."));
            throw new PermanentJobFailure($"This installation has no step '{step.KindName}'.");
        }
        await user.ActForAsync(begun.StartedBy, sessions, ct); // as far as they may by now
        if (!user.May(kind.Permission)) throw Problem.Forbidden(kind.Permission);
        var input = values.Fill(step);
        return (input, await kind.RunAsync(scope, input, begun.ContextOf(step.Name!), ct));
    }

    private async Task<StepValues> ValuesAsync(BegunStep begun, PackageStep step, CancellationToken ct)
    {
        var texts = (step.Inputs ?? []).Values.Select(StepReference.Of).Append(StepReference.Parse(step.If ?? ""))
            .Append(StepReference.Parse(step.Unless ?? ""));
        var needed = texts.Where(r => r?.Source == StepReference.Steps).Select(r => r!.Step!).Distinct().ToArray();
        var outputs = needed.Length == 0 ? []
            : await db.Steps.AsNoTracking()
                .Where(s => s.ExecutionId == begun.Job.ExecutionId && needed.Contains(s.Name) && s.Output != null)
                .ToDictionaryAsync(s => s.Name, s => s.Output!.Value, ct);
        var about = JsonSerializer.SerializeToElement(new { id = begun.Job.ExecutionId.Reference(), package_name = begun.PackageName });
        return new StepValues(begun.Parameters, begun.Customizations, about, outputs);
    }

    private async Task RecordAsync(BegunStep begun, PackageStep step, JsonElement? input, StepResult result, CancellationToken ct)
    {
        var standing = await engine.LockAsync(begun.Job.ExecutionId, ct);
        var status = result.Wait is not null ? StepStatus.Waiting
            : result.SkippedBecause is not null ? StepStatus.Skipped : StepStatus.Completed;
        var wait = result.Wait;
        var change = new StepChange(status)
        {
            Input = input, Output = result.Output, Deliverables = result.Deliverables.Count > 0 ? result.Deliverables : null,
            Note = result.SkippedBecause ?? wait?.Reason,
            WaitKey = wait?.EventType is { } type ? $"{type}:{wait.Member}={wait.Value}" : null,
            WaitUntil = wait?.Until ?? wait?.Deadline,
        };
        if (!await engine.RecordAsync(begun.Job, "running", change, ct)) throw new StepLost();
        if (wait is null) await engine.MoveOnAsync(begun.Job.ExecutionId, standing, new StepEnd(step.Name!, status, null), ct);
        else
        {
            var over = new WaitOver(begun.Job.ExecutionId, begun.Job.StepId, begun.Job.Token);
            if (wait.Until is { } until) await engine.WakeAsync(over, ct, until);
            else if (wait.Deadline is { } deadline)
                await engine.WakeAsync(over with { Failure = "What it waited for did not come in time." }, ct, deadline);
            await engine.MoveOnAsync(begun.Job.ExecutionId, standing, null, ct); // its place is free
        }
    }

    private async Task<object?> FailedAsync(BegunStep begun, PackageStep step, Exception failure, JobContext context, CancellationToken ct)
    {
        var (failures, message) = (begun.Failures + 1, MessageOf(failure, step));
        var forGood = failure is PermanentJobFailure or Problem { Status: < 500 and not 409 and not 429 }
            or Problem { Code: ErrorCodes.QuotaExceeded } || failures >= step.MostAttempts;
        log.LogWarning(failure, "Step {Step} of {Execution} failed at attempt {Attempt}", step.Name, begun.Job.ExecutionId.Value, failures);
        await db.Work.BeginAsync(ct);
        try
        {
            var standing = await engine.LockAsync(begun.Job.ExecutionId, ct);
            await JournalAsync(begun, forGood ? "step_failed" : "step_retried", message, ct);
            if (!forGood)
            {
                await using var count = engine.Command(
                    "update workflows.steps set failures = $3, note = $4 where id = $1 and token = $2 and status = 'running'",
                    new() { Value = begun.Job.StepId.Value }, new() { Value = begun.Job.Token }, new() { Value = failures },
                    new() { Value = message });
                if (await count.ExecuteNonQueryAsync(ct) == 0) return null;
                await db.Work.CommitAsync(ct);
                throw new RetryJobLater(step.RetryDelay(failures), message) { IsAttempt = false };
            }
            if (!await engine.RecordAsync(begun.Job, "running", new StepChange(StepStatus.Failed) { Note = message }, ct)) return null;
            await engine.MoveOnAsync(begun.Job.ExecutionId, standing, new StepEnd(step.Name!, StepStatus.Failed, message), ct);
            context.CompleteWithNextCommit(db.Work, () => null);
            await db.Work.CommitAsync(ct);
            return null;
        }
        finally
        {
            await db.Work.RollbackAsync();
        }
    }

    private async Task JournalAsync(BegunStep begun, string action, string reason, CancellationToken ct)
    {
        await using var command = engine.Command(
            "insert into workflows.entries (organization_id, execution_id, step_number, action, reason, at) "
                + "values ($1, $2, $3, $4, $5, $6)",
            new() { Value = db.CurrentOrganization.Value }, new() { Value = begun.Job.ExecutionId.Value }, new() { Value = begun.Number },
            new() { Value = action },
            new() { Value = reason }, Parameter.Time(clock.Now()));
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string MessageOf(Exception failure, PackageStep step)
    {
        var text = failure switch
        {
            Problem or PermanentJobFailure or RetryJobLater => failure.Message,
            OperationCanceledException => $"It took longer than {Durations.Words(step.Timeout)}.",
            _ => "Something went wrong on our side.",
        };
        return text.Shortened(2000);
    }
}
