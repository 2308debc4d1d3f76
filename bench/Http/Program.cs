using System.Globalization;
using Npgsql;
using RealEstateOs.Bench.Outreach;

namespace RealEstateOs.Bench.Http;

/// <summary>A class, because the name Program is the host's.</summary>
internal static class Entry
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(2);

    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (args is ["--help" or "-h", ..])
        {
            await Console.Error.WriteLineAsync(
                """
                Usage: dotnet run -c Release --project bench/Http -- [SECONDS=5] [ROUNDS=2] [REQUEST]
                Measures the most frequent requests, or those whose name begins with REQUEST, beside pgbench and a bare endpoint
                with the same SQL, turn about, in one run.
                """);
            return 2;
        }
        var seconds = TimeSpan.FromSeconds(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5);
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2;
        await using var host = await BenchHost.StartAsync(_ => { }, ("RateLimits:Enabled", "false"),
            ("Auth:AccessTokenLifetime", "08:00:00"));
        await using var system = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(
            host.Addresses.SystemConnectionString) { MaxPoolSize = 16, MaxAutoPrepare = 50, AutoPrepareMinUsages = 2 }.ConnectionString);
        var office = host.Organization.Value;
        var ids = await Town.LoadAsync(system, office);
        await using (var owner = NpgsqlDataSource.Create(host.Addresses.OwnerConnectionString))
        await using (var vacuum = owner.CreateCommand("vacuum (analyze) properties.properties"))
            await vacuum.ExecuteNonQueryAsync();
        await UntilRolledUpAsync(system, office);
        await using var bare = new BareEndpoint(system, office);
        await bare.StartAsync();
        var token = host.Client.DefaultRequestHeaders.Authorization!.Parameter!;
        var product = host.Client.BaseAddress!;
        Console.WriteLine($"{ids.Length:N0} of 200,000 properties in the office that asks, {Environment.ProcessorCount} processors for "
            + $"server, PostgreSQL and load; {rounds} rounds of {seconds.TotalSeconds:F0} s, medians.\n");
        Console.WriteLine(
            "| request | connections | pgbench/s | bare/s | product/s | product p50 ms | p99 ms | product / bare | round trips | failed |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var connections in new[] { 16, 64 })
        {
            foreach (var row in Rows.All.Where(r => args.Length < 3 || r.Name.StartsWith(args[2], StringComparison.Ordinal)))
            {
                List<Measured> floor = [], ours = [];
                List<double?> sql = [];
                var trips = 0.0;
                for (var round = 0; round < rounds; round++)
                {
                    sql.Add(await PgBench.RunAsync(host.Addresses.SystemConnectionString, connections, seconds, row.Script(office, ids)));
                    floor.Add(await MeasureAsync(bare.Address, connections, seconds, r => row.Request(bare.Address, "", null, ids, r)));
                    using var meters = new Meters();
                    ours.Add(await MeasureAsync(product, connections, seconds, r => row.Request(product, "/api/v1", token, ids, r)));
                    trips = meters.Statements / (double)Math.Max(1, ours[^1].Requests) * (seconds / (seconds + Warm));
                }
                var (b, o) = (Median(floor.ConvertAll(m => m.PerSecond)), Median(ours.ConvertAll(m => m.PerSecond)));
                Console.WriteLine(
                    $"| {row.Name} | {connections} | {(sql[0] is null ? "–" : $"{Median(sql.ConvertAll(s => s!.Value)):N0}")} | {b:N0} | "
                    + $"{o:N0} | {Median(ours.ConvertAll(m => m.Median)):F1} | {Median(ours.ConvertAll(m => m.P99)):F1} | "
                    + $"{o / b:F2} | {trips:F1} | {ours.Sum(m => m.Failed) + floor.Sum(m => m.Failed)} |");
            }
        }
        return 0;
    }

    private static async Task<Measured> MeasureAsync(Uri server, int connections, TimeSpan duration, Func<Random, byte[]> request)
    {
        await Load.RunAsync(server, connections, Warm, request);
        return await Load.RunAsync(server, connections, duration, request);
    }

    // What was loaded is counted for the dashboards within a minute, which is no part of what a request costs.
    private static async Task UntilRolledUpAsync(NpgsqlDataSource system, long office)
    {
        await using var left = system.CreateCommand("select exists (select from platform.report_changes where organization_id = $1)");
        left.Parameters.Add(new NpgsqlParameter { Value = office });
        while (await left.ExecuteScalarAsync() is true) await Task.Delay(TimeSpan.FromSeconds(1));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
