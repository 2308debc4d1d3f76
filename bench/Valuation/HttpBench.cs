using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Bench.Outreach;
using RealEstateOs.Cma.Market;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Bench.Valuation;

/// <summary>
/// A valuation as a client asks for it, beside what it replaces: one SQL statement for the median of ten plain comparables on the same
/// database, with the index it wants. Turn about, home by home, in one run; the limits on requests are off, as a limited answer would be a
/// fast one.
/// </summary>
internal static class HttpBench
{
    private const int Warm = 100, Timed = 600;

    private const string Plain =
        """
        select percentile_cont(0.5) within group (order by price / size_sqm) * $1
        from (select price::float8 as price, size_sqm from market.sales
              where market = 'dubai' and set_aside = 'none' and area = $2 and kind = $3 and off_plan = $4 and bedrooms is not distinct
                  from $5
                and sold_on >= current_date - 365
              order by abs(ln(size_sqm) - ln($1)) limit 10) nearest
        """;

    public static async Task RunAsync()
    {
        await using var host = await BenchHost.StartAsync(_ => { }, ("RateLimits:Enabled", "false"), ("Mail:Transport", "folder"));
        var sales = SampleMarket.Sales(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), 200_000);
        var loading = Stopwatch.StartNew();
        await LoadAsync(host, sales);
        Console.WriteLine($"\n## Over HTTP, on {sales.Count:N0} generated sales\n");
        Console.WriteLine($"Import and training: {loading.Elapsed.TotalSeconds:F1} s.");

        await using var database = NpgsqlDataSource.Create(host.Addresses.OwnerConnectionString);
        await using (var index =
            database.CreateCommand("create index plain on market.sales (market, area, kind, off_plan, bedrooms, "
                + "sold_on) where set_aside = 'none'; analyze market.sales"))
            await index.ExecuteNonQueryAsync();
        await using var connection = await database.OpenConnectionAsync();
        await using var plain = new NpgsqlCommand(Plain, connection);
        for (var i = 0; i < 5; i++) plain.Parameters.Add(new());
        var homes = Enumerable.Range(0, Warm + Timed).Select(i => sales[(int)((long)i * 7919 % sales.Count)]).ToList();
        List<double> engine = [], sql = [];
        foreach (var (i, home) in homes.Index())
        {
            var watch = Stopwatch.StartNew();
            var answer = await host.SendAsync(HttpMethod.Post, "/cma/valuation/quick", new
            {
                property = new
                {
                    community = home.Area, home.Project, property_type = home.Kind == PropertyKind.Villa ? "villa" : "apartment",
                    home.Bedrooms,
                    area_sqft = home.SizeSqm * 10.7639, completion_status = home.OffPlan ? "off_plan" : "completed",
                },
            });
            if (i >= Warm) engine.Add(watch.Elapsed.TotalMilliseconds);
            if (answer.GetProperty("valuation").GetProperty("estimated_value").GetDecimal() <= 0)
                throw new InvalidOperationException("No estimate came.");
            (plain.Parameters[0].Value, plain.Parameters[1].Value, plain.Parameters[2].Value) = (home.SizeSqm, home.Area,
                Vocabulary.Word(home.Kind));
            (plain.Parameters[3].Value, plain.Parameters[4].Value) = (home.OffPlan,
                home.Bedrooms is { } bedrooms ? bedrooms : DBNull.Value);
            watch.Restart();
            if (await plain.ExecuteScalarAsync() is not double)
                throw new InvalidOperationException($"The plain statement found nothing for {home.Area}.");
            if (i >= Warm) sql.Add(watch.Elapsed.TotalMilliseconds);
        }
        Console.WriteLine(
            $"Quick valuation over HTTP, ten and more comparables listed and the answer recorded: {Figures(engine)}, {Timed} homes.");
        Console.WriteLine($"Ten plain comparables by one statement, no HTTP, nothing recorded:              {Figures(sql)}.");
        Console.WriteLine(
            $"The whole request takes {Median(engine) / Median(sql):F1} times as long as the bare statement (medians of one run).");
    }

    private static async Task LoadAsync(BenchHost host, List<Sale> sales)
    {
        var text = new StringBuilder("transaction_number,date,area,project,property_type,bedrooms,size_sqm,price,off_plan\n");
        foreach (var sale in sales)
            text.Append(CultureInfo.InvariantCulture,
                $"B{sale.TransactionNumber},{sale.Date:yyyy-MM-dd},\"{sale.Area}\",\"{sale.Project}\","
                + $"{sale.Kind},{sale.Bedrooms},{sale.SizeSqm},{sale.Price},{(sale.OffPlan ? 1 : 0)}\n");
        var options = new SaleFileOptions { Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), Market = "dubai",
            Currency = "AED" };
        await host.Services.GetRequiredService<MarketImport>().SalesAsync(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())),
            "bench", options, null, default);
        await host.Services.GetRequiredService<MarketTraining>().RunAsync(null, default);
        var house = host.Services.GetRequiredService<MarketHouse>();
        while (house.Find("dubai") is null) await Task.Delay(100);
    }

    private static string Figures(List<double> times) =>
        $"median {Median(times):F2} ms, 95th percentile {Sorted(times)[(int)(times.Count * 0.95)]:F2} ms";

    private static double Median(List<double> times) => Sorted(times)[times.Count / 2];

    private static List<double> Sorted(List<double> times) => [.. times.Order()];
}
