namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// How the market moved: a log index by ten days for ready and for off-plan homes, from sales of the same place, kind and bedrooms at
/// different times. Past the last sale it goes on with a part of the latest movement that fades: a market rarely turns in a day, nor runs
/// on for ever.
/// </summary>
internal sealed class PriceIndex
{
    public const int BinDays = 10;
    private const double Carry = 0.5;
    private readonly int _firstDay;
    private readonly float[][] _level;
    private readonly double[] _slopePerDay;
    private readonly int _lastDay;

    private PriceIndex(int firstDay, int lastDay, float[][] level, double[] slopePerDay) =>
        (_firstDay, _lastDay, _level, _slopePerDay) = (firstDay, lastDay, level, slopePerDay);

    /// <summary>Log index on a day; only differences mean something.</summary>
    public double At(int day, bool offPlan)
    {
        var level = _level[offPlan ? 1 : 0];
        var at = ((double)Math.Min(day, _lastDay) - _firstDay) / BinDays - 0.5;
        var low = Math.Clamp((int)Math.Floor(at), 0, level.Length - 1);
        var high = Math.Min(low + 1, level.Length - 1);
        var value = level[low] + Math.Clamp(at - low, 0, 1) * (level[high] - level[low]);
        var beyond = day - (_firstDay + (level.Length - 0.5) * BinDays);
        return beyond > 0 ? value + _slopePerDay[offPlan ? 1 : 0] * Fade(beyond) : value;
    }

    public static PriceIndex Fit(SaleTable table)
    {
        if (table.Count == 0) return new(0, 0, [[0], [0]], [0, 0]);
        var (first, last) = (table.Day[0], table.Day[^1]);
        var bins = (last - first) / BinDays + 1;
        var level = new float[2][];
        var slope = new double[2];
        for (var flag = 0; flag < 2; flag++)
            (level[flag], slope[flag]) = FitOne(table, flag, first, bins);
        return new(first, last, level, slope);
    }

    private static double Fade(double days) => 30 * (1 - Math.Exp(-days / 30));

    private static (float[] Level, double Slope) FitOne(SaleTable table, int flag, int first, int bins)
    {
        var groupOf = new Dictionary<(int, int, byte, int), int>();
        var rows = new List<(int Group, int Bin, float Y)>();
        for (var i = 0; i < table.Count; i++)
        {
            if ((table.Cell[i] & 1) != flag) continue;
            var bedrooms = table.Traits[i][TraitVector.Bedrooms];
            var key = (table.Project[i], table.Project[i] < 0 ? table.Area[i] : -1, table.Cell[i],
                float.IsNaN(bedrooms) ? -1 : (int)bedrooms);
            if (!groupOf.TryGetValue(key, out var group)) groupOf[key] = group = groupOf.Count;
            rows.Add((group, Math.Min(bins - 1, (table.Day[i] - first) / BinDays), table.Adjusted[i]));
        }
        var level = new float[bins];
        if (rows.Count < 100) return (level, 0);
        var mean = new double[groupOf.Count];
        var weight = new double[groupOf.Count];
        var sum = new double[bins];
        var count = new double[bins];
        for (var round = 0; round < 25; round++)
        {
            var previous = (double[])mean.Clone();
            Array.Clear(mean);
            Array.Clear(weight);
            foreach (var (group, bin, y) in rows)
            {
                var value = y - level[bin];
                var w = round == 0 ? 1 : Pull(value - previous[group]);
                mean[group] += w * value;
                weight[group] += w;
            }
            for (var g = 0; g < mean.Length; g++) mean[g] /= Math.Max(weight[g], 1e-9);
            Array.Clear(sum);
            Array.Clear(count);
            foreach (var (group, bin, y) in rows)
            {
                var value = y - mean[group];
                var w = Pull(value - level[bin]);
                sum[bin] += w * value;
                count[bin] += w;
            }
            Smooth(level, sum, count);
        }
        var slope = Trend(level);
        return (level, Carry * slope);
    }

    private static double Pull(double residual) => 1 / (1 + residual * residual / (0.08 * 0.08));

    // A bin of few sales leans on its neighbours.
    private static void Smooth(float[] level, double[] sum, double[] count)
    {
        const double Strength = 100;
        var bins = level.Length;
        for (var pass = 0; pass < 3; pass++)
            for (var b = 0; b < bins; b++)
            {
                double s = sum[b], c = count[b];
                if (b > 0) (s, c) = (s + Strength * level[b - 1], c + Strength);
                if (b < bins - 1) (s, c) = (s + Strength * level[b + 1], c + Strength);
                if (c > 0) level[b] = (float)(s / c);
            }
    }

    private static double Trend(float[] level)
    {
        var window = Math.Min(5, level.Length);
        if (window < 3) return 0;
        double sx = 0, sy = 0, sxx = 0, sxy = 0;
        for (var i = 0; i < window; i++)
        {
            var (x, y) = (i * (double)BinDays, (double)level[level.Length - window + i]);
            (sx, sy, sxx, sxy) = (sx + x, sy + y, sxx + x * x, sxy + x * y);
        }
        return (window * sxy - sx * sy) / (window * sxx - sx * sx);
    }

    public void Write(BinaryWriter to)
    {
        to.Write(_firstDay);
        to.Write(_lastDay);
        for (var flag = 0; flag < 2; flag++)
        {
            to.Write(_level[flag].Length);
            foreach (var value in _level[flag]) to.Write(value);
            to.Write(_slopePerDay[flag]);
        }
    }

    public static PriceIndex Read(BinaryReader from)
    {
        var (first, last) = (from.ReadInt32(), from.ReadInt32());
        var level = new float[2][];
        var slope = new double[2];
        for (var flag = 0; flag < 2; flag++)
        {
            level[flag] = new float[from.ReadInt32()];
            for (var i = 0; i < level[flag].Length; i++) level[flag][i] = from.ReadSingle();
            slope[flag] = from.ReadDouble();
        }
        return new(first, last, level, slope);
    }
}
