using System.Diagnostics;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Bench.Valuation;

/// <summary>How long a valuation with ten comparables takes on 200,000 sales, and how long the training took.</summary>
internal static class SpeedBench
{
    public static void Run()
    {
        var until = new DateOnly(2026, 6, 30);
        var sales = SampleMarket.Sales(until, 200_000);
        Console.WriteLine($"\n## Speed on {sales.Count:N0} generated sales\n");
        var training = Stopwatch.StartNew();
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var engine = ValuationEngine.Train(sales, until);
        Console.WriteLine($"Training: {training.Elapsed.TotalSeconds:F1} s on {Environment.ProcessorCount} cores, "
            + $"{(Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds:F0} s of processor time.");
        var times = new List<double>();
        for (var i = 0; i < 1_200; i++)
        {
            var subject = SubjectProperty.Of(sales[(int)((long)i * 7919 % sales.Count)]) with { On = null };
            var watch = Stopwatch.StartNew();
            if (engine.Value(subject, new() { Count = 10, TimeFrameMonths = 24 }) is not HomeValuation) continue;
            if (i >= 200) times.Add(watch.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine($"Valuation with ten comparables: median {times[times.Count / 2]:F2} ms, "
            + $"95th percentile {times[(int)(times.Count * 0.95)]:F2} ms, {times.Count:N0} runs.");
    }
}
