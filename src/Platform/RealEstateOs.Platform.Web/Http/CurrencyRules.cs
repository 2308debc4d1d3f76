using System.Globalization;
using FluentValidation;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Http;

/// <summary>What a request may say of currencies and amounts.</summary>
public static class CurrencyRules
{
    /// <summary>What is wrong with an amount that does not fit.</summary>
    public static FieldError TooFine(string field, string code) => FieldError.Format(field, Explain(code));

    public static IRuleBuilderOptions<T, string?> IsCurrency<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(code => code is null || Currencies.IsKnown(code)).WithMessage("must be an ISO 4217 code such as AED");

    /// <summary>
    /// An amount may have as many decimals as the currency named beside it; where none is named, as many as any currency has.
    /// </summary>
    public static IRuleBuilderOptions<T, decimal?> IsAmountIn<T>(this IRuleBuilder<T, decimal?> rule, Func<T, string?> currency) =>
        rule.Must((body, amount) => amount is not { } given
            || (Math.Abs(given) < 1e15m && (currency(body) is { } code ? Currencies.Fits(given, code) : given == decimal.Round(given, 3))))
            .WithMessage((body, _) => currency(body) is { } code ? Explain(code) : "may have three decimals");

    private static string Explain(string code) => Currencies.DecimalsOf(code) switch
    {
        0 => $"may have no decimals: {code} has none",
        var decimals => string.Create(CultureInfo.InvariantCulture, $"may have {(decimals == 2 ? "two" : "three")} decimals"),
    };
}
