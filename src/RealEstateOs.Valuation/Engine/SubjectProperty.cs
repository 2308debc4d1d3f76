using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>The home to be valued, as its owner would describe it.</summary>
internal sealed record SubjectProperty
{
    /// <summary>Area in any known spelling; may be null where the project or the coordinates tell the place.</summary>
    public string? Area { get; init; }
    public string? Project { get; init; }
    public required PropertyKind Kind { get; init; }
    public bool OffPlan { get; init; }
    public required double SizeSqm { get; init; }
    public int? Bedrooms { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public bool? FreeHold { get; init; }
    public HomeTraits? Traits { get; init; }
    /// <summary>Day to value on; the engine's own day where it is null.</summary>
    public DateOnly? On { get; init; }

    /// <summary>
    /// Transaction number of the known sale that this home is: it is valued from all others up to and on its day. For measuring.
    /// </summary>
    internal string? Except { get; init; }

    /// <summary>The subject that a known sale would have been on the day before it.</summary>
    public static SubjectProperty Of(Sale sale) => new()
    {
        Area = sale.Area,
        Project = sale.Project,
        Kind = sale.Kind,
        OffPlan = sale.OffPlan,
        SizeSqm = sale.SizeSqm,
        Bedrooms = sale.Bedrooms,
        Latitude = sale.Latitude,
        Longitude = sale.Longitude,
        FreeHold = sale.FreeHold,
        Traits = sale.Traits,
        On = sale.Date,
    };
}

/// <summary>Which comparables are wanted.</summary>
internal sealed record ComparableQuery
{
    public int Count { get; init; } = 10;
    public int TimeFrameMonths { get; init; } = 12;
    /// <summary>Only where the subject and the sales have coordinates.</summary>
    public double? RadiusKm { get; init; }
    /// <summary>Further sales to choose from, such as a tenant's own closed deals; they carry the list, not the estimate.</summary>
    public IReadOnlyList<Sale> OwnSales { get; init; } = [];
}
