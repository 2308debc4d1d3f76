namespace RealEstateOs.Valuation.Engine;

/// <summary>The city's own level by cell and bedrooms: where nothing nearer is known.</summary>
internal sealed class CityLevels
{
    private readonly Dictionary<int, double> _levels = [];

    private CityLevels()
    {
    }

    public CityLevels(SaleTable table)
    {
        var groups = new Dictionary<int, List<float>>();
        for (var i = 0; i < table.Count; i++)
            foreach (var key in (ReadOnlySpan<int>)[Key(table.Cell[i], table.Traits[i][TraitVector.Bedrooms]), Key(table.Cell[i], -2), -9])
            {
                if (!groups.TryGetValue(key, out var list)) groups[key] = list = [];
                list.Add(table.Adjusted[i]);
            }
        foreach (var (key, list) in groups)
            if (list.Count >= 20 || key < 0) _levels[key] = Numbers.Median([.. list]);
    }

    public double Of(byte cell, float bedrooms) =>
        _levels.TryGetValue(Key(cell, bedrooms), out var level) || _levels.TryGetValue(Key(cell, -2), out level)
            || _levels.TryGetValue(-9, out level) ? level : 0;

    private static int Key(byte cell, float bedrooms) => cell * 64 + (float.IsNaN(bedrooms) ? 40 : (int)bedrooms + 2);

    public void Write(BinaryWriter to)
    {
        to.Write(_levels.Count);
        foreach (var (key, level) in _levels)
        {
            to.Write(key);
            to.Write(level);
        }
    }

    public static CityLevels Read(BinaryReader from)
    {
        var city = new CityLevels();
        for (var n = from.ReadInt32(); n > 0; n--)
        {
            var key = from.ReadInt32();
            city._levels[key] = from.ReadDouble();
        }
        return city;
    }
}
