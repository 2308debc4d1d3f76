using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Workflows.Engine;

/// <summary>
/// Ends a wait: its time has come, its event has happened, or its deadline has passed. Paused executions take it in, too; nothing follows
/// then.
/// </summary>
internal sealed class WakeStep(WorkflowsDb db, StepWaits waits) : IJobHandler<WaitOver>
{
    public async Task<object?> RunAsync(WaitOver input, JobContext context, CancellationToken ct)
    {
        await db.Work.InTransactionAsync(async () =>
        {
            await waits.EndAsync(input, ct);
            context.CompleteWithNextCommit(db.Work, () => null);
        }, ct);
        return null;
    }
}

/// <summary>Ends waits in the caller's transaction.</summary>
internal sealed class StepWaits(WorkflowEngine engine)
{
    /// <summary>False where the step does not wait any more.</summary>
    public async Task<bool> EndAsync(WaitOver over, CancellationToken ct)
    {
        WorkflowEngine.Standing standing;
        try
        {
            standing = await engine.LockAsync(over.ExecutionId, ct);
        }
        catch (StepLost)
        {
            return false;
        }
        const string sql =
            """
            update workflows.steps set status = $3, note = coalesce($4, note), wait_key = null, finished_at = clock_timestamp(),
                output = case when $5::jsonb is null then output else coalesce(output, '{}') || jsonb_build_object('event', $5::jsonb) end
            where id = $1 and token = $2 and status = 'waiting' returning name
            """;
        var status = over.Failure is null ? StepStatus.Completed : StepStatus.Failed;
        StepEnd? ended = null;
        await using (var command = engine.Command(
            sql, new() { Value = over.StepId.Value }, new() { Value = over.Token }, new() { Value = Vocabulary.Word(status) },
            Parameter.Text(over.Failure),
            Parameter.Json(over.Event?.GetRawText())))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            if (await reader.ReadAsync(ct)) ended = new StepEnd(reader.GetString(0), status, over.Failure);
        if (ended is null) return false;
        await engine.MoveOnAsync(over.ExecutionId, standing, ended, ct);
        return true;
    }
}

/// <summary>Wakes the steps that wait for an event: by a job each, so that the subscription holds no execution.</summary>
internal sealed class OnAwaitedEvent(WorkflowsDb db, WorkflowEngine engine) : IAnyEventHandler
{
    /// <summary>Whether any step waits for the event, by one of its members.</summary>
    public const string Condition =
        """
        exists (select from jsonb_each_text(o.payload) as m join workflows.steps as w
            on w.wait_key = o.event_type || ':' || m.key || '=' || m.value and w.status = 'waiting'
                and w.organization_id = o.organization_id)
        """;

    private const string FindSql =
        """
        select w.execution_id, w.id, w.token from jsonb_each_text($2) as m
        join workflows.steps as w on w.wait_key = $1 || ':' || m.key || '=' || m.value and w.status = 'waiting' and w.organization_id = $3
        """;

    public async Task HandleAsync(EventContext happened, CancellationToken ct)
    {
        var waiting = new List<WaitOver>();
        await using (var command = engine.Command(
            FindSql, new() { Value = happened.Type }, new NpgsqlParameter { Value = happened.Payload, NpgsqlDbType = NpgsqlDbType.Jsonb },
            new() { Value = db.CurrentOrganization.Value }))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
                waiting.Add(new WaitOver(new WorkflowExecutionId(reader.GetInt64(0)), new WorkflowStepId(reader.GetInt64(1)),
                    reader.GetInt32(2)));
        if (waiting.Count == 0) return;
        var payload = JsonSerializer.Deserialize<JsonElement>(happened.Payload);
        foreach (var step in waiting)
            await engine.WakeAsync(happened.Type == TaskCompleted.Type ? OfJob(step, payload) : step with { Event = payload }, ct);
    }

    private static WaitOver OfJob(WaitOver step, JsonElement task) =>
        task.GetProperty("status").GetString() == "completed" ? step : step with
        {
            Failure = task.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? error.GetString()
                : "The job that it waited for did not succeed.",
        };
}
