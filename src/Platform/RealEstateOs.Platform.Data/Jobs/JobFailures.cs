using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Platform.Jobs;

/// <summary>Trying again can't help (bad input, a recipient that does not exist): the job goes to the dead letters at once.</summary>
public sealed class PermanentJobFailure(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Trying again is worthwhile after a time that the other side named.</summary>
public sealed class RetryJobLater(TimeSpan delay, string message, Exception? cause = null) : Exception(message, cause)
{
    public TimeSpan Delay { get; } = delay;

    /// <summary>
    /// False where nothing was tried (a provider that is known to be away): such a run uses up no attempt, so its caller must bound it.
    /// </summary>
    public bool IsAttempt { get; init; } = true;
}

/// <summary>The job runs elsewhere by now, or was cancelled: what this run was about to commit must not be.</summary>
internal sealed class JobLost() : Exception("The job is no longer this run's.");

/// <summary>Said to Hangfire: the job waits for its next turn.</summary>
internal sealed class JobWaits(string message) : Exception(message);

/// <summary>
/// Said to Hangfire, whose dashboard shows exceptions in full: the fault itself, which may name a tenant's data, stays in our row and in
/// the log.
/// </summary>
internal sealed class JobFailed(ClaimedJob job)
    : Exception($"{job.Id.Reference()} failed for good at attempt {job.Attempt}. The log has the fault.");
