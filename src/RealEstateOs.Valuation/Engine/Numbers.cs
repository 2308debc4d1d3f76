namespace RealEstateOs.Valuation.Engine;

/// <summary>Small statistics that several parts share.</summary>
internal static class Numbers
{
    /// <summary>Median; reorders what it is given. NaN for nothing.</summary>
    public static double Median(Span<float> values)
    {
        if (values.IsEmpty) return double.NaN;
        values.Sort();
        var half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2.0;
    }

    /// <inheritdoc cref="Median(Span{float})"/>
    public static double Median(Span<double> values)
    {
        if (values.IsEmpty) return double.NaN;
        values.Sort();
        var half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /// <summary>Quantile of sorted values, interpolated.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty) return double.NaN;
        var at = Math.Clamp(share, 0, 1) * (sorted.Length - 1);
        var low = (int)at;
        return low + 1 >= sorted.Length ? sorted[^1] : sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]);
    }

    /// <summary>Weighted median of values sorted by the call; reorders both.</summary>
    public static double WeightedMedian(Span<double> values, Span<double> weights)
    {
        if (values.IsEmpty) return double.NaN;
        values.Sort(weights);
        double total = 0;
        foreach (var w in weights) total += w;
        double sum = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum >= total / 2) return values[i];
        }
        return values[^1];
    }
}
