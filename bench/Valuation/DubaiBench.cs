using RealEstateOs.Cma.MarketData;
using RealEstateOs.Cma.Valuation;

namespace RealEstateOs.Bench.Valuation;

/// <summary>Dubai, strictly out of time.</summary>
internal static class DubaiBench
{
    private static readonly (string, Func<Tested, bool>)[] Segments =
    [
        ("ready", t => !t.Sale.OffPlan), ("off-plan", t => t.Sale.OffPlan),
    ];

    private static readonly (string, Func<Tested, bool>)[] Types =
    [
        ("ready flat", t => t.Sale is { OffPlan: false, Kind: PropertyKind.Flat }), ("ready villa", t => t.Sale is { OffPlan: false, Kind: PropertyKind.Villa }),
        ("ready hotel apartment", t => t.Sale is { OffPlan: false, Kind: PropertyKind.HotelApartment }),
        ("ready, resale", t => t.Sale is { OffPlan: false, SaleKind: SaleKind.Resale }), ("ready, delayed registration", t => t.Sale is { OffPlan: false, SaleKind: SaleKind.DelayedRegistration }),
        ("off-plan flat", t => t.Sale is { OffPlan: true, Kind: PropertyKind.Flat }), ("off-plan villa", t => t.Sale is { OffPlan: true, Kind: PropertyKind.Villa }),
        ("off-plan hotel apartment", t => t.Sale is { OffPlan: true, Kind: PropertyKind.HotelApartment }),
    ];

    public static async Task Run(BenchArguments arguments)
    {
        var sales = await SaleFileReader.ReadAll(arguments.Dubai!, new() { Today = DateOnly.MaxValue.AddYears(-1) });
        if (arguments.DubaiLater is { } later)
            sales.AddRange(await SaleFileReader.ReadAll(later, new() { Today = DateOnly.MaxValue.AddYears(-1) }));
        sales = [.. sales.DistinctBy(s => s.TransactionNumber)];
        var (from, to) = (arguments.TestFrom, arguments.TestTo);
        var train = sales.Where(s => s.Date < from).ToList();
        var test = sales.Where(s => s.Date >= from && s.Date <= to && s.IsArmsLength && s.IsHome).ToList();
        var last = test.Max(s => s.Date);
        var horizon = last.DayNumber - from.DayNumber + 1;
        Console.WriteLine($"\n## Dubai homes: trained on sales before {from:yyyy-MM-dd}, tested on {from:yyyy-MM-dd} to {last:yyyy-MM-dd}\n");

        Console.WriteLine("Frozen: neither the model nor the comparables know a sale from the test months.");
        var frozen = Trial.Train(train, from.AddDays(-1), new() { HorizonDays = horizon });
        var known = new SaleTable(train, from.AddDays(-1));
        var result = Trial.Run(frozen, known, test, daily: false);
        Tables.Segments("Frozen", result, Segments);
        Tables.Segments("Frozen, by type", result, Types, baselines: false);
        Tables.Coverage("Frozen: does the 80 % range hold what it says", result, Segments);
        Tables.Segments("Frozen, project known before the test", result,
            [("ready, known project", t => !t.Sale.OffPlan && HasProject(t)), ("off-plan, known project", t => t.Sale.OffPlan && HasProject(t)), ("off-plan, project new since", t => t.Sale.OffPlan && !HasProject(t))]);

        Console.WriteLine("\nDaily: the model is as old as above (trained before the test months), the comparables are those registered before the day of each sale: how the product works.");
        var aged = Trial.Train(train, from.AddDays(-1), new() { HorizonDays = 1 });
        var upToDate = ValuationEngine.Load(aged.Save(), sales, last);
        var all = new SaleTable(sales, last);
        var daily = Trial.Run(upToDate, all, test, daily: true);
        Tables.Segments("Daily", daily, Segments);
        Tables.Segments("Daily, by type", daily, Types, baselines: false);
        Tables.Coverage("Daily: does the 80 % range hold what it says", daily, Segments);

        if (arguments.Rolling) await Rolling(sales, test, from, last);

        bool HasProject(Tested t) => known.ByProject.Rows(known.ProjectNumber(t.Sale.Project), SaleTable.CellOf(t.Sale.Kind, t.Sale.OffPlan)).Length > 0;
    }

    private static Task Rolling(List<Sale> sales, List<Sale> test, DateOnly from, DateOnly last)
    {
        Console.WriteLine("\nRolling: retrained at the start of each month, comparables registered before the day.");
        var tested = new List<Tested>();
        for (var month = from; month <= last; month = month.AddMonths(1))
        {
            var engine = Trial.Train([.. sales.Where(s => s.Date < month)], month.AddDays(-1), new() { HorizonDays = 1 });
            var end = month.AddMonths(1).AddDays(-1);
            var known = sales.Where(s => s.Date <= end).ToList();
            tested.AddRange(Trial.Run(ValuationEngine.Load(engine.Save(), known, end), new(known, end), [.. test.Where(s => s.Date >= month && s.Date <= end)], daily: true));
        }
        Tables.Segments("Rolling monthly", tested, Segments);
        Tables.Coverage("Rolling monthly: does the 80 % range hold what it says", tested, Segments);
        return Task.CompletedTask;
    }
}
