using System.Diagnostics;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Bench.Valuation;

/// <summary>Rents, out of time: contracts before the last month estimate the new contracts of the last month.</summary>
internal static class RentBench
{
    public static async Task Run(string folder)
    {
        var watch = Stopwatch.StartNew();
        var contracts = new List<RentContract>();
        var (refused, aside) = (0, 0);
        foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl*").Order(StringComparer.Ordinal))
        {
            await using var stream = File.OpenRead(path);
            await foreach (var row in EjariReader.Read(stream, DateOnly.MaxValue.AddYears(-1)))
            {
                if (row.Contract is null) refused++;
                else if (row.Contract.SetAside is not null) aside++;
                else if (row.Contract is { Usage: "Residential", Kind: PropertyKind.Flat or PropertyKind.Villa
                    or PropertyKind.HotelApartment }) contracts.Add(row.Contract);
            }
        }
        Console.WriteLine($"\n## Rents: {contracts.Count:N0} residential contracts of about a year, {aside:N0} set aside, "
            + $"{refused:N0} refused, read in {watch.Elapsed.TotalSeconds:F1} s\n");
        var last = contracts.Max(c => c.RegisteredOn);
        var from = new DateOnly(last.Year, last.Month, 1);
        var estimator = new RentEstimator(contracts.Where(c => c.RegisteredOn < from), from.AddDays(-1));
        Console.WriteLine("| segment | n | answered % | MdAPE % | ≤ 10 % | ≤ 20 % | 80 % range covers |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach (var (name, @in) in new (string, Func<RentContract, bool>)[]
        {
            ("new, flat", c => c is { Renewal: false, Kind: PropertyKind.Flat }),
            ("new, villa", c => c is { Renewal: false, Kind: PropertyKind.Villa }), ("renewal", c => c.Renewal),
        })
        {
            var test = contracts.Where(c => c.RegisteredOn >= from && @in(c)).Take(20_000).ToArray();
            var errors = new List<double>();
            var covered = 0;
            foreach (var contract in test)
            {
                if (estimator.Estimate(new() { Area = contract.Area, Project = contract.Project, Kind = contract.Kind,
                    SizeSqm = contract.SizeSqm, Bedrooms = contract.Bedrooms }) is not { } rent) continue;
                errors.Add(Math.Abs((double)(rent.AnnualRent / contract.AnnualRent) - 1));
                if (contract.AnnualRent >= rent.RangeLow && contract.AnnualRent <= rent.RangeHigh) covered++;
            }
            errors.Sort();
            if (errors.Count == 0) continue;
            Console.WriteLine($"| {name} | {errors.Count:N0} | {100.0 * errors.Count / test.Length:F1} | "
                + $"{100 * errors[errors.Count / 2]:F1} | {100.0 * errors.Count(e => e <= 0.1) / errors.Count:F1} | "
                + $"{100.0 * errors.Count(e => e <= 0.2) / errors.Count:F1} | {100.0 * covered / errors.Count:F1} |");
        }
    }
}
