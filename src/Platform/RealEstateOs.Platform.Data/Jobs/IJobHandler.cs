namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// Does one kind of job, in a scope of the tenant and user that asked for it. What it returns is the job's result. It may run
/// again after a crash: let effect and completion commit together (<see cref="JobContext.CompleteWithNextCommit"/>), or be idempotent.
/// </summary>
public interface IJobHandler<in TInput>
{
    Task<object?> RunAsync(TInput input, JobContext context, CancellationToken ct);
}

/// <summary>Work of the installation that recurs: it belongs to no tenant and sees none, unless it opens a tenant's scope.</summary>
public interface IRecurringJob
{
    Task<object?> RunAsync(JobContext context, CancellationToken ct);
}
