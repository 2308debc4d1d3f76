using System.Text.Json;
using RealEstateOs.Contracts.Measures;

namespace RealEstateOs.Deals.Commissions;

/// <summary>
/// How a gross commission is divided before the agents share: the co-broker's part of the gross comes off first, then fixed fees, then
/// the office's part of the rest. Each is rounded once, and what is left is the agents', so that the four always add up to the gross.
/// </summary>
internal sealed record CommissionDivision(decimal CoBrokeAmount, decimal FeesAmount, decimal HouseAmount, decimal AgentsAmount)
{
    /// <summary>Do co-broker and fees take more than there is?</summary>
    public bool IsOverdrawn => HouseAmount + AgentsAmount < 0;

    /// <summary>Null while there is no rate.</summary>
    public static CommissionDivision? Of(decimal value, decimal? rate, decimal? coBrokeShare, JsonElement? fees, decimal? houseShare,
        string currency)
    {
        if (Commission.Gross(value, rate, currency) is not { } gross) return null;
        var (coBroke, off) = (Currencies.Round(gross * (coBrokeShare ?? 0) / 100, currency), CommissionFee.Sum(fees));
        var left = gross - coBroke - off;
        var house = Currencies.Round(left * (houseShare ?? 0) / 100, currency);
        return new(coBroke, off, house, left - house);
    }
}
