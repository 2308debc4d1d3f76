using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Jobs;

internal static class HangfireSetup
{
    // As it was called when the first job was stored: versions of the program, beside or after each other, find each other's jobs.
    internal const string EntryName = "RealEstateOs.Platform.Jobs.JobEntry, RealEstateOs.Platform";

    /// <summary>Hangfire on the system's role: its tables hold no tenant's data, and no tenant's request gets in.</summary>
    public static IServiceCollection AddHangfireJobs(this IServiceCollection services, Func<IServiceProvider, string> connectionString) =>
        services
            .AddSingleton<JobStorage>(p => Storage(connectionString(p), p.GetRequiredService<IOptions<JobOptions>>().Value))
            .AddSingleton<IJobFilterProvider>(
                p => new JobFilterCollection { new JobStates(p.GetRequiredService<DataSources>()), new StatisticsHistoryAttribute() })
            .AddSingleton<JobActivator>(p => new EntryActivator(p))
            .AddSingleton<IBackgroundJobClient>(
                p => new BackgroundJobClient(p.GetRequiredService<JobStorage>(), p.GetRequiredService<IJobFilterProvider>()))
            .AddSingleton<IRecurringJobManager>(
                p => new RecurringJobManager(p.GetRequiredService<JobStorage>(), p.GetRequiredService<IJobFilterProvider>()))
            .AddSingleton<JobKinds>().AddSingleton<JobStore>().AddSingleton<WaitingJobs>().AddSingleton<JobPlaces>()
            .AddSingleton<Foreground>().AddSingleton<JobRunner>().AddSingleton<JobEntry>()
            .AddSingleton<JobDispatcher>().AddSingleton<AbandonedJobs>().AddSingleton<RecurringSchedules>().AddSingleton<JobServer>();

    /// <summary>Stored jobs name <see cref="JobEntry"/> as ever, wherever it lies by now.</summary>
    public static IGlobalConfiguration UseStoredNames(this IGlobalConfiguration hangfire) => hangfire
        .UseTypeSerializer(type => type == typeof(JobEntry) ? EntryName : TypeHelper.SimpleAssemblyTypeSerializer(type))
        .UseTypeResolver(name => name.StartsWith(EntryName, StringComparison.Ordinal) ? typeof(JobEntry)
            : TypeHelper.DefaultTypeResolver(name));

    private static PostgreSqlStorage Storage(string connectionString, JobOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "realestateos-hangfire",
            MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, NoResetOnClose = true, Timeout = 5 };
        var storage = new PostgreSqlStorageOptions
        {
            SchemaName = HangfireSchema.Name, PrepareSchemaIfNecessary = false, // the migrations make it, as the owner
            InvisibilityTimeout = options.Lease, UseSlidingInvisibilityTimeout = true,
            QueuePollInterval = TimeSpan.FromMinutes(5), // by each idle worker: AbandonedJobs looks sooner, once for all of them
            // A lock is a row with a time: ten minutes without schedules, else.
            DistributedLockTimeout = TimeSpan.FromSeconds(20), JobExpirationCheckInterval = TimeSpan.FromMinutes(15),
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(settings.ConnectionString, storage),
            storage) { JobExpirationTimeout = TimeSpan.FromDays(1) };
    }

    /// <summary>The entry has no scope of its own: the run opens the tenant's.</summary>
    private sealed class EntryActivator(IServiceProvider services) : JobActivator
    {
        public override object ActivateJob(Type jobType) => services.GetRequiredService(jobType);
    }
}
