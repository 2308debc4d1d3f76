using System.Globalization;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Jobs;

internal sealed record Task1(int Number);

/// <summary>A host that only runs jobs, of kinds that no other test has, for a tenant that no other test has.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private Worker(
        Server server, string kind, OrganizationId tenant, Func<int, JobContext, IServiceProvider, CancellationToken, Task<object?>> act,
        int concurrency, Action<JobOptions>? options = null)
    {
        (Kind, Tenant) = (kind, tenant);
        var collection = new ServiceCollection();
        collection.AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        collection.AddSingleton(_ => DataSources.Create(server.Addresses.AppConnectionString, server.Addresses.SystemConnectionString, 8));
        collection.AddScoped<Tenant>().AddScoped<CurrentUser>().AddScoped<ChangeOrigin>().AddScoped<UnitOfWork>();
        collection.AddHangfireJobs(_ => server.Addresses.SystemConnectionString).AddSingleton<JobEstimates>();
        collection.AddScoped<JobQueue>().AddScoped<DeadLetters>();
        collection.Configure<JobOptions>(o => (o.Lease, o.Poll, o.Recheck, o.FirstDelay, o.Drain) =
            (TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(20),
                TimeSpan.FromSeconds(10)));
        if (options is not null) collection.Configure(options);
        collection.AddSingleton(new Act(act)).AddJob<Handler, Task1>(kind, queue: Queue, concurrency: concurrency, maxAttempts: 3);
        services = collection.BuildServiceProvider();
    }

    public string Kind { get; }

    public JobKind Registered => services.GetRequiredService<JobKinds>().Find(Kind)!;

    public string Queue => Kind.Replace('.', '-');

    public OrganizationId Tenant { get; }

    public DataSources Sources => services.GetRequiredService<DataSources>();

    public JobStore Store => services.GetRequiredService<JobStore>();

    public static Worker For(Server server, Func<int, JobContext, IServiceProvider, CancellationToken, Task<object?>> act,
        int concurrency = 4, Action<JobOptions>? options = null) =>
            new(server, $"test.{Guid.NewGuid():n}", new OrganizationId(Random.Next()), act, concurrency, options);

    /// <summary>Another host with the same kinds.</summary>
    public Worker Twin(Server server, Func<int, JobContext, IServiceProvider, CancellationToken, Task<object?>> act) =>
        new(server, Kind, Tenant, act, 4);

    public IBackgroundJobClient Hangfire => services.GetRequiredService<IBackgroundJobClient>();

    public void Start() => services.GetRequiredService<JobServer>().Start();

    public Task StopAsync() => services.GetRequiredService<JobServer>().StopAsync(CancellationToken.None);

    /// <summary>
    /// Begins the one job that waits, as a host does that dies before it ends it: its Hangfire job is fetched and never heard of again.
    /// </summary>
    public async Task<ClaimedJob> BeginAndDieAsync(CancellationToken ct)
    {
        var kinds = services.GetRequiredService<JobKinds>();
        var waiting = Assert.Single(await services.GetRequiredService<WaitingJobs>().TakeAsync(kinds.All, [], ct));
        var id = Hangfire.Create(JobEntry.Of(waiting, Queue), new EnqueuedState(Queue));
        var fetched = services.GetRequiredService<JobStorage>().GetConnection().FetchNextJob([Queue], ct);
        Assert.Equal(id, fetched.JobId);
        return (await Store.ClaimAsync(waiting.Id, long.Parse(id, CultureInfo.InvariantCulture), ct))!;
    }

    public AsyncServiceScope Scope(OrganizationId? other = null) =>
        services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(other ?? Tenant);

    public async Task<JobId> EnqueueAsync(int number, string? uniqueKey = null, OrganizationId? other = null)
    {
        await using var scope = Scope(other);
        return (await scope.ServiceProvider.GetRequiredService<JobQueue>().EnqueueAsync(Kind, new Task1(number), CancellationToken.None,
            uniqueKey: uniqueKey)).Id;
    }

    public async Task<long> CountAsync(string state)
    {
        await using var command = Sources.System.CreateCommand("select count(*) from platform.jobs where kind = $1 and state = $2");
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = Kind }, new() { Value = state } });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>For each job, in order, how often it was tried and in how many seconds it is due again.</summary>
    public async Task<List<(int Attempts, double Seconds)>> WaitsAsync()
    {
        await using var command =
            Sources.System.CreateCommand("select attempts, extract(epoch from run_at - now())::float8 from platform.jobs "
                + "where kind = $1 and state = 'queued' order by id");
        command.Parameters.Add(new NpgsqlParameter { Value = Kind });
        var waits = new List<(int, double)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) waits.Add((reader.GetInt32(0), reader.GetDouble(1)));
        return waits;
    }

    /// <summary>Makes what waits due now.</summary>
    public Task HurryAsync() => ExecuteAsync("update platform.jobs set run_at = now() where kind = $1 and state = 'queued'");

    /// <summary>Runs a statement on the jobs of this kind, which is its $1.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = Sources.System.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = Kind });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A column of the only job.</summary>
    public async Task<int> NumberAsync(string column)
    {
        await using var command = Sources.System.CreateCommand($"select {column} from platform.jobs where kind = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = Kind });
        return (int)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The Hangfire jobs of ours, in the order of ours.</summary>
    public async Task<string[]> HangfireIdsAsync()
    {
        await using var command = Sources.System.CreateCommand(
            "select array_agg(hangfire_id::text order by id) from platform.jobs where kind = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = Kind });
        return (string[])(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Hangfire says its word after our row has its own: until then nothing is on the dashboard's page.</summary>
    public Task WaitForHangfireAsync(string state, long count) => Eventually.UntilAsync(async () =>
    {
        await using var command = Sources.System.CreateCommand(
            "select count(*) from hangfire.job h join platform.jobs j on j.hangfire_id = h.id where j.kind = $1 and h.statename = $2");
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = Kind }, new() { Value = state } });
        return (long)(await command.ExecuteScalarAsync())!;
    }, jobs => jobs == count);

    public Task WaitAsync(string state, long count) => Eventually.UntilAsync(() => CountAsync(state), jobs => jobs == count);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await services.DisposeAsync();
    }

    private static class Random
    {
        public static long Next() => System.Security.Cryptography.RandomNumberGenerator.GetInt32(1_000_000, int.MaxValue);
    }

    private sealed record Act(Func<int, JobContext, IServiceProvider, CancellationToken, Task<object?>> Do);

    private sealed class Handler(Act act, IServiceProvider scope) : IJobHandler<Task1>
    {
        public Task<object?> RunAsync(Task1 input, JobContext context, CancellationToken ct) => act.Do(input.Number, context, scope, ct);
    }
}
