namespace RealEstateOs.Valuation.Engine.Boosting;

/// <summary>Grows one tree, best leaf first, on histograms of weighted residuals; a child's sibling is the parent less the child.</summary>
internal sealed class TreeGrower(BinnedMatrix matrix, BoostingOptions options)
{
    private const int Width = 129;

    private sealed class Leaf
    {
        public required int Node;
        public required int Start;
        public required int Count;
        public required double[] Histogram;
        public double Sum;
        public double Weight;
        public double Gain = double.NegativeInfinity;
        public int Feature = -1;
        public int Bin;
    }

    private readonly Stack<double[]> _spare = new();
    private int[] _scratch = [];

    /// <param name="rows">Rows of this tree's sample; reordered.</param>
    /// <param name="gradient">Weighted residual by row.</param>
    /// <param name="weight">Weight by row.</param>
    /// <param name="features">Columns this tree may split on.</param>
    public RegressionTree Grow(int[] rows, float[] gradient, float[] weight, int[] features)
    {
        if (_scratch.Length < rows.Length) _scratch = new int[rows.Length];
        var capacity = 2 * options.Leaves;
        var (feature, threshold, left, right, value) = (new int[capacity], new float[capacity], new int[capacity], new int[capacity],
            new float[capacity]);
        Array.Fill(feature, -1);
        var nodes = 1;
        var root = new Leaf { Node = 0, Start = 0, Count = rows.Length, Histogram = Rent() };
        Accumulate(root, rows, gradient, weight, features);
        (root.Sum, root.Weight) = Totals(root.Histogram, features[0]);
        FindSplit(root, features);
        var open = new List<Leaf> { root };
        value[0] = (float)(root.Sum / (root.Weight + options.Ridge));
        while (nodes + 2 <= capacity - 1)
        {
            var best = Best(open);
            if (best is null) break;
            open.Remove(best);
            var cut = Partition(rows, best);
            feature[best.Node] = best.Feature;
            threshold[best.Node] = matrix.Edges[best.Feature][best.Bin - 1];
            var low = new Leaf { Node = nodes++, Start = best.Start, Count = cut - best.Start, Histogram = null! };
            var high = new Leaf { Node = nodes++, Start = cut, Count = best.Start + best.Count - cut, Histogram = null! };
            left[best.Node] = low.Node;
            right[best.Node] = high.Node;
            var (small, large) = low.Count <= high.Count ? (low, high) : (high, low);
            small.Histogram = Rent();
            Accumulate(small, rows, gradient, weight, features);
            Subtract(best.Histogram, small.Histogram, features);
            large.Histogram = best.Histogram;
            foreach (var leaf in (ReadOnlySpan<Leaf>)[low, high])
            {
                (leaf.Sum, leaf.Weight) = Totals(leaf.Histogram, features[0]);
                value[leaf.Node] = (float)(leaf.Sum / (leaf.Weight + options.Ridge));
                if (leaf.Count >= 2 * options.MinLeaf) FindSplit(leaf, features);
                open.Add(leaf);
            }
        }
        foreach (var leaf in open) _spare.Push(leaf.Histogram);
        return new(feature[..nodes], threshold[..nodes], left[..nodes], right[..nodes], value[..nodes]);
    }

    private static Leaf? Best(List<Leaf> open)
    {
        Leaf? best = null;
        foreach (var leaf in open)
            if (leaf.Feature >= 0 && (best is null || leaf.Gain > best.Gain)) best = leaf;
        return best;
    }

    private double[] Rent()
    {
        if (!_spare.TryPop(out var histogram)) return new double[matrix.Bins.Length * Width * 3];
        Array.Clear(histogram);
        return histogram;
    }

    private void Accumulate(Leaf leaf, int[] rows, float[] gradient, float[] weight, int[] features)
    {
        var (start, count, histogram) = (leaf.Start, leaf.Count, leaf.Histogram);
        void Column(int f)
        {
            var column = matrix.Bins[f];
            var into = histogram.AsSpan(f * Width * 3, Width * 3);
            foreach (var row in rows.AsSpan(start, count))
            {
                var at = column[row] * 3;
                into[at] += gradient[row];
                into[at + 1] += weight[row];
                into[at + 2]++;
            }
        }
        if (count * features.Length < 50_000)
            foreach (var f in features) Column(f);
        else
            Parallel.ForEach(features, Column);
    }

    private static void Subtract(double[] parent, double[] child, int[] features)
    {
        foreach (var f in features)
        {
            var from = parent.AsSpan(f * Width * 3, Width * 3);
            var less = child.AsSpan(f * Width * 3, Width * 3);
            for (var i = 0; i < from.Length; i++) from[i] -= less[i];
        }
    }

    private static (double Sum, double Weight) Totals(double[] histogram, int feature)
    {
        double sum = 0, weight = 0;
        var span = histogram.AsSpan(feature * Width * 3, Width * 3);
        for (var i = 0; i < span.Length; i += 3)
        {
            sum += span[i];
            weight += span[i + 1];
        }
        return (sum, weight);
    }

    private void FindSplit(Leaf leaf, int[] features)
    {
        var ridge = options.Ridge;
        var whole = leaf.Sum * leaf.Sum / (leaf.Weight + ridge);
        leaf.Gain = options.MinGain;
        foreach (var f in features)
        {
            var span = leaf.Histogram.AsSpan(f * Width * 3, Width * 3);
            var bins = matrix.Edges[f].Length;
            double sum = 0, weight = 0, count = 0;
            for (var b = 0; b <= bins; b++)
            {
                sum += span[b * 3];
                weight += span[b * 3 + 1];
                count += span[b * 3 + 2];
                if (b == 0 || count < options.MinLeaf) continue;
                if (leaf.Count - count < options.MinLeaf) break;
                var rest = leaf.Sum - sum;
                var gain = sum * sum / (weight + ridge) + rest * rest / (leaf.Weight - weight + ridge) - whole;
                if (gain <= leaf.Gain) continue;
                (leaf.Gain, leaf.Feature, leaf.Bin) = (gain, f, b);
            }
        }
    }

    private int Partition(int[] rows, Leaf leaf)
    {
        var column = matrix.Bins[leaf.Feature];
        int low = leaf.Start, high = 0;
        for (var i = leaf.Start; i < leaf.Start + leaf.Count; i++)
        {
            var row = rows[i];
            if (column[row] <= leaf.Bin) rows[low++] = row; else _scratch[high++] = row;
        }
        Array.Copy(_scratch, 0, rows, low, high);
        return low;
    }
}
