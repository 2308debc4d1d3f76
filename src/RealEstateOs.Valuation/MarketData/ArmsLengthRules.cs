namespace RealEstateOs.Valuation.MarketData;

/// <summary>
/// Decides which registered sales say something about the market. Set-aside sales are kept, with the reason, and never reach a comparable.
/// The bounds are wide on purpose: they catch what can't be a home's price, not what is merely unusual (the engine's medians bear that).
/// </summary>
internal sealed record ArmsLengthRules
{
    public decimal MinPrice { get; init; } = 50_000;
    public decimal MaxPrice { get; init; } = 750_000_000;
    public double MinSizeSqm { get; init; } = 10;
    public double MaxSizeSqm { get; init; } = 20_000;
    public double MinPricePerSqm { get; init; } = 300;
    public double MaxPricePerSqm { get; init; } = 400_000;
    /// <summary>Share by which the registered area may differ from the property's before it counts as a part share.</summary>
    public double PartShareTolerance { get; init; } = 0.01;

    /// <summary>Dubai: dirhams.</summary>
    public static ArmsLengthRules Dubai { get; } = new();

    /// <summary>King County and the like: dollars.</summary>
    public static ArmsLengthRules Generic { get; } = new() { MinPrice = 10_000, MinPricePerSqm = 50, MaxPricePerSqm = 100_000 };

    public SetAsideReason Judge(string? group, string? procedure, double? registeredSqm, Sale sale, DateOnly today)
    {
        if (group is not null && !group.StartsWith("Sale", StringComparison.OrdinalIgnoreCase)) return SetAsideReason.OtherProcedure;
        if (procedure is not null)
        {
            var reason = OfProcedure(procedure);
            if (reason != SetAsideReason.None) return reason;
        }
        return JudgeFigures(registeredSqm, sale, today);
    }

    /// <summary>The same judgement on figures alone: what the engine repeats on whatever rows it is given.</summary>
    public SetAsideReason JudgeFigures(double? registeredSqm, Sale sale, DateOnly today)
    {
        if (sale.Date > today) return SetAsideReason.FutureDate;
        if (sale.Date.Year < 1990) return SetAsideReason.TooOld;
        if (sale.Price < MinPrice || sale.Price > MaxPrice) return SetAsideReason.ImplausiblePrice;
        if (!(sale.SizeSqm >= MinSizeSqm && sale.SizeSqm <= MaxSizeSqm) && sale.Kind != PropertyKind.Land)
            return SetAsideReason.ImplausibleSize;
        if (!(sale.SizeSqm > 0)) return SetAsideReason.ImplausibleSize;
        if (registeredSqm is { } registered && Math.Abs(registered / sale.SizeSqm - 1) > PartShareTolerance)
            return SetAsideReason.PartShare;
        var perSqm = sale.PricePerSqm;
        return sale.Kind != PropertyKind.Land && (perSqm < MinPricePerSqm || perSqm > MaxPricePerSqm)
            ? SetAsideReason.ImplausiblePricePerSqm : SetAsideReason.None;
    }

    /// <summary>The three procedures that are open-market sales; everything else is set aside.</summary>
    private static SetAsideReason OfProcedure(string procedure) => procedure.ToUpperInvariant() switch
    {
        "SALE" or "SELL" or "SALES" or "SELL - PRE REGISTRATION" or "DELAYED SELL" => SetAsideReason.None,
        var p when p.Contains("DEVELOPMENT", StringComparison.Ordinal) || p.Contains("DELAYED DEVELOPMENT", StringComparison.Ordinal) =>
            SetAsideReason.DevelopmentRegistration,
        _ => SetAsideReason.OtherProcedure,
    };
}
