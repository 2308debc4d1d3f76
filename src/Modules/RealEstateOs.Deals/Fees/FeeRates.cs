using RealEstateOs.Deals.Commissions;

namespace RealEstateOs.Deals.Fees;

/// <summary>
/// What a purchase costs beside its price, in AED. The built-in figures are Dubai practice (4 % transfer fee, trustee's fee by
/// price, NOC as developers usually ask); an organization writes its own, dated, when they change.
/// </summary>
public sealed record FeeRates
{
    /// <summary>Transfer fee of the Land Department, in percent of the price.</summary>
    public decimal TransferPercent { get; init; } = 4;
    /// <summary>The Land Department's administration fee for a flat or villa.</summary>
    public decimal AdminFee { get; init; } = 580;
    /// <summary>The same for land.</summary>
    public decimal AdminFeeLand { get; init; } = 430;
    /// <summary>Trustee's fee below the limit, without VAT.</summary>
    public decimal TrusteeFeeLow { get; init; } = 2_000;
    /// <summary>Trustee's fee from the limit on, without VAT.</summary>
    public decimal TrusteeFeeHigh { get; init; } = 4_000;
    /// <summary>The price from which the higher trustee's fee holds.</summary>
    public decimal TrusteeLimit { get; init; } = 500_000;
    /// <summary>The developer's no objection certificate; 500 to 5,000 as the developer asks.</summary>
    public decimal NocFee { get; init; } = 3_000;
    /// <summary>Registration of a mortgage, in percent of the loan.</summary>
    public decimal MortgagePercent { get; init; } = 0.25m;
    /// <summary>Added to the registration of a mortgage.</summary>
    public decimal MortgageAdminFee { get; init; } = 290;
    /// <summary>Agency's commission, in percent of the price.</summary>
    public decimal CommissionPercent { get; init; } = 2;
    /// <summary>On commission and trustee's fee.</summary>
    public decimal VatPercent { get; init; } = 5;

    internal IReadOnlyList<FeeLine> Lines(decimal price, bool isLand, decimal loan, decimal? noc, decimal? commissionPercent)
    {
        var trustee = price < TrusteeLimit ? TrusteeFeeLow : TrusteeFeeHigh;
        var commission = Commission.Cents(price * (commissionPercent ?? CommissionPercent) / 100);
        FeeLine[] lines =
        [
            new("transfer_fee", "Transfer fee of the Land Department", Commission.Cents(price * TransferPercent / 100)),
            new("admin_fee", "Administration fee of the Land Department", isLand ? AdminFeeLand : AdminFee),
            new("trustee_fee", "Trustee's fee", trustee),
            new("trustee_vat", "VAT on the trustee's fee", Commission.Cents(trustee * VatPercent / 100)),
            new("noc_fee", "No objection certificate of the developer", noc ?? NocFee),
            new("commission", "Agency's commission", commission),
            new("commission_vat", "VAT on the commission", Commission.Cents(commission * VatPercent / 100)),
            new("mortgage_registration", "Registration of the mortgage",
                loan == 0 ? 0 : Commission.Cents(loan * MortgagePercent / 100) + MortgageAdminFee),
        ];
        return [.. lines.Where(l => l.Amount != 0)];
    }
}

/// <summary>A fee of a purchase.</summary>
/// <param name="Code">A word for programs, such as <c>transfer_fee</c>.</param>
/// <param name="Title">The same for people.</param>
/// <param name="Amount">In AED.</param>
public sealed record FeeLine(string Code, string Title, decimal Amount);
