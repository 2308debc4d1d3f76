namespace RealEstateOs.Valuation.MarketData;

/// <summary>One registered tenancy contract.</summary>
internal sealed record RentContract
{
    public required string Market { get; init; }
    public required string Currency { get; init; }
    public required DateOnly RegisteredOn { get; init; }
    public DateOnly? StartsOn { get; init; }
    public DateOnly? EndsOn { get; init; }
    /// <summary>A renewal keeps the old rent's neighbourhood; only new contracts show the market of the day.</summary>
    public bool Renewal { get; init; }
    public required string Area { get; init; }
    public string? Project { get; init; }
    public required PropertyKind Kind { get; init; }
    public string Usage { get; init; } = "Residential";
    public int? Bedrooms { get; init; }
    public required double SizeSqm { get; init; }
    public required decimal AnnualRent { get; init; }
    /// <summary>Why the contract is kept out of the figures; null where it counts.</summary>
    public string? SetAside { get; init; }
}
