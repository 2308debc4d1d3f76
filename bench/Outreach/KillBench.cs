using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Bench.Outreach;

/// <summary>From <c>kill -9</c> of the host that runs a job to the job's next run, on another host.</summary>
internal static class KillBench
{
    private const string Kind = "bench.endless";

    public static async Task RunAsync(int rounds)
    {
        await using var host = await BenchHost.StartAsync(AddKind, ("Mail:Transport", "folder"), ("Jobs:Run", "false"));
        await using (var scope = host.Scope())
            await scope.ServiceProvider.GetRequiredService<JobQueue>().EnqueueAsync(Kind, new NoInput(), default);
        var waits = new List<double>();
        var doomed = Start(host);
        try
        {
            for (var run = 1; run <= rounds; run++)
            {
                await UntilAsync(host, $"(select runs from platform.jobs where kind = '{Kind}') = {run}");
                var heir = Start(host);
                await UntilAsync(host, "(select count(*) from hangfire.server where lastheartbeat > now() - interval '15 s') >= 2");
                await Task.Delay(RandomNumberGenerator.GetInt32(10_000)); // at any moment of its looks
                var clock = Stopwatch.StartNew();
                doomed.Kill();
                await UntilAsync(host, $"(select runs from platform.jobs where kind = '{Kind}') = {run + 1}");
                waits.Add(clock.Elapsed.TotalSeconds);
                await doomed.WaitForExitAsync();
                doomed.Dispose();
                doomed = heir;
            }
        }
        finally
        {
            doomed.Kill();
            await doomed.WaitForExitAsync();
        }
        Console.WriteLine($"From kill -9 of the host to the job's next run, {rounds} kills:");
        Console.WriteLine($"  median, longest                    {waits.Order().ElementAt(rounds / 2),8:F1} s {waits.Max(),6:F1} s");
    }

    /// <summary>A host of its own, as the environment says, until it is killed.</summary>
    public static async Task HostAsync()
    {
        await using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
            builder.UseEnvironment("Development").UseContentRoot(AppContext.BaseDirectory).ConfigureServices(AddKind));
        factory.UseKestrel();
        factory.StartServer();
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }

    private static void AddKind(IServiceCollection services) =>
        services.AddJob<Endless, NoInput>(Kind, "endless", concurrency: 1, maxAttempts: 100, announced: false);

    private static Process Start(BenchHost host)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KillBench).Assembly.Location, "host"]) { RedirectStandardOutput = true };
        foreach (var (name, value) in host.Environment) start.Environment[name] = value;
        start.Environment["Jobs__Run"] = "true";
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task UntilAsync(BenchHost host, string condition)
    {
        var source = host.Services.GetRequiredService<DataSources>().System;
        for (var holds = false; !holds; await Task.Delay(20))
        {
            await using var command = source.CreateCommand("select " + condition);
            holds = await command.ExecuteScalarAsync() is true;
        }
    }

    internal sealed class Endless : IJobHandler<NoInput>
    {
        public async Task<object?> RunAsync(NoInput input, JobContext context, CancellationToken ct)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return null;
        }
    }
}
