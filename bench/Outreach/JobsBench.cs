using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Bench.Outreach;

/// <summary>Jobs that do nothing: what the queue itself costs.</summary>
internal static class JobsBench
{
    private const string Kind = "bench.nothing", Held = "bench.held", Quick = "bench.quick";
    private static readonly ConcurrentDictionary<int, long> Begun = new();

    public static async Task RunAsync(int count)
    {
        await using var host = await BenchHost.StartAsync(
            services => services.AddJob<Nothing, Number>(Kind, "bench", concurrency: 12, announced: false).AddJob<Nothing, Number>(Held,
                "bench", concurrency: 1, announced: false)
                .AddJob<Noted, Number>(Quick, "quick", concurrency: 4, announced: false),
            ("Mail:Transport", "folder"));
        await EnqueueAsync(host, 200, Held, oneTransaction: true); // warm

        var single = await EnqueueAsync(host, count, Held, oneTransaction: false);
        var together = await EnqueueAsync(host, count, Held, oneTransaction: true);
        Console.WriteLine($"Enqueue {count:N0} jobs:");
        Console.WriteLine($"  a commit each                      {count / single.TotalSeconds,8:N0} jobs/s");
        Console.WriteLine(
            $"  all in one transaction             {count / together.TotalSeconds,8:N0} jobs/s   ({single / together:F1} times)");
        var (mails, batches) = (await PostAsync(host, count, batch: 1), await PostAsync(host, count, batch: 200));
        Console.WriteLine($"Post {count:N0} mails with their jobs:");
        Console.WriteLine($"  one by one                         {count / mails.TotalSeconds,8:N0} mails/s");
        Console.WriteLine(
            $"  200 by a statement                 {count / batches.TotalSeconds,8:N0} mails/s  ({mails / batches:F1} times)");

        var waits = await PickUpAsync(host);
        Console.WriteLine("From commit to the first line of the handler, 4 places idle, 100 jobs one after the other:");
        Console.WriteLine($"  p50, p90, p99                      {waits[49],8:F0} ms {waits[89],6:F0} ms {waits[98],6:F0} ms");
        var (statements, transactions) = await IdleAsync(host, TimeSpan.FromSeconds(20));
        Console.WriteLine("A host with nothing to do, all its services:");
        Console.WriteLine($"  commands to PostgreSQL             {statements,8:F1} a second, {transactions:F1} transactions");

        count /= 5;
        await EnqueueAsync(host, count, Kind, oneTransaction: true);
        using var meters = new Meters();
        while (await host.CountAsync(Kind) > 0) await Task.Delay(20);
        Console.WriteLine($"Run {count:N0} jobs that do nothing, twelve at once on one host:");
        Console.WriteLine($"  run                                {count / meters.Elapsed.TotalSeconds,8:N0} jobs/s");
        Console.WriteLine($"  commands to PostgreSQL             {(double)meters.Statements / count,8:F2} for each job");
        Console.WriteLine($"  processor time of the host         {meters.Processor.TotalMilliseconds / count,8:F2} ms for each job");
    }

    private static async Task<TimeSpan> EnqueueAsync(BenchHost host, int count, string kind, bool oneTransaction)
    {
        await using var scope = host.Scope();
        var (work, jobs) = (scope.ServiceProvider.GetRequiredService<UnitOfWork>(), scope.ServiceProvider.GetRequiredService<JobQueue>());
        var later = kind == Held ? TimeProvider.System.GetUtcNow().AddYears(1) : (DateTimeOffset?)null;
        await work.OpenAsync(default);
        var clock = Stopwatch.StartNew();
        if (oneTransaction) await work.BeginAsync(default);
        for (var i = 0; i < count; i++) await jobs.EnqueueAsync(kind, new Number(i), default, later);
        if (oneTransaction) await work.CommitAsync(default);
        return clock.Elapsed;
    }

    // Mails to nobody: their jobs are removed before they run, in the same transaction.
    private static async Task<TimeSpan> PostAsync(BenchHost host, int count, int batch)
    {
        await using var scope = host.Scope();
        var (work, mailbox) = (scope.ServiceProvider.GetRequiredService<UnitOfWork>(), scope.ServiceProvider.GetRequiredService<Mailbox>());
        var took = TimeSpan.Zero;
        for (var i = 0; i < count; i += 200)
        {
            await work.BeginAsync(default);
            var clock = Stopwatch.StartNew();
            var mails = Enumerable.Range(i,
                200).Select(n => new Mail($"r{n}@example.com", "Hello", "Dear reader") { Html = "<p>Dear reader</p>" }).ToList();
            if (batch > 1) await mailbox.PostManyAsync(mails, default);
            else foreach (var mail in mails) await mailbox.PostAsync(mail, default);
            took += clock.Elapsed;
            await work.RollbackAsync();
        }
        return took;
    }

    private static async Task<List<double>> PickUpAsync(BenchHost host)
    {
        var waits = new List<double>();
        for (var i = 0; i < 105; i++)
        {
            var committed = await CommitOneAsync(host, i);
            while (!Begun.ContainsKey(i)) await Task.Delay(1);
            if (i >= 5) waits.Add(Math.Max(0, Stopwatch.GetElapsedTime(committed, Begun[i]).TotalMilliseconds)); // the first ones warm
            await Task.Delay(50);
        }
        waits.Sort();
        return waits;
    }

    private static async Task<long> CommitOneAsync(BenchHost host, int number)
    {
        await using var scope = host.Scope();
        var (work, jobs) = (scope.ServiceProvider.GetRequiredService<UnitOfWork>(), scope.ServiceProvider.GetRequiredService<JobQueue>());
        var committed = 0L;
        await work.BeginAsync(default);
        work.AfterCommit(_ => Task.FromResult(committed = Stopwatch.GetTimestamp()));
        await jobs.EnqueueAsync(Quick, new Number(number), default);
        await work.CommitAsync(default);
        return committed;
    }

    private static async Task<(double Statements, double Transactions)> IdleAsync(BenchHost host, TimeSpan time)
    {
        const string sql = "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()";
        var source = host.Services.GetRequiredService<DataSources>().System;
        await Task.Delay(TimeSpan.FromSeconds(2));
        await using var before = source.CreateCommand(sql);
        var first = (long)(await before.ExecuteScalarAsync())!;
        using var meters = new Meters();
        await Task.Delay(time);
        var statements = meters.Statements;
        await using var after = source.CreateCommand(sql);
        return (statements / time.TotalSeconds, ((long)(await after.ExecuteScalarAsync())! - first) / time.TotalSeconds);
    }

    private static async Task<long> CountAsync(this BenchHost host, string kind)
    {
        await using var command = host.Services.GetRequiredService<DataSources>().System
            .CreateCommand("select count(*) from platform.jobs where kind = $1 and state in ('queued', 'running')");
        command.Parameters.Add(new NpgsqlParameter { Value = kind });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    internal sealed record Number(int Value);

    internal sealed class Nothing : IJobHandler<Number>
    {
        public Task<object?> RunAsync(Number input, JobContext context, CancellationToken ct) => Task.FromResult<object?>(null);
    }

    internal sealed class Noted : IJobHandler<Number>
    {
        public Task<object?> RunAsync(Number input, JobContext context, CancellationToken ct)
        {
            Begun.TryAdd(input.Value, Stopwatch.GetTimestamp());
            return Task.FromResult<object?>(null);
        }
    }
}
