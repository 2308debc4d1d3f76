namespace RealEstateOs.Valuation.MarketData;

/// <summary>What kind of property changed hands; the engine never compares across kinds.</summary>
internal enum PropertyKind { Flat, Villa, HotelApartment, House, Office, Shop, Land, Other }

/// <summary>How the sale came about; a delayed registration often carries the price of years ago.</summary>
internal enum SaleKind { Resale, OffPlan, DelayedRegistration, Other }

/// <summary>Why a sale is kept but never used as a comparable.</summary>
internal enum SetAsideReason
{
    None,
    /// <summary>A share of the property changed hands: the registered area differs from the property's by more than one percent.</summary>
    PartShare,
    /// <summary>A developer's bulk or development registration, not a sale on the market.</summary>
    DevelopmentRegistration,
    /// <summary>A gift, grant, mortgage, lease to own or another procedure that is no open-market sale.</summary>
    OtherProcedure,
    /// <summary>One of ten or more ready homes registered on one day at one rate (<see cref="BulkDeals"/>).</summary>
    BulkDeal,
    /// <summary>
    /// A ready home's whole area at under a fifth of what its project, or like homes of its area, sold for before
    /// (<see cref="UndeclaredShares"/>).
    /// </summary>
    UndeclaredShare,
    ImplausiblePrice,
    ImplausibleSize,
    /// <summary>Price per square metre beyond what any home of the market costs, or next to nothing.</summary>
    ImplausiblePricePerSqm,
    FutureDate,
    /// <summary>Before 1990: no index reaches that far.</summary>
    TooOld,
}

/// <summary>Traits that only some markets publish; a missing one is NaN.</summary>
internal sealed record HomeTraits
{
    public float Bathrooms { get; init; } = float.NaN;
    public float Floors { get; init; } = float.NaN;
    public float LotSqm { get; init; } = float.NaN;
    public float AboveGroundSqm { get; init; } = float.NaN;
    public float Waterfront { get; init; } = float.NaN;
    public float View { get; init; } = float.NaN;
    public float Condition { get; init; } = float.NaN;
    public float Grade { get; init; } = float.NaN;
    public float YearBuilt { get; init; } = float.NaN;
    public float YearRenovated { get; init; } = float.NaN;
    /// <summary>Typical living area of the nearest neighbours.</summary>
    public float NeighbourSizeSqm { get; init; } = float.NaN;
    public float NeighbourLotSqm { get; init; } = float.NaN;
}

/// <summary>One registered sale, as published, with its place normalised.</summary>
internal sealed record Sale
{
    /// <summary>The registry's number; a second row with the same number replaces the first.</summary>
    public required string TransactionNumber { get; init; }
    /// <summary>The property's own number where the source has one (a house sold twice keeps it).</summary>
    public string? PropertyNumber { get; init; }
    /// <summary>Code of the market, for example <c>dubai</c>; an engine is trained for one market.</summary>
    public required string Market { get; init; }
    public required string Currency { get; init; }
    public required DateOnly Date { get; init; }
    /// <summary>Canonical name of the area (<see cref="AreaNames"/>).</summary>
    public required string Area { get; init; }
    /// <summary>The area as the source spells it.</summary>
    public string? AreaAsPublished { get; init; }
    public string? Project { get; init; }
    public string? MasterProject { get; init; }
    public string? Building { get; init; }
    public string? NearestMetro { get; init; }
    public required PropertyKind Kind { get; init; }
    public string? PropertyType { get; init; }
    public string? SubType { get; init; }
    public string Usage { get; init; } = "Residential";
    /// <summary>Bedrooms; 0 is a studio, null is unknown or not a home.</summary>
    public int? Bedrooms { get; init; }
    public string? Rooms { get; init; }
    public bool OffPlan { get; init; }
    public bool? FreeHold { get; init; }
    public string? Procedure { get; init; }
    public SaleKind SaleKind { get; init; }
    public required decimal Price { get; init; }
    public required double SizeSqm { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public HomeTraits? Traits { get; init; }
    public SetAsideReason SetAside { get; init; }

    public bool IsArmsLength => SetAside == SetAsideReason.None;
    public bool IsHome => Kind <= PropertyKind.House && Usage == "Residential";
    public double PricePerSqm => (double)Price / SizeSqm;
    public double PricePerSqft => PricePerSqm / Units.SqftPerSqm;
}

/// <summary>Units of area.</summary>
internal static class Units
{
    public const double SqftPerSqm = 10.763910416709722;
}
