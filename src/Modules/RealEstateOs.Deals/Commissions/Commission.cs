namespace RealEstateOs.Deals.Commissions;

/// <summary>The money of a deal: rates in percent, amounts rounded once, half a cent up.</summary>
internal static class Commission
{
    public static decimal? Gross(decimal value, decimal? rate) => rate is { } r ? Cents(value * r / 100) : null;

    /// <summary>What the commission is worth today: value × rate × probability.</summary>
    public static decimal? Expected(decimal value, decimal? rate, decimal probability) => rate is { } r ? Cents(value * r / 100 * probability / 100) : null;

    /// <summary>VAT is a line of its own on top of the commission.</summary>
    public static decimal? Vat(decimal? gross, decimal vatRate) => gross is { } g ? Cents(g * vatRate / 100) : null;

    public static decimal Cents(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
}
