using System.Diagnostics;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Bench.Valuation;

/// <summary>Which of the known sales a method may look at for a test sale.</summary>
internal enum Evidence { AllKnown, BeforeTheDay, ToTheDay }

/// <summary>Asks an engine and the baselines about every test sale.</summary>
internal static class Trial
{
    private static readonly ComparableQuery NoList = new() { Count = 1, TimeFrameMonths = 1 };

    public static List<Tested> Run(ValuationEngine engine, SaleTable known, IReadOnlyList<Sale> test, Evidence evidence)
    {
        var watch = Stopwatch.StartNew();
        var baselines = new Baselines(known);
        var tested = new Tested[test.Count];
        Parallel.For(0, test.Count, i =>
        {
            var sale = test[i];
            var before = evidence switch { Evidence.AllKnown => int.MaxValue, Evidence.BeforeTheDay => sale.Date.DayNumber, _ =>
                sale.Date.DayNumber + 1 };
            var (area, ten) = (baselines.AreaMedian(sale, before), baselines.TenComparables(sale, before));
            tested[i] =
                engine.Value(SubjectProperty.Of(sale) with { Except = evidence == Evidence.ToTheDay ? sale.TransactionNumber : null },
                    NoList) is HomeValuation v
                    ? new(sale, (double)v.Estimate, area, ten, (double)v.RangeLow, (double)v.RangeHigh, v.ConfidenceClass, v.Confidence)
                    : new(sale, double.NaN, area, ten, double.NaN, double.NaN, ConfidenceClass.Low, double.NaN);
        });
        var answered = tested.Count(t => double.IsFinite(t.Engine));
        Console.WriteLine($"{answered:N0} of {test.Count:N0} test sales answered ({test.Count - answered} in places without evidence), "
            + $"{watch.Elapsed.TotalSeconds:F1} s.");
        return [.. tested];
    }

    public static ValuationEngine Train(IReadOnlyList<Sale> sales, DateOnly asOf, TrainingOptions options)
    {
        var watch = Stopwatch.StartNew();
        var engine = ValuationEngine.Train(sales, asOf, options);
        Console.WriteLine($"Trained on {engine.Summary.Sales:N0} sales until {engine.DataUntil:yyyy-MM-dd} in "
            + $"{watch.Elapsed.TotalSeconds:F1} s; saved model {engine.Save().Length / 1024:N0} KiB.");
        return engine;
    }
}
