using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// How the ranges did on the sales newer than the model, which it has not seen: where those of a class held too seldom of late they are
/// widened, where too often drawn in; homes and other kinds, ready and off-plan apart. A day stands on the days before it alone.
/// </summary>
internal sealed class RangeRecord
{
    // The latest so many sales of a class speak; the model's own measurement counts as so many.
    private const int Window = 300, Model = 30;
    private const double Most = 2;
    private readonly Dictionary<(bool Home, bool OffPlan, ConfidenceClass Class), (int Day, double Widening)[]> _after = [];

    /// <param name="cases">Estimates beside the sales they were made for, each from what was known before it.</param>
    /// <param name="calibration">The model's own.</param>
    public static RangeRecord Of(IReadOnlyList<HeldOut> cases, Calibration calibration) =>
        Of(cases.Select(c =>
        {
            var trust = calibration.Of(c.Features, c.OffPlan);
            return new RangeTried(c.Day, IsHome((PropertyKind)(int)c.Features[Features.Kind]), c.OffPlan, trust.Class,
                Math.Abs(c.Residual) / trust.HalfWidth);
        }));

    public static RangeRecord Of(IEnumerable<RangeTried> tried)
    {
        var record = new RangeRecord();
        foreach (var own in tried.GroupBy(t => (t.Home, t.OffPlan, t.Class))) record._after[own.Key] = [.. Steps(own)];
        return record;
    }

    /// <summary>What the half of a range is multiplied by on a day.</summary>
    public double Widening(PropertyKind home, bool offPlan, ConfidenceClass kind, int day)
    {
        if (!_after.TryGetValue((IsHome(home), offPlan, kind), out var after)) return 1;
        var at = Array.FindLastIndex(after, step => step.Day < day);
        return at < 0 ? 1 : after[at].Widening;
    }

    private static IEnumerable<(int, double)> Steps(IEnumerable<RangeTried> tried)
    {
        var latest = new Queue<double[]>();
        var count = 0;
        foreach (var day in tried.GroupBy(t => t.Day).OrderBy(d => d.Key))
        {
            var errors = day.Select(t => t.Error).ToArray();
            latest.Enqueue(errors);
            count += errors.Length;
            // Whole days: which of a day came first nobody knows.
            while (count - latest.Peek().Length >= Window) count -= latest.Dequeue().Length;
            var held = Math.Clamp(Numbers.Quantile([.. latest.SelectMany(d => d).Order()], Calibration.Aimed), 1 / Most, Most);
            yield return (day.Key, Math.Pow(held, count / (double)(count + Model)));
        }
    }

    private static bool IsHome(PropertyKind kind) =>
        kind is PropertyKind.Flat or PropertyKind.HotelApartment or PropertyKind.Villa or PropertyKind.House;
}

/// <summary>A sale beside the range that the model gave for it; <see cref="Error"/> is 1 at the end of the range.</summary>
internal readonly record struct RangeTried(int Day, bool Home, bool OffPlan, ConfidenceClass Class, double Error);
