using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Bench.Valuation;

/// <summary>One test sale with what each method said about it; NaN where a method had no answer.</summary>
internal sealed record Tested(Sale Sale, double Engine, double AreaMedian, double TenComparables, double Low, double High,
    ConfidenceClass Class, double Confidence);

/// <summary>The figures of a ratio study (IAAO): ratio is estimate over price.</summary>
internal sealed record Accuracy(int Count, double MdApe, double Mape, double Within5, double Within10, double Within20, double Cod,
    double Prd, double MedianRatio)
{
    public static Accuracy? Of(IEnumerable<(double Estimate, double Price)> pairs)
    {
        var known = pairs.Where(p => double.IsFinite(p.Estimate)).ToArray();
        if (known.Length == 0) return null;
        var ratios = known.Select(p => p.Estimate / p.Price).Order().ToArray();
        var errors = ratios.Select(r => Math.Abs(r - 1)).Order().ToArray();
        var median = Middle(ratios);
        double Share(double limit) => errors.Count(e => e <= limit) / (double)errors.Length;
        return new(known.Length, Middle(errors), errors.Average(), Share(0.05), Share(0.1), Share(0.2),
            ratios.Average(r => Math.Abs(r - median)) / median,
            ratios.Average() / (known.Sum(p => p.Estimate) / known.Sum(p => p.Price)), median);
    }

    private static double Middle(double[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
}

/// <summary>Prints Markdown, so that the docs hold what the program printed.</summary>
internal static class Tables
{
    public static void Segments(string title, IReadOnlyList<Tested> all, IEnumerable<(string Name, Func<Tested, bool> In)> segments,
        bool baselines = true)
    {
        Console.WriteLine($"\n### {title}\n");
        Console.WriteLine("| segment | method | n | MdAPE % | MAPE % | ≤ 5 % | ≤ 10 % | ≤ 20 % | COD | PRD | median ratio |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (name, @in) in segments)
        {
            var rows = all.Where(@in).ToArray();
            Row(name, "**engine**", rows, t => t.Engine);
            if (!baselines) continue;
            Row(name, "ten comparables", rows, t => t.TenComparables);
            Row(name, "area median per sqft", rows, t => t.AreaMedian);
        }
    }

    public static void Coverage(string title, IReadOnlyList<Tested> all, IEnumerable<(string Name, Func<Tested, bool> In)> segments)
    {
        Console.WriteLine($"\n### {title}\n");
        Console.WriteLine("| segment | 80 % range covers | high: n | covers | ≤ 10 % | medium: n | covers | ≤ 10 % | low: "
            + "n | covers | ≤ 10 % | stated / measured share ≤ 10 % |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (name, @in) in segments)
        {
            var rows = all.Where(t => @in(t) && double.IsFinite(t.Engine)).ToArray();
            if (rows.Length == 0) continue;
            var cells = new List<string> { name, Percent(Covered(rows)) };
            foreach (var kind in Enum.GetValues<ConfidenceClass>())
            {
                var own = rows.Where(t => t.Class == kind).ToArray();
                cells.AddRange([own.Length.ToString("N0"), own.Length == 0 ? "–" : Percent(Covered(own)),
                    own.Length == 0 ? "–" : Percent(Near(own))]);
            }
            cells.Add($"{Percent(rows.Average(t => t.Confidence))} / {Percent(Near(rows))}");
            Console.WriteLine($"| {string.Join(" | ", cells)} |");
        }
    }

    private static void Row(string segment, string method, Tested[] rows, Func<Tested, double> estimate)
    {
        if (Accuracy.Of(rows.Select(t => (estimate(t), (double)t.Sale.Price))) is not { } a) return;
        Console.WriteLine($"| {segment} | {method} | {a.Count:N0} | {100 * a.MdApe:F2} | {100 * a.Mape:F1} | {100 * a.Within5:F1} | "
            + $"{100 * a.Within10:F1} | {100 * a.Within20:F1} | {100 * a.Cod:F1} | {a.Prd:F3} | {a.MedianRatio:F3} |");
    }

    private static double Covered(Tested[] rows) =>
        rows.Count(t => (double)t.Sale.Price >= t.Low && (double)t.Sale.Price <= t.High) / (double)rows.Length;

    private static double Near(Tested[] rows) =>
        rows.Count(t => Math.Abs(t.Engine / (double)t.Sale.Price - 1) <= 0.1) / (double)rows.Length;

    private static string Percent(double share) => $"{100 * share:F1}";
}
