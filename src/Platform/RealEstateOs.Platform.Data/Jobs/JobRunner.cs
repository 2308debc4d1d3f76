using System.Security.Cryptography;
using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Jobs;

/// <summary>One attempt at one job, from the scope it runs in to the word that it ends with: first in our row, then to Hangfire.</summary>
internal sealed class JobRunner(JobStore store, IServiceScopeFactory scopes, IOptions<JobOptions> options, Foreground foreground,
    TimeProvider clock, ILogger<JobRunner> log)
{
    private const string Unexpected = "Something went wrong on our side.";
    private const int LongestText = 4000;

    /// <summary>
    /// Returns where the job is done; else tells Hangfire by what it throws: <see cref="JobWaits"/>, <see cref="JobFailed"/>, aborted or
    /// stopped.
    /// </summary>
    public async Task RunAsync(JobKind kind, ClaimedJob job, CancellationToken stopping)
    {
        using var logged = log.BeginScope(new Dictionary<string, object?> { ["JobId"] = job.Id.Value, ["JobKind"] = kind.Name,
            ["RequestId"] = job.RequestId });
        var started = clock.GetTimestamp();
        var outcome = "completed";
        try
        {
            if (job.Attempt > kind.MaxAttempts) await LeftAsync(kind, job);
            await TryAsync(kind, job, stopping);
        }
        catch (JobLost)
        {
            outcome = "lost";
            throw new JobAbortedException();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            outcome = "put_back";
            await PersistAsync(ct => store.PutBackAsync(job, ct));
            throw;
        }
        catch (Exception end) when (end is JobWaits or JobFailed)
        {
            outcome = end is JobWaits ? "retried" : "failed";
            throw;
        }
        finally
        {
            JobMetrics.Ended(kind.Name, outcome, clock.GetElapsedTime(started));
        }
    }

    private async Task TryAsync(JobKind kind, ClaimedJob job, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(kind.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        var context = new JobContext(job, kind, store, foreground, clock);
        object? result;
        try
        {
            result = await HandleAsync(kind, job, context, either.Token);
        }
        catch (Exception exception) when (exception is JobLost
            || (exception is OperationCanceledException && stopping.IsCancellationRequested))
        {
            throw;
        }
        catch (Exception exception) when (context.Completed)
        {
            log.LogWarning(exception, "Job {JobId} ({Kind}) threw after its end was committed", job.Id.Value, kind.Name);
            return;
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            throw await FailedAsync(kind, job, new TimeoutException($"It took longer than {kind.Timeout}.", exception));
        }
        catch (Exception exception)
        {
            throw await FailedAsync(kind, job, exception);
        }
        if (!context.Completed) await PersistAsync(ct => store.CompleteAsync(job, kind, result, ct));
    }

    private async Task<object?> HandleAsync(JobKind kind, ClaimedJob job, JobContext context, CancellationToken ct)
    {
        await using var scope = job.Organization is { } organization ? scopes.CreateTenantScope(organization, job.CreatedBy)
            : scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ChangeOrigin>().RequestId = job.RequestId;
        using var waited = kind.Awaited ? foreground.Enter() : default;
        return await kind.Run(scope.ServiceProvider, job.Input, context, ct);
    }

    private async Task LeftAsync(JobKind kind, ClaimedJob job)
    {
        await PersistAsync(ct => store.FailAsync(job, kind, "It ended its host each time it was tried.",
            "The host that ran it went away, at every attempt.", ct));
        throw new JobFailed(job);
    }

    private async Task<Exception> FailedAsync(JobKind kind, ClaimedJob job, Exception exception)
    {
        var error = exception is PermanentJobFailure or RetryJobLater or Problem or TimeoutException ? Cut(exception.Message) : Unexpected;
        var fault = Cut($"{exception.GetType().Name}: {exception.Message}"); // the stack is in the log
        var uncounted = exception is RetryJobLater { IsAttempt: false };
        if (exception is PermanentJobFailure || (job.Attempt >= kind.MaxAttempts && !uncounted))
        {
            log.LogError(exception, "Job {JobId} ({Kind}) failed for good at attempt {Attempt}", job.Id.Value, kind.Name, job.Attempt);
            await PersistAsync(ct => store.FailAsync(job, kind, error, fault, ct));
            return new JobFailed(job);
        }
        var delay = exception is RetryJobLater later ? later.Delay : Backoff(job.Attempt);
        if (uncounted) log.LogDebug("Job {JobId} ({Kind}) waits {Delay}: {Reason}", job.Id.Value, kind.Name, delay, exception.Message);
        else log.LogWarning(exception, "Job {JobId} ({Kind}) failed at attempt {Attempt}, again in {Delay}", job.Id.Value, kind.Name,
            job.Attempt, delay);
        await PersistAsync(ct => store.TryAgainAsync(job, delay, error, fault, uncounted, ct));
        return new JobWaits($"Attempt {job.Attempt} of {kind.MaxAttempts} did not succeed: again in {delay:g}.");
    }

    /// <summary>
    /// Doubling waits, each a fifth longer or shorter by chance, so that what failed together does not come back together.
    /// </summary>
    private TimeSpan Backoff(int attempt)
    {
        var whole = Math.Min(options.Value.LongestDelay.TotalMilliseconds,
            options.Value.FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1));
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

    private static string Cut(string text) => text.Shortened(LongestText).Replace("\0", "", StringComparison.Ordinal);
}
