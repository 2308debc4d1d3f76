using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Workflows.Engine;

/// <summary>
/// Moves executions on, always inside the caller's transaction and in one order of locks: the execution's row, its steps, the tally, then
/// the office's turn. A step is <c>queued</c> together with its job, so that neither can be without the other.
/// </summary>
internal sealed class WorkflowEngine(WorkflowsDb db, JobQueue jobs, TimeProvider clock)
{
    public const string RunKind = "workflow.step", WakeKind = "workflow.wake", UndoKind = "workflow.undo";

    /// <summary>
    /// So many steps of an office are jobs at a time; the others wait for their turn, so that no office fills the queue of all.
    /// </summary>
    public const int StepsInFlight = 8;

    private const int TurnLock = 0x77f10; // a space of advisory locks of its own

    private const string BeginSql =
        """
        with e as (
            select status, definition_id, package_name, parameters, customizations, created_by from workflows.executions
                where id = $1 for share)
        update workflows.steps s set
            status = case when e.status = 'running' then 'running' else 'pending' end,
            starts = s.starts + case when e.status = 'running' then 1 else 0 end,
            started_at = case when e.status = 'running' then coalesce(s.started_at, $4) else s.started_at end
        from e where s.id = $2 and s.token = $3 and s.status in ('queued', 'running')
        returning s.status, s.number, s.starts, s.failures, e.definition_id, e.package_name, e.parameters::text, e.customizations::text,
        e.created_by
        """;

    private const string LockSql =
        "select status, package_name, total_steps, created_by, started_at from workflows.executions where id = $1 for update";

    private const string PromoteSql =
        """
        update workflows.steps s set status = 'ready' where s.execution_id = $1 and s.status = 'pending' and not exists (
            select from workflows.steps d where d.execution_id = $1 and d.number = any(s.depends_on)
                and d.status not in ('completed', 'skipped') and not (d.status = 'failed' and d.is_optional))
        """;

    private const string CountSql =
        """
        select count(*) filter (where status in ('completed', 'skipped') or status = 'failed' and is_optional),
            count(*) filter (where status = 'completed'),
            count(*) filter (where status = 'failed'), coalesce(sum(jsonb_array_length(deliverables)), 0),
            count(*) filter (where deliverables @> '[{"kind": "Message"}]'),
            (array_agg(name order by finished_at) filter (where status = 'failed' and not is_optional))[1],
            (array_agg(note order by finished_at) filter (where status = 'failed' and not is_optional))[1]
        from workflows.steps where execution_id = $1
        """;

    // Skipping locked rows keeps this free of deadlocks; whoever holds one is about to give it its own turn.
    private const string TurnSql =
        """
        with picked as (
            select id from workflows.steps where organization_id = $1 and status = 'ready' order by rank, id
            limit greatest(0, $2 - (select count(*) from workflows.steps where organization_id = $1 and status in ('queued', 'running')))
            for update skip locked)
        update workflows.steps s set status = 'queued', token = s.token + 1 from picked where s.id = picked.id
        returning s.execution_id, s.id, s.token, s.rank
        """;

    private const string TallySql =
        """
        insert into workflows.tallies (organization_id, user_id, package_name, status, executions, seconds) values ($1, $2, $3, $4, $5, $6)
        on conflict (organization_id, user_id, package_name, status)
            do update set executions = tallies.executions + excluded.executions, seconds = tallies.seconds + excluded.seconds
        """;

    public sealed record Standing(ExecutionStatus Status, string PackageName, int TotalSteps, UserId? CreatedBy, DateTimeOffset StartedAt);

    /// <summary>
    /// Begins a step, committed at once. Null where its job has nothing to do: paused, cancelled, done, or dispatched anew.
    /// </summary>
    public async Task<BegunStep?> BeginAsync(StepToRun job, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(BeginSql, await db.Work.OpenAsync(ct));
        command.With(new() { Value = job.ExecutionId.Value }, new() { Value = job.StepId.Value }, new() { Value = job.Token },
            Parameter.Time(clock.Now()));
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct) || reader.GetString(0) != "running") return null;
        return new BegunStep(job, reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), new WorkflowDefinitionId(reader.GetInt64(4)))
        {
            PackageName = reader.GetString(5), Parameters = JsonSerializer.Deserialize<JsonElement>(reader.GetString(6)),
            Customizations = JsonSerializer.Deserialize<JsonElement>(reader.GetString(7)),
            StartedBy = reader.IsDBNull(8) ? null : new UserId(reader.GetInt64(8)),
        };
    }

    /// <summary>Holds the execution until the transaction ends; everything that changes it does so first.</summary>
    public async Task<Standing> LockAsync(WorkflowExecutionId execution, CancellationToken ct)
    {
        await using var command = Command(LockSql, new NpgsqlParameter { Value = execution.Value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) throw new StepLost();
        Vocabulary.TryRead<ExecutionStatus>(reader.GetString(0), out var status);
        return new Standing(
            status, reader.GetString(1), reader.GetInt32(2), reader.IsDBNull(3) ? null : new UserId(reader.GetInt64(3)),
            reader.GetFieldValue<DateTimeOffset>(4));
    }

    /// <summary>
    /// A step's end, or its beginning to wait; the execution must be held. False where the step is not what it was any more.
    /// </summary>
    public async Task<bool> RecordAsync(StepToRun job, string from, StepChange change, CancellationToken ct)
    {
        const string sql =
            """
            update workflows.steps set status = $4, input = coalesce($5, input), output = coalesce($6, output),
                deliverables = coalesce($7, deliverables), note = $8,
                wait_key = $9, wait_until = $10, finished_at = case when $4 = 'waiting' then null else $11 end,
                started_at = coalesce(started_at, $11)
            where id = $1 and token = $2 and status = $3
            """;
        await using var command = Command(
            sql, new() { Value = job.StepId.Value }, new() { Value = job.Token }, new() { Value = from },
            new() { Value = Vocabulary.Word(change.Status) },
            Json(change.Input), Json(change.Output), Json(change.Deliverables), Parameter.Text(change.Note), Parameter.Text(change.WaitKey),
            Parameter.Time(change.WaitUntil), Parameter.Time(clock.Now()));
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>
    /// Lets follow what may follow now: further steps, or the end of the execution. It must be held. Answers the first of its steps' jobs.
    /// </summary>
    public async Task<JobId?> MoveOnAsync(WorkflowExecutionId execution, Standing standing, StepEnd? ended, CancellationToken ct)
    {
        var running = standing.Status == ExecutionStatus.Running;
        if (running) await using (var promote = Command(PromoteSql, new NpgsqlParameter { Value = execution.Value }))
            await promote.ExecuteNonQueryAsync(ct);
        var counts = await CountAsync(execution, ct);
        if (ended is not null)
        {
            var progress = 100 * counts.Passed / Math.Max(1, standing.TotalSteps);
            db.Raise(() => new WorkflowStepCompleted(execution, standing.PackageName, ended.StepName, ended.Status, ended.Error, progress,
                standing.CreatedBy));
        }
        // What failed while it was paused counts when it goes on.
        if (running && (counts.FailedStep is not null || counts.Passed == standing.TotalSteps))
            await EndAsync(execution, standing, counts, ct);
        var job = await TakeTurnsAsync(execution, ct);
        await db.SaveChangesAsync(ct);
        return job;
    }

    /// <summary>Ends an execution; steps that did not begin wait for a retry.</summary>
    private async Task EndAsync(WorkflowExecutionId execution, Standing standing, Counts counts, CancellationToken ct)
    {
        const string sql =
            """
            with e as (
                update workflows.executions set status = $2, completed_at = $3, success_rate = $4, deliverables_created = $5,
                    leads_contacted = $6, error = $7, failed_step = $8
                where id = $1 returning id)
            update workflows.steps s set status = 'pending' from e where s.execution_id = e.id and s.status in ('ready', 'queued')
            """;
        var (now, failed) = (clock.Now(), counts.FailedStep);
        var status = failed is null ? ExecutionStatus.Completed : ExecutionStatus.Failed;
        await using (var command = Command(
            sql, new() { Value = execution.Value }, new() { Value = Vocabulary.Word(status) }, Parameter.Time(now),
            new() { Value = (object?)counts.SuccessRate ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double },
            new() { Value = (int)counts.Deliverables },
            new() { Value = (int)counts.Messages }, Parameter.Text(counts.FailedBecause), Parameter.Text(failed)))
            await command.ExecuteNonQueryAsync(ct);
        await TallyAsync(standing, status, 1, now - standing.StartedAt, ct);
        if (failed is null)
            db.Raise(() => new WorkflowCompleted(execution, standing.PackageName, counts.SuccessRate, (int)counts.Deliverables,
                standing.CreatedBy));
        else db.Raise(() => new WorkflowFailed(execution, standing.PackageName, failed, counts.FailedBecause, standing.CreatedBy));
    }

    /// <summary>Counts the end of an execution, or, with -1, takes it back when it goes on.</summary>
    public async Task TallyAsync(Standing standing, ExecutionStatus status, int count, TimeSpan took, CancellationToken ct)
    {
        await using var command = Command(
            TallySql, new() { Value = db.CurrentOrganization.Value }, new() { Value = standing.CreatedBy?.Value ?? 0 },
            new() { Value = standing.PackageName },
            new() { Value = Vocabulary.Word(status) }, new() { Value = (long)count }, new() { Value = count * took.TotalSeconds });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Makes jobs of ready steps of the office as far as it has places, the urgent first. Last of all: the lock is every execution's.
    /// </summary>
    private async Task<JobId?> TakeTurnsAsync(WorkflowExecutionId asking, CancellationToken ct)
    {
        var organization = db.CurrentOrganization.Value;
        var taken = new List<StepToRun>();
        await using (var batch = new NpgsqlBatch(db.Work.Connection, db.Work.Transaction)
        {
            BatchCommands =
            {
                new("select pg_advisory_xact_lock($1, $2)") { Parameters = { new() { Value = TurnLock },
                    new() { Value = unchecked((int)organization) } } },
                new(TurnSql) { Parameters = { new() { Value = organization }, new() { Value = (long)StepsInFlight } } },
            },
        })
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct))
                taken.Add(new StepToRun(new WorkflowExecutionId(reader.GetInt64(0)), new WorkflowStepId(reader.GetInt64(1)),
                    reader.GetInt32(2)));
        }
        JobId? first = null;
        foreach (var step in taken)
        {
            var job = await jobs.EnqueueAsync(RunKind, step, ct, resource: step.ExecutionId.Reference());
            if (step.ExecutionId == asking) first ??= job.Id;
        }
        return first;
    }

    public async Task WakeAsync(WaitOver over, CancellationToken ct, DateTimeOffset? at = null) =>
        await jobs.EnqueueAsync(WakeKind, over, ct, runAt: at, resource: over.ExecutionId.Reference());

    public async Task<Counts> CountAsync(WorkflowExecutionId execution, CancellationToken ct)
    {
        await using var command = Command(CountSql, new NpgsqlParameter { Value = execution.Value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new Counts(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4))
        {
            FailedStep = reader.IsDBNull(5) ? null : reader.GetString(5), FailedBecause = reader.IsDBNull(6) ? null : reader.GetString(6),
        };
    }

    public NpgsqlCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(sql, db.Work.Connection, db.Work.Transaction);
        command.With(parameters);
        return command;
    }

    private static NpgsqlParameter Json(object? value) =>
        Parameter.Json(value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Platform.Serialization.Json.Options));
}

/// <param name="PassedSteps">Steps that nothing is to be done about any more.</param>
internal sealed record Counts(long PassedSteps, long Completed, long Failed, long Deliverables, long Messages)
{
    public int Passed => (int)PassedSteps;

    /// <summary>The first required step that failed for good; with one, an execution that runs has failed.</summary>
    public string? FailedStep { get; init; }

    public string? FailedBecause { get; init; }

    /// <summary>Of the steps that were tried to their end, those that succeeded; null before there is one.</summary>
    public double? SuccessRate => Completed + Failed == 0 ? null : Math.Round((double)Completed / (Completed + Failed), 4);
}

/// <summary>What becomes of a step's row.</summary>
internal sealed record StepChange(StepStatus Status)
{
    public object? Input { get; init; }
    public object? Output { get; init; }
    public IReadOnlyList<Deliverable>? Deliverables { get; init; }
    public string? Note { get; init; }
    public string? WaitKey { get; init; }
    public DateTimeOffset? WaitUntil { get; init; }
}

/// <summary>A step that ended, for what follows.</summary>
internal sealed record StepEnd(string StepName, StepStatus Status, string? Error);
