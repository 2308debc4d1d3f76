using RealEstateOs.Valuation.Engine.Boosting;

namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// An estimate held against the sale it was made for: what is left, in logs, what it stood on, the place (project or area) whose sales err
/// alike, and the day.
/// </summary>
internal readonly record struct HeldOut(float[] Features, double Residual, bool OffPlan, int Place, int Day);

/// <summary>
/// How far to trust an estimate, measured on held-out sales: a second forest learns the expected size of the error from the evidence;
/// classes are cut by it; within each class the range is widened until four of five held-out sales lie inside (split conformal), ready and
/// off-plan apart.
/// </summary>
internal sealed class Calibration
{
    private const double HighBelow = 0.085, MediumBelow = 0.17;
    private const int Bins = 12, MinCases = 60, Folds = 5;
    /// <summary>Of five sales four shall lie in the range.</summary>
    public const double Aimed = 0.8;
    private readonly BoostedTrees _errorSize;
    private readonly double[] _multiplier;
    private readonly double[][] _binEdge;
    private readonly (double Within10, double Fsd, int Cases)[][] _bin;
    // Expected error at the 68th percentile, per unit of the forest's own scale.
    private readonly double[] _scale;

    private Calibration(BoostedTrees errorSize, double[] scale, double[] multiplier, double[][] binEdge, (double, double, int)[][] bin) =>
        (_errorSize, _scale, _multiplier, _binEdge, _bin) = (errorSize, scale, multiplier, binEdge, bin);

    /// <summary>Half width of the 80 % range in logs, with class and confidence.</summary>
    public Trust Of(ReadOnlySpan<float> features, bool offPlan)
    {
        var flag = offPlan ? 1 : 0;
        var size = Math.Exp(_errorSize.Predict(features));
        var kind = ClassOf(size * _scale[flag]);
        var edges = _binEdge[flag];
        var at = Array.BinarySearch(edges, size);
        var bin = _bin[flag][Math.Min(at < 0 ? ~at : at, _bin[flag].Length - 1)];
        return new(kind, size * _multiplier[flag * 3 + (int)kind], bin.Within10, bin.Fsd, bin.Cases);
    }

    /// <summary>For a home like none that sold: no measurement holds for it, so no better than the least that was measured.</summary>
    public Trust Least(ReadOnlySpan<float> features, bool offPlan)
    {
        var flag = offPlan ? 1 : 0;
        var bin = _bin[flag][^1];
        var size = Math.Max(Math.Exp(_errorSize.Predict(features)),
            Math.Max(MediumBelow / _scale[flag], _binEdge[flag].Length > 0 ? _binEdge[flag][^1] : 0));
        return new(ConfidenceClass.Low, size * _multiplier[flag * 3 + (int)ConfidenceClass.Low], bin.Within10, bin.Fsd, bin.Cases);
    }

    public static Calibration Fit(IReadOnlyList<HeldOut> cases, CancellationToken ct)
    {
        var options = new BoostingOptions { Trees = 120, LearningRate = 0.07, Leaves = 12, MinLeaf = 60, Delta = 1, Ridge = 20 };
        var features = new float[cases.Count][];
        var target = new float[cases.Count];
        for (var i = 0; i < cases.Count; i++)
            (features[i], target[i]) = (cases[i].Features, (float)Math.Log(Math.Min(Math.Abs(cases[i].Residual), 0.7) + 0.005));
        // Scores come from forests that did not see the case, nor its neighbours of the same project, who err alike: every fifth of the
        // places by a forest of the others.
        var expected = new double[cases.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            var learn = Enumerable.Range(0, cases.Count).Where(i => FoldOf(cases[i].Place) != fold).ToArray();
            if (learn.Length == 0) continue;
            var forest = BoostedTrees.Train([.. learn.Select(i => features[i])], [.. learn.Select(i => target[i])], null, Features.Count,
                options, ct);
            for (var i = 0; i < cases.Count; i++)
                if (FoldOf(cases[i].Place) == fold) expected[i] = Math.Exp(forest.Predict(features[i]));
        }
        var whole = BoostedTrees.Train(features, target, null, Features.Count, options, ct);
        var scale = new double[2];
        var multiplier = new double[6];
        var edges = new double[2][];
        var bins = new (double, double, int)[2][];
        for (var flag = 0; flag < 2; flag++)
        {
            var own = Enumerable.Range(0, cases.Count).Where(i => cases[i].OffPlan == (flag == 1)).ToArray();
            if (own.Length < MinCases) own = [.. Enumerable.Range(0, cases.Count)];
            scale[flag] = QuantileOf(cases, expected, own, 0.68);
            for (var kind = 0; kind < 3; kind++)
            {
                var mine = own.Where(i => (int)ClassOf(expected[i] * scale[flag]) == kind).ToArray();
                multiplier[flag * 3 + kind] = QuantileOf(cases, expected, mine.Length >= MinCases ? mine : own, Aimed);
            }
            (edges[flag], bins[flag]) = Binned(cases, expected, own);
        }
        return new(whole, scale, multiplier, edges, bins);
    }

    private static int FoldOf(int place) => (int)(new SplitMix((ulong)place * 31 + 7).Next() % Folds);

    private static ConfidenceClass ClassOf(double expectedError) =>
        expectedError < HighBelow ? ConfidenceClass.High : expectedError < MediumBelow ? ConfidenceClass.Medium : ConfidenceClass.Low;

    private static double QuantileOf(IReadOnlyList<HeldOut> cases, double[] expected, int[] rows, double share)
    {
        var scores = rows.Select(i => Math.Abs(cases[i].Residual) / expected[i]).ToArray();
        Array.Sort(scores);
        // The conformal correction: one case more than was seen.
        return scores.Length == 0 ? 1 : Numbers.Quantile(scores, Math.Min(1, share * (scores.Length + 1) / scores.Length));
    }

    private static (double[], (double, double, int)[]) Binned(IReadOnlyList<HeldOut> cases, double[] expected, int[] rows)
    {
        var order = rows.OrderBy(i => expected[i]).ToArray();
        var count = Math.Clamp(order.Length / 50, 1, Bins);
        var edges = new double[count - 1];
        var bins = new (double, double, int)[count];
        for (var b = 0; b < count; b++)
        {
            var from = (int)((long)order.Length * b / count);
            var to = (int)((long)order.Length * (b + 1) / count);
            var errors = new double[to - from];
            for (var i = from; i < to; i++) errors[i - from] = Math.Abs(Math.Exp(-cases[order[i]].Residual) - 1);
            Array.Sort(errors);
            bins[b] = (errors.Length == 0 ? 0 : errors.Count(e => e <= 0.1) / (double)errors.Length, Numbers.Quantile(errors, 0.68),
                errors.Length);
            if (b < count - 1) edges[b] = expected[order[to]];
        }
        // More expected error never means more confidence: what noise reversed is levelled.
        for (var b = 1; b < count; b++)
            bins[b] = (Math.Min(bins[b].Item1, bins[b - 1].Item1), Math.Max(bins[b].Item2, bins[b - 1].Item2), bins[b].Item3);
        return (edges, bins);
    }

    public void Write(BinaryWriter to)
    {
        _errorSize.Write(to);
        foreach (var value in _scale) to.Write(value);
        foreach (var value in _multiplier) to.Write(value);
        for (var flag = 0; flag < 2; flag++)
        {
            to.Write(_bin[flag].Length);
            foreach (var edge in _binEdge[flag]) to.Write(edge);
            foreach (var (within10, fsd, cases) in _bin[flag])
            {
                to.Write(within10);
                to.Write(fsd);
                to.Write(cases);
            }
        }
    }

    public static Calibration Read(BinaryReader from)
    {
        var forest = BoostedTrees.Read(from);
        double[] scale = [from.ReadDouble(), from.ReadDouble()];
        var multiplier = new double[6];
        for (var i = 0; i < 6; i++) multiplier[i] = from.ReadDouble();
        var edges = new double[2][];
        var bins = new (double, double, int)[2][];
        for (var flag = 0; flag < 2; flag++)
        {
            bins[flag] = new (double, double, int)[from.ReadInt32()];
            edges[flag] = new double[Math.Max(0, bins[flag].Length - 1)];
            for (var i = 0; i < edges[flag].Length; i++) edges[flag][i] = from.ReadDouble();
            for (var i = 0; i < bins[flag].Length; i++) bins[flag][i] = (from.ReadDouble(), from.ReadDouble(), from.ReadInt32());
        }
        return new(forest, scale, multiplier, edges, bins);
    }
}

/// <summary>Trust in one estimate.</summary>
internal readonly record struct Trust(ConfidenceClass Class, double HalfWidth, double Within10, double Fsd, int Cases);
