using System.Globalization;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using Npgsql;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// The state in Hangfire of a job that did not succeed and waits in our table for its next turn; the dashboard lists them as retries.
/// </summary>
internal sealed class WaitingState(string reason) : IState
{
    public const string StateName = "Waiting";

    public string Name => StateName;
    public string Reason => reason;
    public bool IsFinal => false;
    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData() => [];
}

/// <summary>
/// Keeps our rows and Hangfire's states together: what a run threw decides the state, and what operators do in the dashboard
/// reaches the row before Hangfire commits it.
/// </summary>
internal sealed class JobStates(DataSources sources) : IElectStateFilter, IApplyStateFilter
{
    private const string Retries = "retries";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(100); // longer than our row, which cleanup.jobs deletes

    private const string AgainSql = "update platform.jobs "
        + "set state = 'queued', handed_at = now(), attempts = 0, run_at = now(), error = null, fault = null, "
        + "finished_at = null where hangfire_id = $1 and state in ('failed', 'cancelled')";
    private const string CancelSql = "update platform.jobs set state = 'cancelled', finished_at = now() "
        + "where hangfire_id = $1 and state in ('queued', 'running', 'failed')";
    private const string FailSql = "update platform.jobs "
        + "set state = 'failed', finished_at = now(), error = 'Something went wrong on our side.', "
        + "fault = 'Hangfire could not run it.' where hangfire_id = $1 and state in ('queued', 'running')";

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is not FailedState { Exception: { } thrown } || thrown is JobFailed or JobLoadException) return;
        // Anything else is a database that was away when the end should have been written down: the row is found astray and runs again.
        context.CandidateState = new WaitingState(thrown is JobWaits ? thrown.Message : "Its end could not be recorded.");
    }

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        var id = context.BackgroundJob.Id;
        if (context.NewState is WaitingState) transaction.AddToSet(Retries, id);
        if (context.NewState is WaitingState or FailedState) transaction.ExpireJob(id, Kept);
        if (context.NewState is EnqueuedState && context.OldStateName is "Failed" or "Deleted") Tell(AgainSql, id);
        if (context.NewState is DeletedState) Tell(CancelSql, id);
        // A run that failed has said so to its row, which may wait again by now: somebody was quick to replay it.
        if (context.NewState is FailedState { Exception: not JobFailed }) Tell(FailSql, id);
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.OldStateName == WaitingState.StateName) transaction.RemoveFromSet(Retries, context.BackgroundJob.Id);
    }

    private void Tell(string sql, string hangfireId)
    {
        using var connection = sources.System.OpenConnection();
        using var command = new NpgsqlCommand(sql,
            connection) { Parameters = { new() { Value = long.Parse(hangfireId, CultureInfo.InvariantCulture) } } };
        command.ExecuteNonQuery();
    }
}
