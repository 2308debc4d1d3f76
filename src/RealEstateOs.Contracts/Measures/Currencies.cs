using System.Collections.Frozen;

namespace RealEstateOs.Contracts.Measures;

/// <summary>
/// The currencies of ISO 4217 with the decimals that each has; ANG and BGN, replaced in 2025 and 2026, still stand in older records.
/// </summary>
public static class Currencies
{
    private const int UsualDecimals = 2;

    private static readonly FrozenDictionary<string, int> Decimals = new Dictionary<int, string>
    {
        [0] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
        [2] = """
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP
            CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR
            KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN
            PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD
            TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG
            """,
        [3] = "BHD IQD JOD KWD LYD OMR TND",
    }.SelectMany(d => d.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(code => (code, d.Key)))
        .ToFrozenDictionary(c => c.code, c => c.Key, StringComparer.Ordinal);

    /// <summary>Is this one of them, in capitals?</summary>
    public static bool IsKnown(string? code) => code is not null && Decimals.ContainsKey(code);

    /// <summary>How many decimals amounts in this currency have: none of JPY, three of KWD.</summary>
    public static int DecimalsOf(string? code) => code is null ? UsualDecimals : Decimals.GetValueOrDefault(code, UsualDecimals);

    /// <summary>To the smallest unit of the currency, half of one up.</summary>
    public static decimal Round(decimal amount, string? code) => decimal.Round(amount, DecimalsOf(code), MidpointRounding.AwayFromZero);

    /// <summary>Has the amount no more decimals than its currency?</summary>
    public static bool Fits(decimal? amount, string? code) => amount is not { } given || given == decimal.Round(given, DecimalsOf(code));
}
