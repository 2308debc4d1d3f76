namespace RealEstateOs.Valuation.Engine.Boosting;

/// <summary>A feature table with every column cut into at most 255 bins at its quantiles; bin 0 holds what is missing.</summary>
internal sealed class BinnedMatrix
{
    private const int MaxBins = 128;

    private BinnedMatrix(int rows, byte[][] bins, float[][] edges)
    {
        Rows = rows;
        Bins = bins;
        Edges = edges;
    }

    public int Rows { get; }
    /// <summary>By column, then row.</summary>
    public byte[][] Bins { get; }
    /// <summary>Upper edge of bin b + 1 at index b: a value falls in the first bin whose edge is not below it.</summary>
    public float[][] Edges { get; }

    public static BinnedMatrix Build(float[][] rows, int columns)
    {
        var bins = new byte[columns][];
        var edges = new float[columns][];
        Parallel.For(0, columns, column =>
        {
            edges[column] = Cut(rows, column);
            var cuts = edges[column];
            var target = new byte[rows.Length];
            for (var i = 0; i < rows.Length; i++)
                target[i] = Bin(cuts, rows[i][column]);
            bins[column] = target;
        });
        return new(rows.Length, bins, edges);
    }

    public static byte Bin(float[] cuts, float value)
    {
        if (float.IsNaN(value)) return 0;
        int low = 0, high = cuts.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (cuts[middle] < value) low = middle + 1; else high = middle;
        }
        return (byte)(low + 1);
    }

    private static float[] Cut(float[][] rows, int column)
    {
        var step = Math.Max(1, rows.Length / 40_000);
        var sample = new List<float>(rows.Length / step + 1);
        for (var i = 0; i < rows.Length; i += step)
            if (!float.IsNaN(rows[i][column]))
                sample.Add(rows[i][column]);
        sample.Sort();
        var cuts = new List<float>(MaxBins);
        for (var b = 1; b < MaxBins && sample.Count > 0; b++)
        {
            var at = sample[(int)((long)b * (sample.Count - 1) / MaxBins)];
            if (cuts.Count == 0 || at > cuts[^1]) cuts.Add(at);
        }
        return [.. cuts];
    }
}
