namespace RealEstateOs.Platform.Jobs;

/// <summary>Trying again can't help (bad input, a recipient that does not exist): the job goes to the dead letters at once.</summary>
public sealed class PermanentJobFailure(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Trying again is worthwhile after a time that the other side named.</summary>
public sealed class RetryJobLater(TimeSpan delay, string message, Exception? cause = null) : Exception(message, cause)
{
    public TimeSpan Delay { get; } = delay;

    /// <summary>False where nothing was tried (a provider that is known to be away): such a run uses up no attempt, so its caller must bound it.</summary>
    public bool IsAttempt { get; init; } = true;
}

/// <summary>The job runs elsewhere by now, or was cancelled: what this run was about to commit must not be.</summary>
internal sealed class JobLost() : Exception("The job is no longer this runner's.");
