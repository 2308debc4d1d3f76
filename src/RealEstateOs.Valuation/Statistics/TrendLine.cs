using RealEstateOs.Valuation.Engine;

namespace RealEstateOs.Valuation.Statistics;

/// <summary>A trend with its uncertainty: change a month as a share, and the interval that holds it in nine of ten resamples.</summary>
internal sealed record TrendLine(double PerMonth, double Low, double High, int Points)
{
    /// <summary>True where the interval leaves no doubt about the direction.</summary>
    public bool IsCertain => Low > 0 || High < 0;

    /// <summary>
    /// Theil–Sen on the logs: the median of all pairwise slopes, unmoved by a wild month; the interval from a block bootstrap of the
    /// residuals. Null under four points.
    /// </summary>
    /// <param name="monthly">Positive values by month; NaN where a month has none.</param>
    public static TrendLine? Of(IReadOnlyList<double> monthly)
    {
        List<double> x = [], y = [];
        for (var i = 0; i < monthly.Count; i++)
            if (monthly[i] > 0 && double.IsFinite(monthly[i]))
            {
                x.Add(i);
                y.Add(Math.Log(monthly[i]));
            }
        if (x.Count < 4) return null;
        var slope = Slope(x, y);
        var residual = new double[x.Count];
        for (var i = 0; i < x.Count; i++) residual[i] = y[i] - slope * x[i];
        var slopes = new double[400];
        var random = new SplitMix(17);
        // Neighbouring months err together: long series are resampled in blocks of a quarter.
        var block = x.Count >= 12 ? 3 : 1;
        var resampled = new double[x.Count];
        for (var b = 0; b < slopes.Length; b++)
        {
            for (var i = 0; i < x.Count; i += block)
            {
                var from = (int)(random.NextDouble() * (x.Count - block + 1));
                for (var k = 0; k < block && i + k < x.Count; k++) resampled[i + k] = slope * x[i + k] + residual[from + k];
            }
            slopes[b] = Slope(x, resampled);
        }
        Array.Sort(slopes);
        return new(Math.Exp(slope) - 1, Math.Exp(Numbers.Quantile(slopes, 0.05)) - 1,
            Math.Exp(Numbers.Quantile(slopes, 0.95)) - 1, x.Count);
    }

    private static double Slope(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var slopes = new double[x.Count * (x.Count - 1) / 2];
        var n = 0;
        for (var i = 0; i < x.Count; i++)
            for (var j = i + 1; j < x.Count; j++)
                slopes[n++] = (y[j] - y[i]) / (x[j] - x[i]);
        return Numbers.Median(slopes.AsSpan());
    }
}
