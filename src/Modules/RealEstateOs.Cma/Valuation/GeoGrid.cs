namespace RealEstateOs.Cma.Valuation;

/// <summary>Sales by coordinate, for the nearest of a point. Cells of about a kilometre.</summary>
internal sealed class GeoGrid
{
    private const float CellDegrees = 0.01f;
    private readonly Dictionary<long, int[]> _cells = [];
    private readonly SaleTable _table;

    public GeoGrid(SaleTable table)
    {
        _table = table;
        var lists = new Dictionary<long, List<int>>();
        for (var i = 0; i < table.Count; i++)
        {
            if (!float.IsFinite(table.Latitude[i]) || !float.IsFinite(table.Longitude[i])) continue;
            var key = Key(Index(table.Latitude[i]), Index(table.Longitude[i]));
            if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
            list.Add(i);
        }
        foreach (var (key, list) in lists) _cells[key] = [.. list];
    }

    /// <summary>Rows around a point, ring by ring, until enough are found; the order within is not by distance.</summary>
    public void Around(float latitude, float longitude, byte cell, int enough, List<int> into)
    {
        into.Clear();
        var (y, x) = (Index(latitude), Index(longitude));
        for (var ring = 0; ring <= 40; ring++)
        {
            for (var dy = -ring; dy <= ring; dy++)
                for (var dx = -ring; dx <= ring; dx++)
                {
                    if (Math.Max(Math.Abs(dy), Math.Abs(dx)) != ring || !_cells.TryGetValue(Key(y + dy, x + dx), out var rows)) continue;
                    foreach (var row in rows)
                        if (_table.Cell[row] == cell) into.Add(row);
                }
            // One ring more than the first that suffices: the corners of a square are farther than its sides.
            if (into.Count >= enough && ring > 0) return;
        }
    }

    public static double Kilometres(double latitude, double longitude, double otherLatitude, double otherLongitude)
    {
        var dy = (latitude - otherLatitude) * 111.2;
        var dx = (longitude - otherLongitude) * 111.2 * Math.Cos(latitude * Math.PI / 180);
        return Math.Sqrt(dx * dx + dy * dy);
    }

    private static int Index(float degrees) => (int)MathF.Floor(degrees / CellDegrees);

    private static long Key(int y, int x) => (long)y << 32 | (uint)x;
}
