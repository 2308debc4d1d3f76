using System.Globalization;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Cma;

/// <summary>
/// A market of thirty months in which one town rises, one falls and one stands still, in flats, villas and hotel apartments; brought in
/// once for the run.
/// </summary>
internal static class Slopes
{
    public const string Market = "slopes", Upper = "Upper Town", Lower = "Lower Town", Middle = "Middle Town";

    private const string Header = "id,date,area,project,property_type,property_sub_type,bedrooms,size_sqft,price,off_plan";
    private static readonly SemaphoreSlim Gate = new(1);
    // A fixed day: which sales share a month decides whether a flat town looks certain to move, as one in ten such towns does.
    private static readonly DateOnly Today = new(2026, 11, 27);
    private static bool ready;

    public static IReadOnlyList<SlopeSale> Sales { get; } = [.. MakeSales()];

    /// <summary>The last day known, which spans are counted back from.</summary>
    public static DateOnly Until { get; } = Sales.Max(s => s.Date);

    public static async Task OpenAsync(Server server)
    {
        await Gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!ready) await Town.ImportAsync(server, Sales.Select(s => s.ToString()), Header, Market);
            ready = true;
        }
        finally
        {
            Gate.Release();
        }
    }

    private static IEnumerable<SlopeSale> MakeSales()
    {
        var number = 0;
        foreach (var (area, rate, slope) in new[] { (Upper, 2_000.0, 0.01), (Lower, 1_500.0, -0.01), (Middle, 1_000.0, 0.0) })
            for (var i = 0; i < 456; i++)
            {
                var (project, kind, level) = (i % 4) switch { 0 => ("One", "Flat", 1.0), 1 => ("Two", "Flat", 1.2), 2 =>
                    ("Gardens", "Villa", 0.8), _ => ("Inn", "Hotel Apartment", 1.1) };
                yield return Sale(++number, i * 2, area, $"{area} {project}", kind, i % 4 == 1, 1 + i / 4 % 3, rate * level, slope);
            }
        // A project that came up lately, and with it more sales than before.
        for (var i = 0; i < 40; i++)
            yield return Sale(++number, i < 30 ? i * 3 : 90 + (i - 30) * 9, Upper, "Upper Town New", "Flat", true, 2, 2_400, 0.01);
    }

    // The noise is no sequence but hangs on the number: whatever is left out, the rest stays as it is.
    private static SlopeSale Sale(int number, int daysAgo, string area, string project, string kind, bool offPlan, int bedrooms,
        double rate, double slope)
    {
        var noise = number * 2_654_435_761 % 1_000 / 1_000.0 - 0.5;
        var size = 500 + 300 * bedrooms + number % 50;
        return new(number, Today.AddDays(-3 - daysAgo), area, project, kind, bedrooms, size,
            (decimal)Math.Round(size * rate * Math.Exp(-slope * daysAgo / 30.4 + 0.04 * noise)), offPlan);
    }
}

internal sealed record SlopeSale(int Number, DateOnly Date, string Area, string Project, string Kind, int Bedrooms, int Sqft, decimal Price,
    bool OffPlan)
{
    public double PerSqft => (double)Price / Sqft;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture,
            $"{Number},{Date:yyyy-MM-dd},{Area},{Project},{(Kind == "Villa" ? "Villa" : "Unit")},"
                + $"{Kind},{Bedrooms},{Sqft},{Price:0},{(OffPlan ? 1 : 0)}");
}

/// <summary>The figures of a market by their written rules, counted here once more in the plainest way.</summary>
internal static class Recount
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static int Month(DateOnly first, DateOnly day) => (day.Year - first.Year) * 12 + day.Month - first.Month;

    /// <summary>
    /// Each sale against the median of its own project, kind and bedrooms; the month's median deviation on the whole median. NaN under five
    /// such sales.
    /// </summary>
    public static double[] EqualMix(IReadOnlyCollection<SlopeSale> sales, DateOnly first, int months)
    {
        var deviations = sales.GroupBy(s => (s.Project, s.Kind, s.OffPlan, s.Bedrooms)).Where(g => g.Count() >= 4)
            .SelectMany(g =>
            {
                var middle = Median(g.Select(s => Math.Log(s.PerSqft)));
                return g.Select(s => (Month: Month(first, s.Date), Value: Math.Log(s.PerSqft) - middle));
            }).ToLookup(d => d.Month, d => d.Value);
        return [.. Enumerable.Range(0, months)
            .Select(m => deviations[m].Count() < 5 ? double.NaN : Median(sales.Select(s => s.PerSqft)) * Math.Exp(Median(deviations[m])))];
    }

    /// <summary>The median of all pairwise slopes of the logs.</summary>
    public static double Slope(double[] months)
    {
        var known = months.Select((value, at) => (value, at)).Where(m => !double.IsNaN(m.value)).ToArray();
        return Median(from a in known from b in known where a.at < b.at select (Math.Log(b.value) - Math.Log(a.value)) / (b.at - a.at));
    }

    /// <summary>The mean of the last two months carried on with the slope of the last twelve, which fades by a fifth each month.</summary>
    public static double Forecast(double[] known, int step)
    {
        var slope = Slope(known[Math.Max(0, known.Length - 12)..]);
        return Math.Exp((Math.Log(known[^1]) + Math.Log(known[^2]) + slope) / 2
            + slope * Enumerable.Range(1, step).Sum(k => Math.Pow(0.8, k)));
    }

    /// <summary>What the forecast of each past month got wrong, and "no change", knowing only the sales before it.</summary>
    public static List<(int Step, double Error, double NoChange)> Backtest(IReadOnlyCollection<SlopeSale> sales, DateOnly first,
        int months, int ahead)
    {
        var (series, tests) = (EqualMix(sales, first, months), new List<(int, double, double)>());
        for (var origin = 5; origin < months; origin++)
        {
            var known = EqualMix([.. sales.Where(s => Month(first, s.Date) < origin)], first, origin);
            for (var step = 1; step <= ahead && origin + step <= months; step++)
            {
                var came = series[origin + step - 1] / series[origin - 1];
                tests.Add((step, Math.Abs(Forecast(known, step) / known[^1] / came - 1), Math.Abs(1 / came - 1)));
            }
        }
        return tests;
    }
}
