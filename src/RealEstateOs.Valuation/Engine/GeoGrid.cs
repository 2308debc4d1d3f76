namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// Sales by coordinate, for the nearest of a point. Squares of some three hundred metres, by kind and state, oldest sale first.
/// </summary>
internal sealed class GeoGrid
{
    private const float SquareDegrees = 0.0025f;
    private const int MaxRings = 120;
    // A tower has one coordinate and a thousand sales: the latest of them speak for it.
    private const int MaxPerSquare = 40;
    private readonly Dictionary<(int Y, int X, byte Cell), int[]> _squares = [];
    private readonly SaleTable _table;

    public GeoGrid(SaleTable table)
    {
        _table = table;
        var lists = new Dictionary<(int, int, byte), List<int>>();
        for (var i = 0; i < table.Count; i++)
        {
            if (!float.IsFinite(table.Latitude[i]) || !float.IsFinite(table.Longitude[i])) continue;
            var key = (Index(table.Latitude[i]), Index(table.Longitude[i]), table.Cell[i]);
            if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
            list.Add(i);
        }
        foreach (var (key, list) in lists) _squares[key] = [.. list];
    }

    /// <summary>
    /// Rows around a point registered before a day, ring by ring, until enough are found; the order within is not by distance.
    /// </summary>
    public void Around(float latitude, float longitude, byte cell, int cutoff, int enough, List<int> into)
    {
        into.Clear();
        var (y, x) = (Index(latitude), Index(longitude));
        var last = MaxRings;
        for (var ring = 0; ring <= last; ring++)
        {
            for (var dy = -ring; dy <= ring; dy++)
            {
                // Only the rim of the square: whole rows at top and bottom, two ends between.
                var step = Math.Abs(dy) == ring || ring == 0 ? 1 : 2 * ring;
                for (var dx = -ring; dx <= ring; dx += step) Take(y + dy, x + dx, cell, cutoff, into);
            }
            // Half as many rings more as sufficed: the corners of a square are farther than its sides.
            if (into.Count >= enough && last == MaxRings) last = ring + Math.Max(1, ring / 2);
        }
    }

    public static double Kilometres(double latitude, double longitude, double otherLatitude, double otherLongitude)
    {
        var dy = (latitude - otherLatitude) * 111.2;
        var dx = (longitude - otherLongitude) * 111.2 * Math.Cos(latitude * Math.PI / 180);
        return Math.Sqrt(dx * dx + dy * dy);
    }

    private void Take(int y, int x, byte cell, int cutoff, List<int> into)
    {
        if (!_squares.TryGetValue((y, x, cell), out var rows)) return;
        for (int i = rows.Length - 1, taken = 0; i >= 0 && taken < MaxPerSquare; i--)
        {
            if (_table.Day[rows[i]] >= cutoff) continue;
            into.Add(rows[i]);
            taken++;
        }
    }

    private static int Index(float degrees) => (int)MathF.Floor(degrees / SquareDegrees);
}
