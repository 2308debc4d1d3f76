using RealEstateOs.Contracts.Measures;

namespace RealEstateOs.Deals.Commissions;

/// <summary>The money of a deal: rates in percent, amounts rounded once to the smallest unit of their currency, half of one up.</summary>
internal static class Commission
{
    public static decimal? Gross(decimal value, decimal? rate, string currency) =>
        rate is { } r ? Currencies.Round(value * r / 100, currency) : null;

    /// <summary>What the commission is worth today: value × rate × probability.</summary>
    public static decimal? Expected(decimal value, decimal? rate, decimal probability, string currency) =>
        rate is { } r ? Currencies.Round(value * r / 100 * probability / 100, currency) : null;

    /// <summary>VAT is a line of its own on top of the commission.</summary>
    public static decimal? Vat(decimal? gross, decimal vatRate, string currency) =>
        gross is { } g ? Currencies.Round(g * vatRate / 100, currency) : null;

    /// <summary>Fees are in dirhams.</summary>
    public static decimal Cents(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
}
