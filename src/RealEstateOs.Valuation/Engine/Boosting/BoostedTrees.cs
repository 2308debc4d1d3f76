namespace RealEstateOs.Valuation.Engine.Boosting;

/// <summary>How the trees are grown.</summary>
internal sealed record BoostingOptions
{
    public int Trees { get; init; } = 300;
    public double LearningRate { get; init; } = 0.08;
    public int Leaves { get; init; } = 31;
    public int MinLeaf { get; init; } = 30;
    public double Ridge { get; init; } = 5;
    public double MinGain { get; init; } = 1e-9;
    public double RowShare { get; init; } = 0.5;
    public double FeatureShare { get; init; } = 0.4;
    /// <summary>
    /// Where the loss turns from square to absolute: residuals beyond count less and less, so that a bad row pulls little.
    /// </summary>
    public double Delta { get; init; } = 0.03;
    public ulong Seed { get; init; } = 1;
}

/// <summary>Gradient-boosted trees under a pseudo-Huber loss, by iteratively reweighted least squares: deterministic for a seed.</summary>
internal sealed class BoostedTrees(double start, double rate, RegressionTree[] trees)
{
    private readonly double _rate = rate;
    private int _forests = 1;

    private double Start => start;
    private RegressionTree[] Trees => trees;

    public double Predict(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (var tree in trees) sum += tree.Predict(row);
        return start + _rate / _forests * sum;
    }

    /// <summary>The mean of two forests with the same learning rate, as one; the left may itself be a mean.</summary>
    public BoostedTrees And(BoostedTrees other)
    {
        var share = 1.0 / (_forests + other._forests);
        return new((start * _forests + other.Start * other._forests) * share, _rate,
            [.. trees, .. other.Trees]) { _forests = _forests + other._forests };
    }

    public static BoostedTrees Train(float[][] rows, float[] target, float[]? rowWeight, int columns, BoostingOptions options,
        CancellationToken ct = default)
    {
        var matrix = BinnedMatrix.Build(rows, columns);
        var start = Numbers.Median([.. target]);
        var prediction = new double[rows.Length];
        Array.Fill(prediction, start);
        var gradient = new float[rows.Length];
        var weight = new float[rows.Length];
        var random = new SplitMix(options.Seed);
        var grower = new TreeGrower(matrix, options);
        var trees = new RegressionTree[options.Trees];
        var featureCount = Math.Max(1, (int)Math.Round(columns * options.FeatureShare));
        var features = Enumerable.Range(0, columns).Where(f => matrix.Edges[f].Length > 0).ToArray();
        featureCount = Math.Min(featureCount, features.Length);
        var sample = new int[rows.Length];
        for (var t = 0; t < options.Trees; t++)
        {
            ct.ThrowIfCancellationRequested();
            for (var i = 0; i < rows.Length; i++)
            {
                var residual = target[i] - prediction[i];
                var scaled = residual / options.Delta;
                var w = 1 / Math.Sqrt(1 + scaled * scaled) * (rowWeight?[i] ?? 1f);
                weight[i] = (float)w;
                gradient[i] = (float)(w * residual);
            }
            var taken = 0;
            for (var i = 0; i < rows.Length; i++)
                if (random.NextDouble() < options.RowShare) sample[taken++] = i;
            for (var i = 0; i < featureCount; i++)
            {
                var j = i + (int)(random.NextDouble() * (features.Length - i));
                (features[i], features[j]) = (features[j], features[i]);
            }
            var tree = grower.Grow(sample[..taken], gradient, weight, features[..featureCount]);
            trees[t] = tree;
            var rate = options.LearningRate;
            Parallel.For(0, (rows.Length + 4095) / 4096, block =>
            {
                for (var i = block * 4096; i < Math.Min(rows.Length, (block + 1) * 4096); i++)
                    prediction[i] += rate * tree.Predict(rows[i]);
            });
        }
        return new(start, options.LearningRate, trees);
    }

    public void Write(BinaryWriter to)
    {
        to.Write(start);
        to.Write(_rate / _forests);
        to.Write(trees.Length);
        foreach (var tree in trees) tree.Write(to);
    }

    public static BoostedTrees Read(BinaryReader from)
    {
        var (start, rate) = (from.ReadDouble(), from.ReadDouble());
        var trees = new RegressionTree[from.ReadInt32()];
        for (var i = 0; i < trees.Length; i++) trees[i] = RegressionTree.Read(from);
        return new(start, rate, trees);
    }
}
