using System.Runtime.InteropServices;

namespace RealEstateOs.Valuation.Engine;

/// <summary>The nearest sales by coordinate, and those of them most like the subject.</summary>
internal sealed partial class LocalEvidence
{
    private readonly List<int> _near = new(512);
    private double[] _distances = new double[1024];

    private (double Level, double Count) Neighbours(in Subject subject, Span<float> features)
    {
        if (table.ByPlace is null || !float.IsFinite(subject.Latitude)) return (double.NaN, 0);
        table.ByPlace.Around(subject.Latitude, subject.Longitude, subject.Cell, subject.Cutoff, 150, _near);
        var n = 0;
        if (_distances.Length < _near.Count) _distances = new double[_near.Count * 2];
        for (var i = 0; i < _near.Count; i++)
        {
            var row = _near[i];
            if (!Usable(subject, row)) continue;
            _distances[n] = GeoGrid.Kilometres(subject.Latitude, subject.Longitude, table.Latitude[row], table.Longitude[row]);
            _near[n++] = row;
        }
        if (n == 0) return (double.NaN, 0);
        var rows = CollectionsMarshal.AsSpan(_near)[..n];
        _distances.AsSpan(0, n).Sort(rows);
        features[Features.Geo10] = (float)Nearest(subject, rows, 10);
        var thirty = Nearest(subject, rows, 30);
        features[Features.Geo30] = (float)thirty;
        features[Features.Geo100] = (float)Nearest(subject, rows, 100);
        features[Features.GeoDistance] = (float)_distances[Math.Min(n, 10) - 1];
        double sum = 0, total = 0, spread = 0;
        for (var i = 0; i < Math.Min(n, 150); i++)
        {
            var w = Likeness(subject, rows[i], _distances[i]);
            sum += w * (thirty + Math.Clamp(table.Adjusted[rows[i]] - thirty, -0.4, 0.4));
            spread += w * Math.Min(0.5, Math.Abs(table.Adjusted[rows[i]] - thirty));
            total += w;
        }
        if (total > 1e-9) (features[Features.GeoAlike], features[Features.GeoSpread]) = ((float)(sum / total), (float)(spread / total));
        return (thirty, Math.Min(n, 30));
    }

    private double Nearest(in Subject subject, ReadOnlySpan<int> rows, int count)
    {
        var n = Math.Min(count, rows.Length);
        for (var i = 0; i < n; i++) (_values[i], _weights[i]) = (table.Adjusted[rows[i]], 1 / (0.1 + _distances[i]));
        return Numbers.WeightedMedian(_values.AsSpan(0, n), _weights.AsSpan(0, n));
    }

    private double Likeness(in Subject subject, int row, double kilometres)
    {
        var other = table.Traits[row];
        var mine = subject.Traits;
        double Gap(int trait, double width)
        {
            var d = mine[trait] - other[trait];
            return float.IsNaN(d) ? 0 : d / width * (d / width);
        }
        var gap = Gap(TraitVector.LogSize, 0.35) + Gap(TraitVector.Grade, 1) + Gap(TraitVector.Age, 20) + Gap(TraitVector.View, 1.5)
            + Gap(TraitVector.LogLot, 0.8);
        return Math.Exp(-kilometres / 0.7 - 0.5 * gap);
    }
}
