using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Bench.Outreach;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Bench.Analytics;

/// <summary>A class, because the name Program is the host's.</summary>
internal static class Entry
{
    private static readonly string[] Dashboards =
        ["dashboard", "properties", "leads", "deals", "revenue", "engagement", "performance", "dashboard/overview"];

    // What these are asked for without a period is a period of their own.
    private static readonly string[] NeverOfAllTime = ["revenue", "engagement", "performance", "dashboard/overview"];

    private static readonly string[] Periods = ["", "30d", "12m"];

    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (args is ["--help" or "-h", ..])
        {
            await Console.Error.WriteLineAsync(
                "Usage: dotnet run -c Release --project bench/Analytics -- [LEADS=100000] [ROUNDS=5]\n"
                + "Asks each dashboard with its sums and with the sums set aside, turn about, in one run; "
                + "then what the sums cost a write.");
            return 2;
        }
        var leads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        await using var host = await BenchHost.StartAsync(_ => { }, ("RateLimits:Enabled", "false"),
            ("Auth:AccessTokenLifetime", "08:00:00"));
        await using var system = NpgsqlDataSource.Create(host.Addresses.SystemConnectionString);
        await using var owner = NpgsqlDataSource.Create(host.Addresses.OwnerConnectionString);
        var clock = Stopwatch.StartNew();
        await LargeOffice.LoadAsync(system, owner, host.Organization.Value, leads);
        Console.WriteLine(
            $"{leads:N0} leads, {leads / 5:N0} deals, {leads * 4:N0} activities and {leads:N0} messages of three years, loaded in "
            + $"{clock.Elapsed.TotalSeconds:F0} s; {Environment.ProcessorCount} processors for server, PostgreSQL and load.");
        clock.Restart();
        await RollUpAsync(host, system);
        Console.WriteLine($"Rolled up from nothing in {clock.Elapsed.TotalSeconds:F1} s.\n");
        await LargeOffice.VacuumAsync(owner);
        await CompareAsync(host, system, rounds);
        await Writes.CompareAsync(host, owner, rounds);
        return 0;
    }

    private static async Task CompareAsync(BenchHost host, NpgsqlDataSource system, int rounds)
    {
        Console.WriteLine("| dashboard | period | rows ms | sums ms | rows / sums | sums, first ms |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|");
        foreach (var dashboard in Dashboards)
            foreach (var period in Periods.Where(p => p.Length > 0 || !NeverOfAllTime.Contains(dashboard)))
            {
                var path = $"/analytics/{dashboard}" + (period.Length > 0 ? $"?period={period}" : "");
                var first = await TimeAsync(host, path);
                List<double> sums = [], rows = [];
                // Until the statements are prepared on both sides.
                for (var warm = 0; warm < 6; warm++) await TimeAsync(host, path);
                for (var warm = 0; warm < 6; warm++)
                    await SetAside.AsideAsync(system, host.Organization.Value, () => TimeAsync(host, path));
                for (var round = 0; round < rounds; round++)
                {
                    sums.Add(await TimeAsync(host, path));
                    rows.Add(await SetAside.AsideAsync(system, host.Organization.Value, () => TimeAsync(host, path)));
                }
                var (with, without) = (Median(sums), Median(rows));
                Console.WriteLine($"| {dashboard} | {(period.Length > 0 ? period : "all time")} | {without:F1} | {with:F1} | "
                    + $"{without / with:F1} | {first:F1} |");
            }
    }

    private static async Task<double> TimeAsync(BenchHost host, string path)
    {
        var clock = Stopwatch.StartNew();
        await host.SendAsync(HttpMethod.Get, path);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static async Task RollUpAsync(BenchHost host, NpgsqlDataSource system)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var job = await scope.ServiceProvider.GetRequiredService<JobQueue>()
            .EnqueueForInstallationAsync("analytics.roll_up", new NoInput(), CancellationToken.None);
        await using var done = system.CreateCommand("select count(*) from platform.jobs where id = $1 and state = 'completed'");
        done.Parameters.Add(new() { Value = job.Value });
        while ((long)(await done.ExecuteScalarAsync())! == 0) await Task.Delay(20);
    }

    internal static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
