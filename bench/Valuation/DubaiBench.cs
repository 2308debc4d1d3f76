using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

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
        ("ready flat", t => t.Sale is { OffPlan: false, Kind: PropertyKind.Flat }),
        ("ready villa", t => t.Sale is { OffPlan: false, Kind: PropertyKind.Villa }),
        ("ready hotel apartment", t => t.Sale is { OffPlan: false, Kind: PropertyKind.HotelApartment }),
        ("ready, resale", t => t.Sale is { OffPlan: false, SaleKind: SaleKind.Resale }),
        ("ready, delayed registration", t => t.Sale is { OffPlan: false, SaleKind: SaleKind.DelayedRegistration }),
        ("off-plan flat", t => t.Sale is { OffPlan: true, Kind: PropertyKind.Flat }),
        ("off-plan villa", t => t.Sale is { OffPlan: true, Kind: PropertyKind.Villa }),
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
        // Shares of homes are no sales of homes, judged by what was registered before each; of a bulk deal only the first counts, as
        // everywhere.
        var marked = UndeclaredShares.Marked(sales);
        Console.WriteLine($"\n{marked.Count(s => s.SetAside == SetAsideReason.UndeclaredShare):N0} rows are set aside as shares of "
            + $"homes, {marked.Count(s => s.SetAside == SetAsideReason.UndeclaredShare && s.Date >= from && s.Date <= to):N0} of them in "
            + "the test months.");
        var test = BulkDeals.Marked(marked).Where(s => s.Date >= from && s.Date <= to && s.IsArmsLength && s.IsHome).ToList();
        var last = test.Max(s => s.Date);
        Console.WriteLine(
            $"\n## Dubai homes: trained on sales before {from:yyyy-MM-dd}, tested on {from:yyyy-MM-dd} to {last:yyyy-MM-dd}\n");
        var asked = arguments.Protocols;
        if (asked.Contains("frozen")) Frozen(train, test, from, last);
        if (asked.Contains("daily"))
        {
            Console.WriteLine("\nDaily: the model is as old as above (trained before the test months), "
                + "the comparables are those registered before the day of each sale.");
            Aged("Daily", 1, Evidence.BeforeTheDay);
        }
        if (asked.Contains("day"))
        {
            Console.WriteLine("\nTo the day: as daily, and what else was registered on the day of the sale itself is known, too.");
            Aged("To the day", 0, Evidence.ToTheDay);
        }
        if (asked.Contains("rolling")) Rolling(sales, test, from, last);

        void Aged(string title, int horizon, Evidence evidence)
        {
            var aged = Trial.Train(train, from.AddDays(-1), new() { HorizonDays = horizon });
            var tested = Trial.Run(ValuationEngine.Load(aged.Save(), sales, last), new(sales, last), test, evidence);
            Tables.Segments(title, tested, Segments);
            Tables.Segments($"{title}, by type", tested, Types, baselines: false);
            Tables.Coverage($"{title}: does the 80 % range hold what it says", tested, Segments);
        }
    }

    private static void Frozen(List<Sale> train, List<Sale> test, DateOnly from, DateOnly last)
    {
        Console.WriteLine("Frozen: neither the model nor the comparables know a sale from the test months.");
        var frozen = Trial.Train(train, from.AddDays(-1), new() { HorizonDays = last.DayNumber - from.DayNumber + 1 });
        var known = new SaleTable(train, from.AddDays(-1));
        var result = Trial.Run(frozen, known, test, Evidence.AllKnown);
        Tables.Segments("Frozen", result, Segments);
        Tables.Segments("Frozen, by type", result, Types, baselines: false);
        Tables.Coverage("Frozen: does the 80 % range hold what it says", result, Segments);
        Tables.Segments("Frozen, project known before the test", result,
            [("ready, known project", t => !t.Sale.OffPlan && HasProject(t)),
                ("off-plan, known project", t => t.Sale.OffPlan && HasProject(t)),
                ("off-plan, project new since", t => t.Sale.OffPlan && !HasProject(t))]);

        bool HasProject(Tested t) =>
        known.ByProject.Rows(known.ProjectNumber(t.Sale.Project), SaleTable.CellOf(t.Sale.Kind, t.Sale.OffPlan)).Length > 0;
    }

    private static void Rolling(List<Sale> sales, List<Sale> test, DateOnly from, DateOnly last)
    {
        Console.WriteLine("\nRolling: retrained every week, comparables registered before the day; the product trains every night.");
        var tested = new List<Tested>();
        for (var week = from; week <= last; week = week.AddDays(7))
        {
            var engine = Trial.Train([.. sales.Where(s => s.Date < week)], week.AddDays(-1), new() { HorizonDays = 1 });
            var end = week.AddDays(6);
            var known = sales.Where(s => s.Date <= end).ToList();
            tested.AddRange(Trial.Run(ValuationEngine.Load(engine.Save(), known, end), new(known, end),
                [.. test.Where(s => s.Date >= week && s.Date <= end)], Evidence.BeforeTheDay));
        }
        Tables.Segments("Rolling weekly", tested, Segments);
        Tables.Coverage("Rolling weekly: does the 80 % range hold what it says", tested, Segments);
    }
}
