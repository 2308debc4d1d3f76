using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace RealEstateOs.Contracts.Measures;

/// <summary>A member that holds an amount of money: a file may write it with its currency.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MoneyAttribute : Attribute;

/// <summary>
/// An amount as people write it: "USD 500000", "AED 1.2m", "1,5 Mio. €", "5 lakh". What it says is understood whole or not at all: a
/// currency, a multiplier or a word that is not known makes the text no amount.
/// </summary>
/// <param name="Amount">In whole units of the currency.</param>
/// <param name="Currency">ISO 4217; null where the text names none.</param>
public readonly partial record struct MoneyText(decimal Amount, string? Currency)
{
    private static readonly FrozenDictionary<string, decimal> Multipliers = new Dictionary<string, decimal>(
        StringComparer.OrdinalIgnoreCase)
    {
        ["k"] = 1_000, ["thousand"] = 1_000, ["tsd"] = 1_000, ["ألف"] = 1_000, ["الف"] = 1_000, ["lakh"] = 100_000, ["lakhs"] = 100_000,
        ["lac"] = 100_000,
        ["m"] = 1_000_000, ["mm"] = 1_000_000, ["mn"] = 1_000_000, ["mil"] = 1_000_000, ["mill"] = 1_000_000, ["mln"] = 1_000_000,
        ["mio"] = 1_000_000,
        ["million"] = 1_000_000, ["millions"] = 1_000_000, ["millionen"] = 1_000_000, ["مليون"] = 1_000_000, ["cr"] = 10_000_000,
        ["crore"] = 10_000_000,
        ["crores"] = 10_000_000, ["b"] = 1_000_000_000, ["bn"] = 1_000_000_000, ["billion"] = 1_000_000_000, ["mrd"] = 1_000_000_000,
        ["مليار"] = 1_000_000_000,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["dh"] = "AED", ["dhs"] = "AED", ["dirham"] = "AED", ["dirhams"] = "AED", ["د.إ"] = "AED", ["درهم"] = "AED", ["\u20C3"] = "AED",
        ["us$"] = "USD", ["a$"] = "AUD", ["au$"] = "AUD", ["c$"] = "CAD", ["ca$"] = "CAD", ["nz$"] = "NZD", ["hk$"] = "HKD", ["s$"] = "SGD",
        ["r$"] = "BRL",
        ["€"] = "EUR", ["euro"] = "EUR", ["euros"] = "EUR", ["£"] = "GBP", ["₹"] = "INR", ["₽"] = "RUB", ["₺"] = "TRY", ["₪"] = "ILS",
        ["₩"] = "KRW",
        ["₫"] = "VND", ["฿"] = "THB", ["₦"] = "NGN", ["₱"] = "PHP", ["₴"] = "UAH", ["₸"] = "KZT", ["₾"] = "GEL", ["sr"] = "SAR",
        ["ر.س"] = "SAR", ["\u20C1"] = "SAR",
        ["qr"] = "QAR", ["kd"] = "KWD", ["د.ك"] = "KWD",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // Signs that several countries share mean the organization's own currency where it is one of these, else the first.
    private static readonly FrozenDictionary<string, string[]> Shared = new Dictionary<string, string[]>
    {
        ["$"] = ["USD", "AUD", "CAD", "NZD", "HKD", "SGD", "BBD", "BSD", "BMD", "BZD", "FJD", "GYD", "JMD", "KYD", "LRD", "MXN", "NAD",
            "SBD", "SRD", "TTD", "TWD", "XCD", "ARS", "CLP", "COP"],
        ["¥"] = ["JPY", "CNY"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="text">A cell, or whatever somebody wrote.</param>
    /// <param name="money">What it says.</param>
    /// <param name="home">The currency of the organization or the file, which decides what a shared sign means.</param>
    public static bool TryRead(string? text, out MoneyText money, string? home = null)
    {
        money = default;
        if (text is null || text.Length > 100 || Shape().Match(text.Trim()) is not { Success: true } shape) return false;
        var digits = shape.Groups["number"].Value;
        var (currency, multiplier) = ((string?)null, (decimal?)null);
        foreach (Match word in Word().Matches(shape.Groups["before"].Value + " " + shape.Groups["after"].Value))
        {
            if (CurrencyNamed(word.Value, home) is { } named)
            {
                if (currency is not null && currency != named) return false;
                currency = named;
            }
            else if (multiplier is null && word.Index > shape.Groups["before"].Length
                && Multipliers.TryGetValue(word.Value.TrimEnd('.'), out var times)) multiplier = times;
            else return false;
        }
        // "597.500" may be thousands as well as thousandths, and so may "1,250 million"; nobody writes "2.375m" for 2,375 millions.
        var couldBeBoth = NumberText.IsAmbiguous(multiplier >= 1_000_000 ? digits.Replace('.', ' ').Replace(',', '.') : digits);
        if (couldBeBoth || !NumberText.TryRead(digits, out var number)) return false;
        try
        {
            money = new MoneyText(number * (multiplier ?? 1), currency);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <summary>The currency that a word or sign means, whatever its case; null where it is none.</summary>
    public static string? CurrencyNamed(string word, string? home = null)
    {
        var name = word.TrimEnd('.');
        if (Shared.TryGetValue(name, out var candidates)) return candidates.Contains(home) ? home : candidates[0];
        if (Names.TryGetValue(name, out var named)) return named;
        return name.ToUpperInvariant() is { Length: 3 } code && Currencies.IsKnown(code) ? code : null;
    }

    /// <summary>The currency that a heading ends with: "Price (USD)", "budget_aed", "Asking price €".</summary>
    public static string? CurrencyOfHeading(string heading, string? home = null) =>
        HeadingWord().Matches(heading).LastOrDefault() is { } last ? CurrencyNamed(last.Value, home) : null;

    [GeneratedRegex(@"^(?<before>[^\d+\-]*)(?<number>[-+]?\d(?:[\d.,'’\u066B\u066C\u00A0\u202F\u2009 ]*\d)?(?:[eE][+\-]?\d+)?\.?)(?<after>[^\d]*?)\s*(?:/-)?$")]
    private static partial Regex Shape();

    [GeneratedRegex(@"[A-Za-z]{0,2}\$|\p{L}+(?:\.\p{L}+)*\.?|\S")]
    private static partial Regex Word();

    [GeneratedRegex(@"[A-Z]{2,}(?![a-z])|\p{L}\p{Ll}*|\p{Sc}")]
    private static partial Regex HeadingWord();
}
