using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Quartz;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// The schedules of recurring jobs, on Quartz's clustered store. A schedule that fires only puts a job into the queue, so
/// that recurring work has the same retries, dead letters and page as all other.
/// </summary>
internal static class RecurringSetup
{
    public const string SchedulerName = "realestateos";

    public static IServiceCollection AddRecurringSchedules(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.GetValue("Jobs:Run", true) || configuration.GetConnectionString("System") is not { } database) return services;
        var settings = new NpgsqlConnectionStringBuilder(database) { ApplicationName = "realestateos-schedules", MaxPoolSize = 4 };
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(o =>
            {
                o.InstanceName = SchedulerName;
                o.GenerateInstanceId = true;
                o.IdleWaitTime = TimeSpan.FromSeconds(15);
            });
            quartz.UseDefaultThreadPool(2);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, settings.ConnectionString);
                store.ConfigureStore(o => o.TablePrefix = "quartz.qrtz_");
                store.UseClustering(o => o.CheckinInterval = TimeSpan.FromSeconds(10));
            });
        });
        services.AddQuartzHostedService();
        services.AddHostedService<RecurringSchedules>();
        return services;
    }
}

/// <summary>Makes Quartz's schedules those of the registered kinds, each time a host starts.</summary>
internal sealed class RecurringSchedules(ISchedulerFactory schedulers, JobKinds kinds) : IHostedService
{
    private const string Group = "recurring";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var wanted = kinds.All.Where(k => k.Cron is not null).ToDictionary(k => k.Name);
        foreach (var kind in wanted.Values) await EnsureAsync(scheduler, kind, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // An unchanged schedule is left alone: replacing it would forget a firing that was missed while all hosts were down.
    private static async Task EnsureAsync(IScheduler scheduler, JobKind kind, CancellationToken ct)
    {
        var key = new TriggerKey(kind.Name, Group);
        if (await scheduler.GetTrigger(key, ct) is ICronTrigger known && known.CronExpressionString == kind.Cron) return;
        var job = JobBuilder.Create<EnqueueRecurringJob>().WithIdentity(kind.Name, Group).Build();
        var trigger = TriggerBuilder.Create().WithIdentity(key).ForJob(job)
            .WithSchedule(CronScheduleBuilder.Create(kind.Cron!).InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
        await scheduler.ScheduleJob(job, trigger, new ScheduleJobOptions { Replace = true }, ct);
    }
}

internal sealed class EnqueueRecurringJob(IServiceScopeFactory scopes) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var kind = context.JobDetail.Key.Name;
        await using var scope = scopes.CreateAsyncScope();
        // A schedule of a kind that this version no longer has goes with its first firing.
        if (scope.ServiceProvider.GetRequiredService<JobKinds>().Find(kind) is null) await context.Scheduler.DeleteJob(context.JobDetail.Key, cancellationToken);
        else await scope.ServiceProvider.GetRequiredService<JobQueue>().EnqueueForInstallationAsync(kind, new NoInput(), cancellationToken, uniqueKey: "recurring");
    }
}
