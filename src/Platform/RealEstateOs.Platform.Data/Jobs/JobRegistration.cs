using System.Text.Json;
using Hangfire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Jobs;

public static class JobRegistration
{
    /// <summary>
    /// Registers a kind of job. <paramref name="concurrency"/> is per host, of which one organization gets all but one where there are
    /// three or more;
    /// <paramref name="timeout"/> defaults to 30 minutes. A queue's name is lowercase letters, digits, <c>_</c> and <c>-</c>. Who holds the
    /// <paramref name="permission"/> reads the job's status, as its asker does; <paramref name="show"/> completes the stored result for the
    /// asker. While a job runs that is <paramref name="awaited"/>, the others give way.
    /// </summary>
    public static IServiceCollection AddJob<THandler, TInput>(
        this IServiceCollection services, string kind, string queue = "default", int concurrency = 4, int maxAttempts = 5,
        TimeSpan? timeout = null, bool announced = true,
        string permission = JobKind.DefaultPermission, Func<IServiceProvider, JsonElement, object>? show = null, bool awaited = false)
        where THandler : class, IJobHandler<TInput> => services.AddSingleton(
        new JobKind(kind, queue, concurrency, maxAttempts, timeout ?? TimeSpan.FromMinutes(30), typeof(TInput))
        {
            Announced = announced, Awaited = awaited, Permission = permission, Show = show,
            Run = (scope, input, context, ct) => ActivatorUtilities.CreateInstance<THandler>(scope).RunAsync(Read<TInput>(input),
                context, ct),
        });

    /// <summary>
    /// Registers work of the installation that recurs by a cron expression with seconds (<c>0 15 * * * ?</c>), in UTC, once in the whole
    /// cluster.
    /// </summary>
    public static IServiceCollection AddRecurringJob<TJob>(this IServiceCollection services, string kind, string cron,
        string queue = "maintenance", int maxAttempts = 3)
        where TJob : class, IRecurringJob => services.AddSingleton(
        new JobKind(kind, queue, Concurrency: 1, maxAttempts, TimeSpan.FromHours(2), typeof(NoInput))
        {
            Cron = cron, Announced = false,
            Run = (scope, _, context, ct) => ActivatorUtilities.CreateInstance<TJob>(scope).RunAsync(context, ct),
        });

    internal static IServiceCollection AddPlatformJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<JobOptions>().Bind(configuration.GetSection("Jobs")).ValidateOnStart();
        services.AddHangfireJobs(
            _ => configuration.GetConnectionString("System")
                ?? throw new InvalidOperationException("ConnectionStrings:System is missing."));
        services.AddHangfire(hangfire => hangfire.SetDataCompatibilityLevel(CompatibilityLevel.Version_180).UseStoredNames());
        services.AddSingleton<JobEstimates>();
        services.AddSingleton<JobFigures>();
        services.AddScoped<DeadLetters>();
        services.AddScoped<JobQueue>();
        services.AddHostedService<JobServerStart>();
        return services;
    }

    private static T Read<T>(JsonElement input) =>
        input.Deserialize<T>(Json.Options) ?? throw new PermanentJobFailure("The job has no input.");
}

/// <summary>The input of jobs that need none.</summary>
public sealed record NoInput;

/// <summary>Section <c>Jobs</c> of the configuration.</summary>
public sealed class JobOptions
{
    /// <summary>Does this host run jobs? One that serves requests only may leave them to others.</summary>
    public bool Run { get; set; } = true;

    /// <summary>How long after it listens this host begins to run jobs: who asks first does not wait for its workers to start.</summary>
    public TimeSpan Settle { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a running job stays this host's without a sign of life; renewed each fifth of it; a killed host's jobs run elsewhere after
    /// it. Whole seconds.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How soon a job that another host announced is seen here.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often this host looks for what Hangfire was given elsewhere and nobody runs: jobs of killed hosts, and what operators enqueue.
    /// </summary>
    public TimeSpan Recheck { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What running jobs get to end at shutdown; those that don't go back into the queue.</summary>
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The wait before the second attempt; it doubles with each further one, up to <see cref="LongestDelay"/>.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(2);

    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(30);
}
