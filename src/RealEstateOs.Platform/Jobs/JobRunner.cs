using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// Takes jobs from the table as places become free and runs them, beside as many other hosts as there are. At shutdown it
/// takes no more, lets running ones end, and puts back what does not end in time.
/// </summary>
internal sealed class JobRunner(
    JobKinds kinds, JobStore store, IServiceScopeFactory scopes, IOptions<JobOptions> settings, TimeProvider clock, ILogger<JobRunner> log) : BackgroundService
{
    private readonly JobOptions options = settings.Value;
    private readonly ConcurrentDictionary<long, JobRun> running = new();
    private readonly string name = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";
    private int turn;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host starts its other services meanwhile
        if (!options.Run || kinds.All.Count == 0) return;
        using var drained = new CancellationTokenSource();
        var leases = KeepLeasesAsync(drained.Token);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await TakeAsync(stoppingToken)) await JobSignal.WaitAsync(options.Poll, clock, stoppingToken);
        }
        await DrainAsync();
        await drained.CancelAsync();
        await leases;
    }

    /// <summary>Takes what there is room for; false when there was nothing to take.</summary>
    private async Task<bool> TakeAsync(CancellationToken ct)
    {
        var (free, most) = Free();
        if (most == 0) return false;
        try
        {
            var claimed = await store.ClaimAsync(free, most, name, options.Lease, ct);
            foreach (var job in claimed) Start(job);
            return claimed.Count > 0;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false; // a claim that was committed all the same comes back when its lease ends
        }
        catch (Exception exception)
        {
            log.LogWarning("Jobs can't be taken at the moment: {Reason}", exception.Message);
            return false;
        }
    }

    // Kinds take turns at being first, so that a flood of one does not starve the others of this host's places.
    private (List<(string Kind, int Places)> Free, int Most) Free()
    {
        var busy = running.Values.CountBy(r => r.Kind.Name).ToDictionary();
        var all = kinds.All.OrderBy(k => k.Name, StringComparer.Ordinal).ToList();
        turn = (turn + 1) % all.Count;
        var free = all.Skip(turn).Concat(all.Take(turn)).Select(k => (k.Name, k.Concurrency - busy.GetValueOrDefault(k.Name))).Where(f => f.Item2 > 0).ToList();
        return (free, free.Count == 0 ? 0 : Math.Max(0, options.Capacity - running.Count));
    }

    private void Start(ClaimedJob job)
    {
        var run = new JobRun(kinds.Find(job.Kind)!, job, store, scopes, options, clock, log);
        running[job.Id.Value] = run;
        run.Start(ended =>
        {
            // The same job may already run again here (a retry without delay): only this run's entry goes.
            running.TryRemove(KeyValuePair.Create(job.Id.Value, ended));
            JobSignal.Raise();
        });
    }

    private async Task KeepLeasesAsync(CancellationToken ct)
    {
        var renewed = clock.GetTimestamp();
        using var timer = new PeriodicTimer(options.Lease / 3, clock);
        try
        {
            do
            {
                if (await RenewAsync(ct)) renewed = clock.GetTimestamp();
                else if (clock.GetElapsedTime(renewed) > options.Lease) Lose(running.ToArray());
            }
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException)
        {
            await LeaveAsync();
        }
    }

    private async Task<bool> RenewAsync(CancellationToken ct)
    {
        try
        {
            var held = running.ToArray();
            var mine = await store.RenewAsync(name, [.. held.Select(h => h.Key)], options.Capacity, options.Lease, ct);
            Lose(held.Where(h => !mine.Contains(h.Key)));
            return true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            log.LogWarning("The leases of running jobs can't be renewed at the moment: {Reason}", exception.Message);
            return false;
        }
    }

    private static void Lose(IEnumerable<KeyValuePair<long, JobRun>> runs)
    {
        foreach (var (_, run) in runs) run.Lose();
    }

    private async Task DrainAsync()
    {
        var tasks = running.Values.Select(r => r.Task).ToArray();
        if (tasks.Length == 0) return;
        log.LogInformation("Waiting for {Count} running jobs to end", tasks.Length);
        await Task.WhenAny(Task.WhenAll(tasks), Task.Delay(options.Drain, clock));
        if (tasks.All(t => t.IsCompleted)) return;
        foreach (var run in running.Values) run.PutBack();
        await Task.WhenAny(Task.WhenAll(tasks), Task.Delay(TimeSpan.FromSeconds(3), clock));
    }

    private async Task LeaveAsync()
    {
        try
        {
            await store.LeaveAsync(name, CancellationToken.None);
        }
        catch (Exception exception)
        {
            log.LogWarning("The job runner could not take its leave: {Reason}", exception.Message);
        }
    }
}
