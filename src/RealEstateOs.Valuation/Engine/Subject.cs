namespace RealEstateOs.Valuation.Engine;

/// <summary>A home to be valued, in the engine's own numbers.</summary>
internal readonly struct Subject
{
    public required byte Cell { get; init; }
    public required int Area { get; init; }
    public required int Project { get; init; }
    public required int Family { get; init; }
    public required int Brand { get; init; }
    public required float[] Traits { get; init; }
    /// <summary>Day of valuation.</summary>
    public required int Day { get; init; }
    public float Latitude { get; init; }
    public float Longitude { get; init; }
    /// <summary>1, 0, or NaN for unknown.</summary>
    public float FreeHold { get; init; }
    /// <summary>Sales from this day on may not be looked at.</summary>
    public required int Cutoff { get; init; }
    /// <summary>The subject's own row, when a known sale is estimated from the others; -1 else.</summary>
    public int Self { get; init; }
    /// <summary>The subject's property, whose other sales are left out too; -1 else.</summary>
    public int Property { get; init; }

    public static Subject OfRow(SaleTable table, int row, int cutoff) => new()
    {
        Cell = table.Cell[row],
        Area = table.Area[row],
        Project = table.Project[row],
        Family = table.Family[row],
        Brand = table.Brand[row],
        Traits = table.Traits[row],
        Day = table.Day[row],
        Latitude = table.Latitude[row],
        Longitude = table.Longitude[row],
        FreeHold = FreeHoldOf(table.Sales[row].FreeHold),
        Cutoff = cutoff,
        Self = row,
        Property = table.Property[row],
    };

    public static float FreeHoldOf(bool? value) => value switch { true => 1, false => 0, null => float.NaN };
}
