using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Bench.Outreach;

/// <summary>
/// Packages of steps that do nothing beside jobs that do nothing; what executions cost that wait; whether finished ones slow their
/// readers.
/// </summary>
internal static class WorkflowBench
{
    private const string Bare = "bench.bare", Chained = "bench.chained", Step = "nothing";
    private const int Chain = 50, Width = 10, Steps = 1_000, Reads = 300, Early = 50;

    private const string CopySql =
        """
        with made as (
            insert into workflows.executions (organization_id, definition_id, package_name, package_version, status, rank, parameters,
                customizations, total_steps, revision, started_at, completed_at, success_rate, deliverables_created, leads_contacted,
                created_by)
            select organization_id, definition_id, package_name, package_version, status, rank, parameters, customizations, total_steps,
                revision, started_at, completed_at, success_rate, deliverables_created, leads_contacted, created_by
            from workflows.executions, generate_series(1, $2) where id = $1 returning id),
        counted as (update workflows.tallies set executions = executions + $2 where package_name = $3)
        insert into workflows.steps (organization_id, execution_id, number, name, kind, depends_on, is_optional, rank, status, token,
            starts, failures, input, output, started_at, finished_at)
        select organization_id, made.id, number, name, kind, depends_on, is_optional, rank, status, token, starts, failures, input, output,
            started_at, finished_at
        from workflows.steps, made where execution_id = $1
        """;

    private static TaskCompletionSource chainEnded = new();

    public static async Task RunAsync(int finished)
    {
        await using var host = await BenchHost.StartAsync(
            services => services.AddJob<NothingJob, Link>(Bare, "bench", concurrency: 6, announced: false)
                .AddJob<NothingJob, Link>(Chained, "chain", concurrency: 6, announced: false)
                .AddWorkflowStep<NothingStep, NothingInput>(Step, "Nothing", "Does nothing.", "workflows:execute"),
            ("Mail:Transport", "folder"), ("RateLimits:Enabled", "false"),
            ("RateLimits:Plans:standard:ConcurrentWorkflows", "100000"));
        await DesignAsync(host, "chain", Enumerable.Range(0, Chain).Select(i => StepOf(i, i == 0 ? [] : [i - 1])));
        await DesignAsync(host, "wide", Enumerable.Range(0, Width).Select(i => StepOf(i, [])));
        await DesignAsync(host, "waiting", [new { name = "ask", kind = "approval", inputs = new { question = "Go on?" } }]);
        for (var warm = 0; warm < 2; warm++)
        {
            await JobsInAChainAsync(host);
            await StepsInAChainAsync(host);
        }

        Print("one after the other", Chain, await JobsInAChainAsync(host), await StepsInAChainAsync(host));
        Print("many at once", Steps, await JobsAtOnceAsync(host), await StepsAtOnceAsync(host));
        await WaitingAsync(host, Math.Max(1, finished / 10));
        await FinishedAsync(host, finished);
    }

    private static void Print(string what, int count, TimeSpan jobs, TimeSpan steps)
    {
        Console.WriteLine($"{count:N0} {what}, from the first enqueued to the last done:");
        Console.WriteLine($"  bare jobs                          {jobs.TotalMilliseconds / count,8:F2} ms each");
        Console.WriteLine($"  steps of packages                  {steps.TotalMilliseconds / count,8:F2} ms each   "
            + $"({steps / jobs:F2} times)");
    }

    private static async Task<TimeSpan> JobsInAChainAsync(BenchHost host)
    {
        chainEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = Stopwatch.StartNew();
        await EnqueueAsync(host, Chained, 1, Chain - 1);
        await chainEnded.Task;
        return clock.Elapsed;
    }

    private static async Task<TimeSpan> StepsInAChainAsync(BenchHost host)
    {
        var clock = Stopwatch.StartNew();
        await ExecuteAsync(host, "chain");
        await UntilAsync(() => CountAsync(host, "workflows.executions where status = 'running'"), 0);
        return clock.Elapsed;
    }

    private static async Task<TimeSpan> JobsAtOnceAsync(BenchHost host)
    {
        var clock = Stopwatch.StartNew();
        await EnqueueAsync(host, Bare, Steps, 0);
        await UntilAsync(() => CountAsync(host, $"platform.jobs where kind = '{Bare}' and state in ('queued', 'running')"), 0);
        return clock.Elapsed;
    }

    private static async Task<TimeSpan> StepsAtOnceAsync(BenchHost host)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Steps / Width; i++) await ExecuteAsync(host, "wide");
        await UntilAsync(() => CountAsync(host, "workflows.executions where status = 'running'"), 0);
        return clock.Elapsed;
    }

    private static async Task WaitingAsync(BenchHost host, int count)
    {
        var without = await IdleAsync();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (_, _) => await ExecuteAsync(host, "waiting"));
        await UntilAsync(() => CountAsync(host, "workflows.steps where status = 'waiting'"), count);
        await Task.Delay(TimeSpan.FromSeconds(3)); // what their jobs left to do
        var with = await IdleAsync();
        Console.WriteLine($"The host with nothing to do, without and with {count:N0} executions that wait for a person:");
        Console.WriteLine($"  statements to PostgreSQL           {without.Statements,8:F1} a second, {with.Statements:F1} with them");
        Console.WriteLine($"  processor time                     {without.Processor,8:F1} ms a second, {with.Processor:F1} with them");

        static async Task<(double Statements, double Processor)> IdleAsync()
        {
            var time = TimeSpan.FromSeconds(30);
            using var meters = new Meters();
            await Task.Delay(time);
            return (meters.Statements / time.TotalSeconds, meters.Processor.TotalMilliseconds / time.TotalSeconds);
        }
    }

    private static async Task FinishedAsync(BenchHost host, int count)
    {
        var last = "";
        for (var i = 0; i < Early; i++) last = await ExecuteAsync(host, "wide");
        await UntilAsync(() => CountAsync(host, "workflows.executions where status = 'running' and package_name = 'wide'"), 0);
        string[] paths = [$"/workflows/packages/status/{last}", "/workflows/packages/history?limit=20"];
        await ReadAsync(host, paths);
        var before = await ReadAsync(host, paths);
        await using (var copy = host.Services.GetRequiredService<DataSources>().System.CreateCommand(CopySql))
        {
            copy.CommandTimeout = 600;
            copy.Parameters.Add(new() { Value = long.Parse(last["exec_".Length..]) });
            copy.Parameters.Add(new() { Value = count });
            copy.Parameters.Add(new() { Value = "wide" });
            await copy.ExecuteNonQueryAsync();
        }
        await using (var owner = NpgsqlDataSource.Create(host.Addresses.OwnerConnectionString))
        await using (var analyze = owner.CreateCommand("analyze workflows.executions; analyze workflows.steps"))
            await analyze.ExecuteNonQueryAsync();
        await ReadAsync(host, paths);
        var after = await ReadAsync(host, paths);
        Console.WriteLine($"Median of {Reads} reads, with {Early:N0} finished executions and with {count:N0} more:");
        for (var i = 0; i < paths.Length; i++)
            Console.WriteLine(
                $"  {(i == 0 ? "status" : "history"),-35}{before[i],8:F2} ms, {after[i]:F2} ms   ({after[i] / before[i]:F2} times)");
    }

    private static async Task<double[]> ReadAsync(BenchHost host, string[] paths)
    {
        var times = paths.Select(_ => new List<double>()).ToArray();
        for (var i = 0; i < Reads; i++)
            for (var path = 0; path < paths.Length; path++)
            {
                var started = Stopwatch.GetTimestamp();
                await host.SendAsync(HttpMethod.Get, paths[path]);
                times[path].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        return [.. times.Select(t => t.Order().ElementAt(Reads / 2))];
    }

    private static object StepOf(int number, int[] after) =>
        new { name = $"step_{number}", kind = Step, depends_on = after.Select(a => $"step_{a}").ToArray() };

    private static Task<JsonElement> DesignAsync(BenchHost host, string name, IEnumerable<object> steps) =>
        host.SendAsync(HttpMethod.Post, "/workflows/packages", new { name, display_name = name, steps });

    private static async Task<string> ExecuteAsync(BenchHost host, string package) =>
        (await host.SendAsync(HttpMethod.Post, "/workflows/execute", new { package_name = package }))
            .GetProperty("execution_id").GetString()!;

    private static async Task EnqueueAsync(BenchHost host, string kind, int count, int left)
    {
        await using var scope = host.Scope();
        var (work, jobs) = (scope.ServiceProvider.GetRequiredService<UnitOfWork>(), scope.ServiceProvider.GetRequiredService<JobQueue>());
        await work.BeginAsync(default);
        for (var i = 0; i < count; i++) await jobs.EnqueueAsync(kind, new Link(left), default);
        await work.CommitAsync(default);
    }

    private static async Task<long> CountAsync(BenchHost host, string from)
    {
        await using var command = host.Services.GetRequiredService<DataSources>().System.CreateCommand("select count(*) from " + from);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task UntilAsync(Func<Task<long>> count, long wanted)
    {
        while (await count() != wanted) await Task.Delay(10);
    }

    /// <param name="Left">So many jobs follow this one, each enqueued by the end of the one before it, as steps are.</param>
    internal sealed record Link(int Left);

    internal sealed class NothingJob(UnitOfWork work, JobQueue jobs) : IJobHandler<Link>
    {
        public async Task<object?> RunAsync(Link input, JobContext context, CancellationToken ct)
        {
            await work.BeginAsync(ct);
            if (input.Left > 0) await jobs.EnqueueAsync(Chained, new Link(input.Left - 1), ct);
            context.CompleteWithNextCommit(work, () => null);
            await work.CommitAsync(ct);
            if (input.Left == 0) chainEnded.TrySetResult();
            return null;
        }
    }

    internal sealed record NothingInput;

    internal sealed class NothingStep : IWorkflowStep<NothingInput>
    {
        public Task<StepResult> RunAsync(NothingInput input, StepContext context, CancellationToken ct) =>
            Task.FromResult(StepResult.Done(null));
    }
}
