using Hangfire;
using Hangfire.Common;
using Hangfire.Client;
using Hangfire.Server;
using Hangfire.States;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// This host's Hangfire server: workers of their own for each queue, so that none waits for another, the schedules, and the dispatcher.
/// </summary>
internal sealed class JobServer(
    JobStorage storage, JobKinds kinds, JobDispatcher dispatcher, AbandonedJobs abandoned, RecurringSchedules schedules,
    IJobFilterProvider filters, JobActivator activator, IOptions<JobOptions> settings) : IDisposable
{
    private static readonly TimeSpan SchedulePoll = TimeSpan.FromSeconds(10);

    private readonly JobOptions options = settings.Value;
    private BackgroundProcessingServer? server;

    public static string Host => $"{Environment.MachineName}:{Environment.ProcessId}";

    public void Start()
    {
        if (options.Run && kinds.All.Count > 0) server = new BackgroundProcessingServer(storage, Processes(), Properties(), Options());
    }

    /// <summary>No job begins any more; running ones get <c>Jobs:Drain</c>, then Hangfire gives them to another host.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        if (server is null) return;
        server.SendStop();
        await server.WaitForShutdownAsync(ct);
    }

    private IEnumerable<IBackgroundProcessDispatcherBuilder> Processes()
    {
        var (performer, states) = (new BackgroundJobPerformer(filters, activator, TaskScheduler.Default),
            new BackgroundJobStateChanger(filters));
        foreach (var (queue, workers) in kinds.Queues) yield return new Worker([queue], performer, states).UseBackgroundPool(workers);
        yield return new RecurringJobScheduler(new BackgroundJobFactory(filters), SchedulePoll).UseBackgroundPool(1);
        yield return schedules.UseBackgroundPool(1);
        yield return dispatcher.UseBackgroundPool(1);
        yield return abandoned.UseBackgroundPool(1);
    }

    private Dictionary<string, object> Properties() => new()
    {
        ["Queues"] = kinds.Queues.Select(q => q.Name).ToArray(), ["WorkerCount"] = kinds.Queues.Sum(q => q.Workers),
    };

    private BackgroundProcessingServerOptions Options() => new()
    {
        ServerName = Environment.MachineName, StopTimeout = options.Drain, ShutdownTimeout = options.Drain + TimeSpan.FromSeconds(3),
        HeartbeatInterval = TimeSpan.FromSeconds(10), ServerCheckInterval = TimeSpan.FromMinutes(1),
        ServerTimeout = TimeSpan.FromMinutes(1),
        // The library's own wait minutes for a database that is back.
        RetryDelay = attempt => TimeSpan.FromSeconds(Math.Min(attempt, 5)), RestartDelay = TimeSpan.FromSeconds(2),
    };

    public void Dispose() => server?.Dispose();
}

/// <summary>
/// Starts the server once the host has listened for <c>Jobs:Settle</c>: dozens of workers and their connections, started beside it, made
/// those wait who asked first.
/// </summary>
internal sealed class JobServerStart(
    JobServer server, IHostApplicationLifetime lifetime, TimeProvider clock, IOptions<JobOptions> settings) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);
        await Task.Delay(settings.Value.Settle, clock, stoppingToken);
        server.Start();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await server.StopAsync(cancellationToken);
    }
}

/// <summary>
/// Makes Hangfire's recurring jobs those of the registered kinds, each time a host starts. An unchanged one keeps a time that was missed
/// while all hosts were down.
/// </summary>
internal sealed class RecurringSchedules(JobKinds kinds, IRecurringJobManager manager) : IBackgroundProcess
{
    public void Execute(BackgroundProcessContext context)
    {
        foreach (var kind in kinds.All.Where(k => k.Cron is not null))
            manager.AddOrUpdate(kind.Name, JobEntry.Of(kind), kind.Cron!, new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
        context.Wait(Timeout.InfiniteTimeSpan);
    }
}
