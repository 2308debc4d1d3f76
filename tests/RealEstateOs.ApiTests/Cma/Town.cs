using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Cma.Market;

namespace RealEstateOs.ApiTests.Cma;

/// <summary>
/// A town of its own market, brought in by the operators' command once for the run: known sales, so that each figure can be counted again.
/// </summary>
internal static class Town
{
    public const string Market = "town", Header = "id,date,area,project,type,bedrooms,size_sqft,price,off_plan,lat,long";

    /// <summary>An area with three sales.</summary>
    public const string Quiet = "Quietcove";

    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    private static readonly (string Name, double Rate, double Latitude)[] Places =
        [("Northbank", 2_000, 25.10), ("Harbourside", 1_600, 25.12), ("Old Mill", 1_200, 25.14), ("Palm Row", 2_600, 25.20),
            ("Stonefield", 900, 25.30)];

    private static bool ready;

    public static IReadOnlyList<TownSale> Sales { get; } = [.. MakeSales()];

    public static async Task OpenAsync(Server server)
    {
        await Gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!ready) await ImportAsync(server, Sales.Select(s => s.ToString()));
            ready = true;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>What the command printed.</summary>
    public static async Task<string> ImportAsync(Server server, IEnumerable<string> rows, string header = Header, string market = Market,
        int exitCode = 0)
    {
        var file = Path.Combine(server.DataFolder, $"{Guid.NewGuid():n}.csv");
        await File.WriteAllLinesAsync(file, [header, .. rows], Encoding.UTF8, TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        var command = ActivatorUtilities.CreateInstance<MarketCommand>(server.Services, output);
        Assert.Equal(exitCode, await command.RunAsync(["import", file, "--market", market, "--currency", "AED"],
            TestContext.Current.CancellationToken));
        await server.Services.GetServices<IHostedService>().OfType<MarketWatch>().Single()
            .RefreshAsync(TestContext.Current.CancellationToken);
        return output.ToString();
    }

    private static IEnumerable<TownSale> MakeSales()
    {
        var (number, noise) = (0, new Noise());
        foreach (var (name, rate, latitude) in Places)
            for (var i = 0; i < 240; i++)
            {
                var sold = Today.AddDays(-5 - i * 3);
                var project = $"{name} {(i % 2 == 0 ? "One" : "Two")}";
                var (bedrooms, size) = (1 + i % 3, 600 + 350 * (i % 3) + i % 40);
                // Prices rise half a percent a month; the second project is a tenth dearer.
                var price = size * rate * (i % 2 == 0 ? 1 : 1.1) * Math.Exp(-0.005 * i * 3 / 30.4) * Math.Exp(0.03 * noise.Next());
                yield return new(++number, sold, name, project, bedrooms, size, Math.Round(price), i % 5 == 0,
                    latitude + i % 2 * 0.005, 55.2);
            }
        for (var i = 0; i < 3; i++)
            yield return new(++number, Today.AddDays(-20 - i), Quiet, "Quietcove House", 2, 1_000 + i, 1_500_000 + 10_000 * i, false,
                25.4, 55.4);
    }

    /// <summary>A fixed sequence between -1 and 1.</summary>
    private sealed class Noise
    {
        private uint state = 2026;

        public double Next() => (state = state * 1_664_525 + 1_013_904_223) / (double)uint.MaxValue * 2 - 1;
    }
}

internal sealed record TownSale(int Number, DateOnly Date, string Area, string Project, int Bedrooms, int Sqft, double Price, bool OffPlan,
    double Latitude, double Longitude)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Number},{Date:yyyy-MM-dd},{Area},{Project},apartment,{Bedrooms},{Sqft},{Price:0},{(OffPlan ? 1 : 0)},{Latitude},{Longitude}");
}
