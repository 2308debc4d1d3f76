using System.Diagnostics;
using RealEstateOs.Bench.Outreach;
using Npgsql;

namespace RealEstateOs.Bench.Analytics;

/// <summary>What noting changes costs a write: the same requests with the triggers and without them, turn about.</summary>
internal static class Writes
{
    private const int AtOnce = 20;

    public static async Task CompareAsync(BenchHost host, NpgsqlDataSource owner, int rounds)
    {
        List<double> with = [], without = [];
        var count = 0;
        async Task<double> WriteAsync()
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < AtOnce; i++)
            {
                var lead = await host.SendAsync(
                    HttpMethod.Post, "/leads", new { first_name = "New", last_name = $"Lead {count++}", source = "website" });
                await host.SendAsync(HttpMethod.Patch, $"/leads/{lead.GetProperty("id")}", new { status = "contacted" });
            }
            return clock.Elapsed.TotalMilliseconds / AtOnce / 2;
        }
        await WriteAsync();
        for (var round = 0; round < rounds * 4; round++)
        {
            with.Add(await WriteAsync());
            await SetAside.RunAsync(owner, "alter table leads.leads disable trigger user");
            without.Add(await WriteAsync());
            await SetAside.RunAsync(owner, "alter table leads.leads enable trigger user");
        }
        var (kept, free) = (Entry.Median(with), Entry.Median(without));
        Console.WriteLine(
            $"\nA write of a lead (one created, one changed): {kept:F2} ms noting changes, {free:F2} ms without; "
                + $"{kept / free - 1:P1} more.");
    }
}
