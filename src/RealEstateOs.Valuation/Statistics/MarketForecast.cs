using RealEstateOs.Valuation.Engine;

namespace RealEstateOs.Valuation.Statistics;

/// <summary>
/// A month ahead, with the interval that held in eight of ten backtests, and what the backtests at this distance got wrong.
/// </summary>
internal sealed record ForecastMonth(DateOnly Month, double Value, double Low, double High, ForecastRecord Record);

/// <summary>
/// Backtests at one distance: the median error of the method, that of "no change", and the share that came within five percent; null
/// without any.
/// </summary>
internal sealed record ForecastRecord(int Backtests, double? MedianError, double? NoChangeMedianError, double? WithinFivePercent);

/// <summary>
/// A forecast beside its own record: what the same method got wrong, and what "no change" got wrong, on months that have since passed.
/// </summary>
internal sealed record Forecast(IReadOnlyList<ForecastMonth> Months, double BacktestMedianError, double BacktestNaiveError, int Backtests)
{
    /// <summary>The last known month of the series: what the forecast starts from.</summary>
    public required double Start { get; init; }

    public string Method =>
        "The mean of the last two months, carried on with the Theil–Sen trend of the last twelve, which fades by a fifth every month; "
            + "the interval is the 80 % quantile of the backtest's errors at the same distance.";
}

/// <summary>Carries a monthly series on with a fading trend and measures itself by forecasting the past.</summary>
internal static class MarketForecast
{
    private const double Fading = 0.8;
    private const int MinMonths = 8, FirstOrigin = 5, MinTests = 3;

    /// <summary>Null where the series is too short for an honest backtest.</summary>
    /// <param name="monthly">Positive monthly values up to the last whole month; NaN for a month without.</param>
    /// <param name="lastMonth">First day of the last month of the series.</param>
    /// <param name="asKnown">The series as it stood after so many months, where later sales revise earlier months: a backtest may know
    /// nothing that came after its origin.</param>
    public static Forecast? Of(IReadOnlyList<double> monthly, DateOnly lastMonth, int ahead = 3,
        Func<int, IReadOnlyList<double>>? asKnown = null)
    {
        var series = Filled(monthly);
        if (series.Length < MinMonths) return null;
        var dropped = monthly.Count - series.Length;
        var tests = new List<Backtest>[ahead];
        for (var step = 0; step < ahead; step++) tests[step] = [];
        for (var origin = FirstOrigin; origin < series.Length; origin++)
        {
            var known = asKnown is null ? series[..origin] : Filled(asKnown(origin + dropped));
            if (known.Length < FirstOrigin) continue;
            // Against the last month: what was known of its level then may have been revised since.
            for (var step = 1; step <= ahead && origin + step - 1 < series.Length; step++)
                tests[step - 1].Add(new(At(known, step) / known[^1], series[origin + step - 1] / series[origin - 1]));
        }
        if (tests[0].Count < MinTests) return null;
        var months = new List<ForecastMonth>();
        double width = 0;
        for (var step = 1; step <= ahead; step++)
        {
            var seen = tests[step - 1].Count >= MinTests ? tests[step - 1] : tests[0];
            // Farther is never surer.
            width = Math.Max(width, Numbers.Quantile([.. seen.Select(t => t.LogError).Order()],
                Math.Min(1, 0.8 * (seen.Count + 1) / seen.Count)));
            var value = At(series, step);
            months.Add(new(lastMonth.AddMonths(step), Math.Round(value, 2), Math.Round(value * Math.Exp(-width), 2),
                Math.Round(value * Math.Exp(width), 2), RecordOf(tests[step - 1])));
        }
        Backtest[] all = [.. tests.SelectMany(t => t)];
        return new(months, Median(all, t => t.Error)!.Value, Median(all, t => t.NaiveError)!.Value, all.Length) { Start = series[^1] };
    }

    /// <summary>The change that was forecast, and the one that came.</summary>
    private readonly record struct Backtest(double Forecast, double Actual)
    {
        public double Error => Math.Abs(Forecast / Actual - 1);
        public double NaiveError => Math.Abs(1 / Actual - 1);
        public double LogError => Math.Abs(Math.Log(Actual / Forecast));
    }

    private static ForecastRecord RecordOf(List<Backtest> tests) => new(
        tests.Count, Median(tests, t => t.Error), Median(tests, t => t.NaiveError),
        tests.Count == 0 ? null : Math.Round(tests.Count(t => t.Error <= 0.05) / (double)tests.Count, 3));

    private static double? Median(IReadOnlyCollection<Backtest> tests, Func<Backtest, double> error) =>
        tests.Count == 0 ? null : Math.Round(Numbers.Median(tests.Select(error).ToArray().AsSpan()), 4);

    private static double At(double[] known, int step)
    {
        var slope = Math.Log(1 + (TrendLine.Of(known[Math.Max(0, known.Length - 12)..])?.PerMonth ?? 0));
        var level = known.Length >= 2 ? (Math.Log(known[^1]) + Math.Log(known[^2]) + slope) / 2 : Math.Log(known[^1]);
        return Math.Exp(level + slope * Fading * (1 - Math.Pow(Fading, step)) / (1 - Fading));
    }

    // A month without sales takes the last known level; leading ones are dropped.
    private static double[] Filled(IReadOnlyList<double> monthly)
    {
        var series = new List<double>();
        foreach (var value in monthly)
            if (value > 0 && double.IsFinite(value)) series.Add(value);
            else if (series.Count > 0) series.Add(series[^1]);
        return [.. series];
    }
}
