namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// What a home's own traits are worth within one place, by cell: a robust ridge regression of log price per square metre on the traits,
/// each sale measured against its own project or area. It carries the adjustments of comparables and lets neighbours of different size
/// speak to each other.
/// </summary>
internal sealed class Hedonics
{
    private const int Terms = TraitVector.Count + 4;
    private const int MinSales = 300;
    private readonly Dictionary<int, double[]> _coefficients;
    private readonly double[] _centre;

    private Hedonics(double[] centre, Dictionary<int, double[]> coefficients) => (_centre, _coefficients) = (centre, coefficients);

    /// <summary>Worth of the traits in log price per square metre; only differences mean something.</summary>
    public double Worth(ReadOnlySpan<float> traits, byte cell)
    {
        if (!_coefficients.TryGetValue(cell, out var beta) && !_coefficients.TryGetValue(-1, out beta)) return 0;
        Span<double> x = stackalloc double[Terms];
        Expand(traits, x);
        double sum = 0;
        for (var k = 0; k < Terms; k++) sum += beta[k] * x[k];
        return sum;
    }

    /// <summary>The same, trait by trait (size and its square count as one).</summary>
    public void WorthByTrait(ReadOnlySpan<float> traits, byte cell, Span<double> into)
    {
        into.Clear();
        if (!_coefficients.TryGetValue(cell, out var beta) && !_coefficients.TryGetValue(-1, out beta)) return;
        Span<double> x = stackalloc double[Terms];
        Expand(traits, x);
        for (var k = 0; k < Terms; k++) into[TraitOf(k)] += beta[k] * x[k];
    }

    public static Hedonics Fit(SaleTable table, PriceIndex? index)
    {
        var centre = new double[TraitVector.Count];
        for (var k = 0; k < centre.Length; k++)
        {
            double sum = 0, n = 0;
            for (var i = 0; i < table.Count; i++)
                if (!float.IsNaN(table.Traits[i][k])) (sum, n) = (sum + table.Traits[i][k], n + 1);
            centre[k] = n > 0 ? sum / n : 0;
        }
        var hedonics = new Hedonics(centre, []);
        var byCell = new Dictionary<int, List<int>> { [-1] = [] };
        for (var i = 0; i < table.Count; i++)
        {
            byCell[-1].Add(i);
            if (!byCell.TryGetValue(table.Cell[i], out var rows)) byCell[table.Cell[i]] = rows = [];
            rows.Add(i);
        }
        foreach (var (cell, rows) in byCell)
            if (rows.Count >= MinSales) hedonics._coefficients[cell] = hedonics.FitCell(table, index, rows);
        return hedonics;
    }

    private double[] FitCell(SaleTable table, PriceIndex? index, List<int> rows)
    {
        var step = Math.Max(1, rows.Count / 60_000);
        var groups = new Dictionary<(int, int, byte), List<int>>();
        for (var i = 0; i < rows.Count; i += step)
        {
            var row = rows[i];
            var key = (table.Project[row], table.Project[row] < 0 ? table.Area[row] : -1, table.Cell[row]);
            if (!groups.TryGetValue(key, out var list)) groups[key] = list = [];
            list.Add(row);
        }
        var beta = new double[Terms];
        Span<double> x = stackalloc double[Terms], mean = stackalloc double[Terms];
        for (var round = 0; round < 4; round++)
        {
            var (xtx, xty) = (new double[Terms, Terms], new double[Terms]);
            foreach (var list in groups.Values)
            {
                if (list.Count < 3) continue;
                mean.Clear();
                double meanY = 0, total = 0;
                foreach (var row in list)
                {
                    Expand(table.Traits[row], x);
                    for (var k = 0; k < Terms; k++) mean[k] += x[k];
                    meanY += Y(row);
                    total++;
                }
                for (var k = 0; k < Terms; k++) mean[k] /= total;
                meanY /= total;
                foreach (var row in list)
                {
                    Expand(table.Traits[row], x);
                    double fit = 0;
                    for (var k = 0; k < Terms; k++) fit += beta[k] * (x[k] -= mean[k]);
                    var y = Y(row) - meanY;
                    var scaled = (y - fit) / 0.15;
                    var w = 1 / (1 + scaled * scaled);
                    for (var a = 0; a < Terms; a++)
                    {
                        xty[a] += w * x[a] * y;
                        for (var b = 0; b <= a; b++) xtx[a, b] += w * x[a] * x[b];
                    }
                }
            }
            beta = Solve(xtx, xty, 10);
        }
        return beta;

        double Y(int row) => table.LogPpsm[row] - (index?.At(table.Day[row], (table.Cell[row] & 1) == 1) ?? 0);
    }

    private void Expand(ReadOnlySpan<float> traits, Span<double> x)
    {
        for (var k = 0; k < TraitVector.Count; k++) x[k] = float.IsNaN(traits[k]) ? 0 : traits[k] - _centre[k];
        // A renovation is worth its being there, fading with its years.
        x[TraitVector.Renovated] = float.IsNaN(traits[TraitVector.Renovated]) ? 0 : Math.Exp(-traits[TraitVector.Renovated] / 20);
        x[TraitVector.Count] = x[TraitVector.LogSize] * x[TraitVector.LogSize];
        x[TraitVector.Count + 1] = x[TraitVector.Grade] * x[TraitVector.Grade];
        x[TraitVector.Count + 2] = x[TraitVector.Age] * x[TraitVector.Age] / 30;
        x[TraitVector.Count + 3] = x[TraitVector.LogSize] * x[TraitVector.Grade];
    }

    private static int TraitOf(int term) => term switch
    {
        < TraitVector.Count => term,
        TraitVector.Count => TraitVector.LogSize,
        TraitVector.Count + 1 => TraitVector.Grade,
        TraitVector.Count + 2 => TraitVector.Age,
        _ => TraitVector.Grade,
    };

    // Gauss–Jordan on the normal equations; the ridge keeps constant columns harmless.
    private static double[] Solve(double[,] xtx, double[] xty, double ridge)
    {
        var n = xty.Length;
        var a = new double[n, n + 1];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) a[i, j] = i >= j ? xtx[i, j] : xtx[j, i];
            a[i, i] += ridge;
            a[i, n] = xty[i];
        }
        for (var p = 0; p < n; p++)
            for (var i = 0; i < n; i++)
            {
                if (i == p || a[i, p] == 0) continue;
                var factor = a[i, p] / a[p, p];
                for (var j = p; j <= n; j++) a[i, j] -= factor * a[p, j];
            }
        var beta = new double[n];
        for (var i = 0; i < n; i++) beta[i] = a[i, n] / a[i, i];
        return beta;
    }

    public void Write(BinaryWriter to)
    {
        foreach (var value in _centre) to.Write(value);
        to.Write(_coefficients.Count);
        foreach (var (cell, beta) in _coefficients)
        {
            to.Write(cell);
            foreach (var value in beta) to.Write(value);
        }
    }

    public static Hedonics Read(BinaryReader from)
    {
        var centre = new double[TraitVector.Count];
        for (var i = 0; i < centre.Length; i++) centre[i] = from.ReadDouble();
        var coefficients = new Dictionary<int, double[]>();
        for (var n = from.ReadInt32(); n > 0; n--)
        {
            var cell = from.ReadInt32();
            var beta = coefficients[cell] = new double[Terms];
            for (var i = 0; i < Terms; i++) beta[i] = from.ReadDouble();
        }
        return new(centre, coefficients);
    }
}
