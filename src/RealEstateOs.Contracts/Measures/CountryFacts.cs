using System.Collections.Frozen;

namespace RealEstateOs.Contracts.Measures;

/// <summary>
/// What an office in a country begins with: its currency, the time zone of its capital, and the standard rate of VAT in percent (2026; 0
/// where there is none, as on commissions in the United States). Sources: ISO 4217, the IANA time zone database, the European Commission's
/// table of rates and the Gulf states' tax authorities.
/// </summary>
public sealed record CountryFacts(string Code, string Currency, string TimeZone, decimal VatPercent)
{
    private static readonly FrozenDictionary<string, CountryFacts> Known = new CountryFacts[]
    {
        new("AE", "AED", "Asia/Dubai", 5), new("SA", "SAR", "Asia/Riyadh", 15), new("BH", "BHD", "Asia/Bahrain", 10),
        new("OM", "OMR", "Asia/Muscat", 5), new("QA", "QAR", "Asia/Qatar", 0), new("KW", "KWD", "Asia/Kuwait", 0),
        new("US", "USD", "America/New_York", 0), new("GB", "GBP", "Europe/London", 20),
        new("AT", "EUR", "Europe/Vienna", 20), new("BE", "EUR", "Europe/Brussels", 21), new("BG", "EUR", "Europe/Sofia", 20),
        new("CY", "EUR", "Asia/Nicosia", 19), new("CZ", "CZK", "Europe/Prague", 21), new("DE", "EUR", "Europe/Berlin", 19),
        new("DK", "DKK", "Europe/Copenhagen", 25), new("EE", "EUR", "Europe/Tallinn", 24), new("ES", "EUR", "Europe/Madrid", 21),
        new("FI", "EUR", "Europe/Helsinki", 25.5m), new("FR", "EUR", "Europe/Paris", 20), new("GR", "EUR", "Europe/Athens", 24),
        new("HR", "EUR", "Europe/Zagreb", 25), new("HU", "HUF", "Europe/Budapest", 27), new("IE", "EUR", "Europe/Dublin", 23),
        new("IT", "EUR", "Europe/Rome", 22), new("LT", "EUR", "Europe/Vilnius", 21), new("LU", "EUR", "Europe/Luxembourg", 17),
        new("LV", "EUR", "Europe/Riga", 21), new("MT", "EUR", "Europe/Malta", 18), new("NL", "EUR", "Europe/Amsterdam", 21),
        new("PL", "PLN", "Europe/Warsaw", 23), new("PT", "EUR", "Europe/Lisbon", 23), new("RO", "RON", "Europe/Bucharest", 21),
        new("SE", "SEK", "Europe/Stockholm", 25), new("SI", "EUR", "Europe/Ljubljana", 22), new("SK", "EUR", "Europe/Bratislava", 23),
    }.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);

    /// <summary>By the ISO 3166 code; null where they are not known.</summary>
    public static CountryFacts? Of(string? code) => code is null ? null : Known.GetValueOrDefault(code);
}
