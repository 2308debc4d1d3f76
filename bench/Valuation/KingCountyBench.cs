using RealEstateOs.Valuation;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Bench.Valuation;

/// <summary>King County, out of sample: a fixed random fifth of the houses; a house sold twice is wholly on one side.</summary>
internal static class KingCountyBench
{
    private static readonly (string, Func<Tested, bool>)[] Segments =
    [
        ("all", _ => true), ("below 400k", t => t.Sale.Price < 400_000), ("400k to 800k", t => t.Sale.Price is >= 400_000 and < 800_000),
        ("800k and more", t => t.Sale.Price >= 800_000),
    ];

    public static async Task Run(BenchArguments arguments)
    {
        var options = new SaleFileOptions { Today = DateOnly.MaxValue.AddYears(-1), Market = "king_county" };
        var sales = await SaleFileReader.ReadAll(arguments.KingCounty!, options);
        List<Sale> train, test;
        if (arguments.KingCountyLater is { } later)
            (train, test) = (sales, await SaleFileReader.ReadAll(later, options));
        else if (arguments.Validate)
            (train, test) = ([.. sales.Where(s => Tenth(s) >= 4)], [.. sales.Where(s => Tenth(s) is 2 or 3)]);
        else
            (train, test) = ([.. sales.Where(s => Tenth(s) >= 2)], [.. sales.Where(s => Tenth(s) < 2)]);
        test = [.. test.Where(s => s.IsArmsLength)];
        Console.WriteLine(
            $"\n## King County houses: {train.Count:N0} sales to learn from, {test.Count:N0} sales of other houses to test\n");
        var last = sales.Max(s => s.Date);
        var engine = Trial.Train(train, last, new() { SameTime = true });
        // The split is random, so the day of a test sale is no limit to what may be known.
        var result = Trial.Run(engine, new(train, last), test, Evidence.AllKnown);
        Tables.Segments("Out of sample", result, Segments);
        Tables.Coverage("Does the 80 % range hold what it says", result, Segments);
    }

    private static int Tenth(Sale sale)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in sale.PropertyNumber ?? sale.TransactionNumber) hash = (hash ^ c) * 1099511628211UL;
        return (int)(new SplitMix(hash).Next() % 10);
    }
}
