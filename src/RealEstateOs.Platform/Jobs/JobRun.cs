using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Jobs;

/// <summary>One attempt at one job, from the scope it runs in to the word that it ends with.</summary>
internal sealed class JobRun : IDisposable
{
    private const string Unexpected = "Something went wrong on our side.";
    private const int LongestText = 4000;

    private readonly ClaimedJob job;
    private readonly JobStore store;
    private readonly IServiceScopeFactory scopes;
    private readonly JobOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly CancellationTokenSource stop;
    private volatile StopReason reason;

    public JobRun(JobKind kind, ClaimedJob job, JobStore store, IServiceScopeFactory scopes, JobOptions options, TimeProvider clock, ILogger log)
    {
        (Kind, this.job, this.store, this.scopes, this.options, this.clock, this.log) = (kind, job, store, scopes, options, clock, log);
        stop = new CancellationTokenSource(kind.Timeout, clock);
    }

    private enum StopReason { TimeIsUp, Shutdown, Lost }

    public JobKind Kind { get; }

    public Task Task { get; private set; } = Task.CompletedTask;

    public void Start(Action<JobRun> ended) => Task = Task.Run(async () =>
    {
        try
        {
            await RunAsync();
        }
        catch (Exception exception)
        {
            // What can't be written down now is written by whoever finds the lease expired.
            log.LogError(exception, "Job {JobId} ({Kind}) ended, but its end could not be recorded", job.Id.Value, Kind.Name);
        }
        finally
        {
            ended(this);
            Dispose();
        }
    });

    /// <summary>The row is another's by now: stop, and write nothing.</summary>
    public void Lose() => Stop(StopReason.Lost);

    /// <summary>The host goes down: stop, and put the job back.</summary>
    public void PutBack() => Stop(StopReason.Shutdown);

    private void Stop(StopReason why)
    {
        reason = why;
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    private async Task RunAsync()
    {
        using var logged = log.BeginScope(new Dictionary<string, object?> { ["JobId"] = job.Id.Value, ["JobKind"] = Kind.Name, ["RequestId"] = job.RequestId });
        var started = clock.GetTimestamp();
        if (job.Attempt > Kind.MaxAttempts)
        {
            await store.FailAsync(job, Kind, "It ended its host each time it was tried.", "The host that ran it went away, at every attempt.", CancellationToken.None);
            return;
        }
        var outcome = await TryAsync();
        JobMetrics.Ended(Kind.Name, outcome, clock.GetElapsedTime(started));
    }

    private async Task<string> TryAsync()
    {
        try
        {
            var context = new JobContext(job, Kind, store, clock);
            var result = await HandleAsync(context);
            if (!context.Completed) await PersistAsync(ct => store.CompleteAsync(job, Kind, result, ct));
            return "completed";
        }
        catch (JobLost)
        {
            return "lost";
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && reason == StopReason.Lost)
        {
            return "lost";
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && reason == StopReason.Shutdown)
        {
            await PersistAsync(ct => store.RequeueAsync(job, TimeSpan.Zero, null, null, uncounted: true, ct));
            return "put_back";
        }
        catch (OperationCanceledException exception) when (stop.IsCancellationRequested)
        {
            return await FailedAsync(new TimeoutException($"It took longer than {Kind.Timeout}.", exception));
        }
        catch (Exception exception)
        {
            return await FailedAsync(exception);
        }
    }

    private async Task<object?> HandleAsync(JobContext context)
    {
        await using var scope = job.Organization is { } organization ? scopes.CreateTenantScope(organization, job.CreatedBy) : scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestOrigin>().RequestId = job.RequestId;
        return await Kind.Run(scope.ServiceProvider, job.Input, context, stop.Token);
    }

    private async Task<string> FailedAsync(Exception exception)
    {
        var error = exception is PermanentJobFailure or RetryJobLater or Problem or TimeoutException ? Cut(exception.Message) : Unexpected;
        var fault = Cut($"{exception.GetType().Name}: {exception.Message}"); // the stack is in the log
        var uncounted = exception is RetryJobLater { IsAttempt: false };
        if (exception is PermanentJobFailure || (job.Attempt >= Kind.MaxAttempts && !uncounted))
        {
            log.LogError(exception, "Job {JobId} ({Kind}) failed for good at attempt {Attempt}", job.Id.Value, Kind.Name, job.Attempt);
            await PersistAsync(ct => store.FailAsync(job, Kind, error, fault, ct));
            return "failed";
        }
        var delay = exception is RetryJobLater later ? later.Delay : Backoff(job.Attempt);
        if (uncounted) log.LogDebug("Job {JobId} ({Kind}) waits {Delay}: {Reason}", job.Id.Value, Kind.Name, delay, exception.Message);
        else log.LogWarning(exception, "Job {JobId} ({Kind}) failed at attempt {Attempt}, again in {Delay}", job.Id.Value, Kind.Name, job.Attempt, delay);
        await PersistAsync(ct => store.RequeueAsync(job, delay, error, fault, uncounted, ct));
        return "retried";
    }

    /// <summary>Doubling waits, each a fifth longer or shorter by chance, so that what failed together does not come back together.</summary>
    private TimeSpan Backoff(int attempt)
    {
        var whole = Math.Min(options.LongestDelay.TotalMilliseconds, options.FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1));
        return TimeSpan.FromMilliseconds(whole * (0.8 + (RandomNumberGenerator.GetInt32(0, 4001) / 10000.0)));
    }

    // The work is done; a database that restarts just now should not make it be done again.
    private async Task PersistAsync(Func<CancellationToken, Task> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await write(CancellationToken.None);
                return;
            }
            catch (Exception exception) when (exception is Npgsql.NpgsqlException or TimeoutException && attempt < 4)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), clock);
            }
        }
    }

    private static string Cut(string text) => (text.Length > LongestText ? text[..LongestText] : text).Replace("\0", "", StringComparison.Ordinal);

    public void Dispose() => stop.Dispose();
}
