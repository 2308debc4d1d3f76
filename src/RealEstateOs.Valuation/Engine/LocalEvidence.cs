using RealEstateOs.Valuation.MarketData;
namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// What the sales around a home say, at each distance (project, area, neighbours by coordinate, city), and the base estimate that shrinks
/// the near, thin evidence towards the wide. Everything is in "adjusted" log price per square metre: without market movement and own
/// traits. Not thread-safe: one per thread.
/// </summary>
internal sealed partial class LocalEvidence(SaleTable table, CityLevels city)
{
    private const int MaxScan = 1000;
    private readonly double[] _values = new double[MaxScan];
    private readonly double[] _weights = new double[MaxScan];

    /// <summary>Fills the features of a subject and answers the levels down to the base estimate.</summary>
    public LocalLevels Describe(in Subject subject, double worth, Span<float> features)
    {
        features.Fill(float.NaN);
        var otherCell = (byte)(subject.Cell ^ 1);
        var cityLevel = city.Of(subject.Cell, subject.Traits[TraitVector.Bedrooms]);
        var areaRows = Before(table.ByArea.Rows(subject.Area, subject.Cell), subject.Cutoff);
        var projectRows = Before(table.ByProject.Rows(subject.Project, subject.Cell), subject.Cutoff);

        var area = Wide(subject, areaRows);
        var level = Shrink(area.Level, area.Count, cityLevel, 3);
        var geo = Neighbours(subject, features);
        level = Shrink(geo.Level, geo.Count, level, 4);
        var areaLevel = level;
        var brand = Wide(subject, Before(table.ByBrand.Rows(subject.Brand, subject.Cell), subject.Cutoff));
        var family = Wide(subject, Before(table.ByFamily.Rows(subject.Family, subject.Cell), subject.Cutoff));
        // Sister projects: close to the truth, never the project itself, however many they are.
        level = Shrink(brand.Level, Math.Min(brand.Count, 10), level, 10);
        level = Shrink(family.Level, Math.Min(family.Count, 10), level, 4);
        var project = Wide(subject, projectRows);
        var projectOther = Wide(subject, Before(table.ByProject.Rows(subject.Project, otherCell), subject.Cutoff));
        if (project.Count < 1 && projectOther.Count > 0) level = Shrink(projectOther.Level, Math.Min(projectOther.Count, 6), level, 4);
        level = Shrink(project.Level, project.Count, level, 1.5);
        // A developer sells from a list: homes of the very same size in the project nearly fix the price.
        if ((subject.Cell & 1) == 1)
        {
            var layout = Layout(subject);
            level = Shrink(layout.Level, layout.Count, level, 1);
        }

        Put(features, Features.ProjectWide, project.Level - level);
        features[Features.ProjectCount] = (float)project.Count;
        Put(features, Features.ProjectSpread, project.Spread);
        Put(features, Features.ProjectOther, projectOther.Level - level);
        features[Features.ProjectOtherCount] = (float)projectOther.Count;
        Kernels(subject, projectRows, project.Level, level, features);
        Exact(subject, table.ByProject.OfSize(subject.Project, subject.Cell, subject.Traits[TraitVector.LogSize], 0.004f), level, features,
            Features.ProjectExact, Features.ProjectExactCount, Features.ProjectExactSpread, Features.ProjectExactAge);

        NearestSizes(subject, table.ByProject, subject.Project, 10, level, features, Features.ProjectTen, Features.ProjectTenGap,
            Features.ProjectTenSpread);
        NearestSizes(subject, table.ByProject, subject.Project, 4, level, features, Features.ProjectFour, -1, -1);
        NearestSizes(subject, table.ByArea, subject.Area, 10, level, features, Features.AreaTen, -1, -1);
        var otherExact = Mean(subject, table.ByProject.OfSize(subject.Project, otherCell, subject.Traits[TraitVector.LogSize], 0.004f),
            projectOther.Level, 1, 1, 90);
        Put(features, Features.ProjectOtherExact, otherExact.Level - level);

        Put(features, Features.Family, family.Level - level);
        features[Features.FamilyCount] = (float)family.Count;
        NearestSizes(subject, table.ByFamily, subject.Family, 10, level, features, Features.FamilyTen, -1, -1);
        Put(features, Features.Brand, brand.Level - level);
        features[Features.BrandCount] = (float)brand.Count;
        NearestSizes(subject, table.ByBrand, subject.Brand, 10, level, features, Features.BrandTen, -1, -1);
        Put(features, Features.FamilyOther,
            Wide(subject, Before(table.ByFamily.Rows(subject.Family, otherCell), subject.Cutoff)).Level - level);
        Exact(subject, table.ByProject.OfSize(subject.Project, subject.Cell, subject.Traits[TraitVector.LogSize], 0.0003f), level, features,
            Features.ProjectSame, Features.ProjectSameCount, -1, -1);
        Exact(subject, table.ByArea.OfSize(subject.Area, subject.Cell, subject.Traits[TraitVector.LogSize], 0.0003f), level, features,
            Features.AreaSame, Features.AreaSameCount, -1, -1);
        Put(features, Features.ProjectThreeDays, Mean(subject, projectRows, project.Level, 0.12, 0.25, 3).Level - level);
        Last(subject, table.ByProject.OfSize(subject.Project, subject.Cell, subject.Traits[TraitVector.LogSize], 0.004f), level, features);
        if ((subject.Cell & 1) == 0) Put(features, Features.ProjectResale, Wide(subject, projectRows, true).Level - level);

        Put(features, Features.AreaWide, area.Level - level);
        features[Features.AreaCount] = (float)area.Count;
        Put(features, Features.AreaSpread, area.Spread);
        var recent = Mean(subject, areaRows, area.Level, 0.2, 0.3, 15);
        Put(features, Features.AreaRecent, recent.Level - level);
        features[Features.AreaRecentCount] = (float)recent.Count;
        Exact(subject, table.ByArea.OfSize(subject.Area, subject.Cell, subject.Traits[TraitVector.LogSize], 0.0015f), level, features,
            Features.AreaExact, Features.AreaExactCount, Features.AreaExactSpread, -1);
        Put(features, Features.AreaOther, Wide(subject, Before(table.ByArea.Rows(subject.Area, otherCell), subject.Cutoff)).Level - level);

        features[Features.Level] = (float)level;
        features[Features.Worth] = (float)worth;
        features[Features.Kind] = subject.Cell >> 1;
        features[Features.OffPlan] = subject.Cell & 1;
        features[Features.FreeHold] = subject.FreeHold;
        features[Features.Latitude] = subject.Latitude;
        features[Features.Longitude] = subject.Longitude;
        features[Features.Slant] = subject.Latitude + subject.Longitude;
        subject.Traits.CopyTo(features[Features.Traits..]);
        for (var k = Features.Geo10; k <= Features.GeoAlike; k++)
            if (!float.IsNaN(features[k])) features[k] -= (float)level;
        return new(cityLevel, areaLevel, level, area.Count, project.Count);
    }

    private (double Level, double Count) Layout(in Subject subject)
    {
        var n = 0;
        foreach (var row in table.ByProject.OfSize(subject.Project, subject.Cell, subject.Traits[TraitVector.LogSize], 0.004f))
        {
            if (n == MaxScan) break;
            if (!Usable(subject, row)) continue;
            (_values[n], _weights[n++]) = (table.Adjusted[row], Recency(subject, row, 45));
        }
        return n == 0 ? (double.NaN, 0) : (Numbers.WeightedMedian(_values.AsSpan(0, n), _weights.AsSpan(0, n)), n);
    }

    private static double Shrink(double near, double count, double wide, double strength) =>
        count <= 0 || double.IsNaN(near) ? wide : (count * near + strength * wide) / (count + strength);

    private static void Put(Span<float> features, int at, double value)
    {
        if (!double.IsNaN(value)) features[at] = (float)value;
    }

    // Oldest first: what was registered before the cutoff is a head of the list, and its end the latest of it.
    private ReadOnlySpan<int> Before(ReadOnlySpan<int> rows, int cutoff)
    {
        int low = 0, high = rows.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (table.Day[rows[middle]] < cutoff) low = middle + 1; else high = middle;
        }
        return rows[..low];
    }

    private bool Usable(in Subject subject, int row) =>
        table.Day[row] < subject.Cutoff && row != subject.Self && (subject.Property < 0 || table.Property[row] != subject.Property);

    private static double RoomsFactor(float mine, float other, double mismatch) =>
        mine == other || float.IsNaN(mine) && float.IsNaN(other) ? 1
            : float.IsNaN(mine) || float.IsNaN(other) ? Math.Sqrt(mismatch) : mismatch;

    /// <summary>Robust level of a group: weighted median by likeness in size, bedrooms and time.</summary>
    private (double Level, double Count, double Spread) Wide(in Subject subject, ReadOnlySpan<int> rows, bool resale = false)
    {
        var n = 0;
        double sum = 0, squares = 0;
        var size = subject.Traits[TraitVector.LogSize];
        var bedrooms = subject.Traits[TraitVector.Bedrooms];
        for (var i = rows.Length - 1; i >= 0 && n < 250 && rows.Length - i < MaxScan; i--)
        {
            var row = rows[i];
            if (!Usable(subject, row) || resale && table.Sales[row].SaleKind != SaleKind.Resale) continue;
            var traits = table.Traits[row];
            var d = (traits[TraitVector.LogSize] - size) / 0.3;
            var w = Math.Exp(-0.5 * d * d) * RoomsFactor(bedrooms, traits[TraitVector.Bedrooms], 0.4) * Recency(subject, row, 180);
            if (w < 0.01) continue;
            (_values[n], _weights[n++]) = (table.Adjusted[row], w);
            (sum, squares) = (sum + w, squares + w * w);
        }
        if (n == 0) return (double.NaN, 0, double.NaN);
        var values = _values.AsSpan(0, n);
        var weights = _weights.AsSpan(0, n);
        var median = Numbers.WeightedMedian(values, weights);
        for (var i = 0; i < n; i++) values[i] = Math.Abs(values[i] - median);
        return (median, sum * sum / squares, n < 3 ? double.NaN : Numbers.WeightedMedian(values, weights));
    }

    /// <summary>Weighted mean of a group under a narrower kernel; what is far from the robust level is drawn to it.</summary>
    private (double Level, double Count) Mean(in Subject subject, ReadOnlySpan<int> rows, double centre, double sizeWidth, double mismatch,
        double halfLife)
    {
        double sum = 0, total = 0;
        var size = subject.Traits[TraitVector.LogSize];
        var bedrooms = subject.Traits[TraitVector.Bedrooms];
        for (var i = rows.Length - 1; i >= 0 && rows.Length - i < MaxScan; i--)
        {
            var row = rows[i];
            if (!Usable(subject, row)) continue;
            var traits = table.Traits[row];
            var d = (traits[TraitVector.LogSize] - size) / sizeWidth;
            if (d is > 3 or < -3) continue;
            var w = Math.Exp(-0.5 * d * d) * RoomsFactor(bedrooms, traits[TraitVector.Bedrooms], mismatch) * Recency(subject,
                row, halfLife);
            if (w < 1e-4) continue;
            sum += w * (centre + Math.Clamp(table.Adjusted[row] - centre, -0.3, 0.3));
            total += w;
        }
        return total > 0 ? (sum / total, total) : (double.NaN, 0);
    }

    private void Kernels(in Subject subject, ReadOnlySpan<int> rows, double centre, double level, Span<float> features)
    {
        if (double.IsNaN(centre)) return;
        var narrow = Mean(subject, rows, centre, 0.035, 0.1, 60);
        Put(features, Features.ProjectNarrow, narrow.Level - level);
        features[Features.ProjectNarrowCount] = (float)narrow.Count;
        var recent = Mean(subject, rows, centre, 0.12, 0.25, 10);
        Put(features, Features.ProjectRecent, recent.Level - level);
        features[Features.ProjectRecentCount] = (float)recent.Count;
        rows = rows[Math.Max(0, rows.Length - MaxScan)..];
        int first = -1, last = -1, all = 0;
        double sizes = 0, slopeX = 0, slopeXy = 0;
        foreach (var row in rows)
        {
            if (!Usable(subject, row)) continue;
            if (first < 0) first = table.Day[row];
            last = table.Day[row];
            all++;
            sizes += table.Traits[row][TraitVector.LogSize];
        }
        if (all == 0) return;
        var middle = sizes / all;
        foreach (var row in rows)
        {
            if (!Usable(subject, row)) continue;
            var x = table.Traits[row][TraitVector.LogSize] - middle;
            slopeX += x * x;
            slopeXy += x * Math.Clamp(table.Adjusted[row] - centre, -0.3, 0.3);
        }
        features[Features.ProjectLife] = subject.Day - first;
        features[Features.ProjectIdle] = subject.Day - last;
        features[Features.ProjectAll] = all;
        features[Features.ProjectSize] = (float)(subject.Traits[TraitVector.LogSize] - middle);
        features[Features.ProjectTilt] = (float)(slopeXy / (slopeX + 0.3) * (subject.Traits[TraitVector.LogSize] - middle));
    }

    /// <summary>Homes of the very same size are mostly the same layout, floors apart.</summary>
    private void Exact(in Subject subject, ReadOnlySpan<int> rows, double level, Span<float> features, int at, int countAt,
        int spreadAt, int ageAt)
    {
        var n = 0;
        var latest = int.MinValue;
        foreach (var row in rows)
        {
            if (n == MaxScan) break;
            if (!Usable(subject, row)) continue;
            (_values[n], _weights[n++]) = (table.Adjusted[row], Recency(subject, row, 45));
            latest = Math.Max(latest, table.Day[row]);
        }
        features[countAt] = n;
        if (n == 0) return;
        var values = _values.AsSpan(0, n);
        var weights = _weights.AsSpan(0, n);
        var median = Numbers.WeightedMedian(values, weights);
        Put(features, at, median - level);
        if (ageAt >= 0) features[ageAt] = subject.Day - latest;
        if (spreadAt < 0 || n < 3) return;
        for (var i = 0; i < n; i++) values[i] = Math.Abs(values[i] - median);
        Put(features, spreadAt, Numbers.WeightedMedian(values, weights));
    }

    /// <summary>What the latest three homes of the very same size brought.</summary>
    private void Last(in Subject subject, ReadOnlySpan<int> rows, double level, Span<float> features)
    {
        Span<int> latest = [-1, -1, -1];
        foreach (var row in rows)
        {
            if (!Usable(subject, row)) continue;
            if (row > latest[0]) (latest[0], latest[1], latest[2]) = (row, latest[0], latest[1]);
            else if (row > latest[1]) (latest[1], latest[2]) = (row, latest[1]);
            else if (row > latest[2]) latest[2] = row;
        }
        var (sum, n) = (0.0, 0);
        foreach (var row in latest)
            if (row >= 0) (sum, n) = (sum + table.Adjusted[row], n + 1);
        if (n > 0) Put(features, Features.ProjectLast, sum / n - level);
    }

    /// <summary>Median of the sales nearest in size, with the same bedrooms where there are enough.</summary>
    private void NearestSizes(in Subject subject, PlaceGroups groups, int place, int count, double level, Span<float> features, int at,
        int gapAt, int spreadAt)
    {
        var size = subject.Traits[TraitVector.LogSize];
        var rows = groups.BySize(place, subject.Cell, size, out var sizes, out var high);
        var bedrooms = subject.Traits[TraitVector.Bedrooms];
        var (low, n, gap, scanned) = (high - 1, 0, 0.0, 0);
        while (n < count && (low >= 0 || high < rows.Length) && scanned++ < 300)
        {
            var up = low < 0 || high < rows.Length && sizes[high] - size <= size - sizes[low];
            var k = up ? high++ : low--;
            var row = rows[k];
            if (!Usable(subject, row) || !float.IsNaN(bedrooms) && table.Traits[row][TraitVector.Bedrooms] != bedrooms) continue;
            gap += Math.Abs(sizes[k] - size);
            (_values[n], _weights[n++]) = (table.Adjusted[row], Recency(subject, row, 60));
        }
        if (n == 0) return;
        var values = _values.AsSpan(0, n);
        var weights = _weights.AsSpan(0, n);
        var median = Numbers.WeightedMedian(values, weights);
        Put(features, at, median - level);
        if (gapAt >= 0) features[gapAt] = (float)(gap / n);
        if (spreadAt < 0 || n < 3) return;
        for (var i = 0; i < n; i++) values[i] = Math.Abs(values[i] - median);
        Put(features, spreadAt, Numbers.WeightedMedian(values, weights));
    }

    private double Recency(in Subject subject, int row, double halfLife) =>
        Math.Exp(-0.6931471805599453 * Math.Abs(subject.Day - table.Day[row]) / halfLife);
}
