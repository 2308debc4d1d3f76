using System.Text.Json;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Crm.Matching;

/// <summary>What a client's preferences ask for, as far as they are understood. What is not asked for is empty or null.</summary>
internal sealed record Wishes(
    IReadOnlyList<string> Areas, IReadOnlyList<PropertyType> Types, decimal? MinPrice, decimal? MaxPrice, int? Bedrooms,
    ListingPurpose? Purpose, string? Currency, RentPeriod? RentPeriod)
{
    private const decimal MostMoney = 999_999_999_999_999m;

    private const decimal MostBedrooms = 1_000;

    public bool AskForNothing => Areas.Count == 0 && Types.Count == 0 && MinPrice is null && MaxPrice is null && Bedrooms is null;

    public static Wishes Of(JsonElement? preferences) => Read(preferences, []);

    /// <summary>What is wrong with the keys that are understood; everything else is free.</summary>
    public static IReadOnlyList<(string Member, string Message)> FaultsOf(JsonElement? preferences)
    {
        var faults = new List<(string, string)>();
        Read(preferences, faults);
        return faults;
    }

    private static Wishes Read(JsonElement? preferences, List<(string, string)> faults)
    {
        if (preferences is not { ValueKind: JsonValueKind.Object } given)
        {
            if (preferences is { ValueKind: not JsonValueKind.Null }) faults.Add(("preferences", "must be an object"));
            return new([], [], null, null, null, null, null, null);
        }
        var least = Number(given, "min_price", faults) ?? Number(given, "min_budget", faults);
        var most = Number(given, "max_price", faults) ?? Number(given, "max_budget", faults) ?? Number(given, "budget", faults);
        if (least > most) faults.Add(("preferences.min_price", "must not be above max_price"));
        return new(
            [.. Texts(given, "areas", faults), .. Texts(given, "area", faults)],
            [.. TypesIn(given, "property_types", faults), .. TypesIn(given, "property_type", faults)],
            least, most, (int?)Number(given, "bedrooms", faults, MostBedrooms), PurposeIn(given, faults),
            CurrencyIn(given, faults), PeriodIn(given, faults));
    }

    // Words that say neither are the client's own business, as all else that is free.
    private static ListingPurpose? PurposeIn(JsonElement given, List<(string, string)> faults) =>
        Texts(given, "purpose", faults).FirstOrDefault()?.ToLowerInvariant() switch
        {
            "sale" or "buy" or "buying" or "purchase" => ListingPurpose.Sale,
            "rent" or "renting" or "rental" or "lease" => ListingPurpose.Rent,
            _ => null,
        };

    private static RentPeriod? PeriodIn(JsonElement given, List<(string, string)> faults)
    {
        if (Texts(given, "rent_period", faults).FirstOrDefault() is not { } word) return null;
        if (Vocabulary.TryRead<RentPeriod>(word, out var period)) return period;
        faults.Add(("preferences.rent_period", Vocabulary.Explain(typeof(RentPeriod))));
        return null;
    }

    private static string? CurrencyIn(JsonElement given, List<(string, string)> faults)
    {
        var code = Texts(given, "currency", faults).FirstOrDefault();
        if (code is null || Currencies.IsKnown(code)) return code;
        faults.Add(("preferences.currency", "must be an ISO 4217 code such as AED"));
        return null;
    }

    private static IEnumerable<PropertyType> TypesIn(JsonElement given, string key, List<(string, string)> faults)
    {
        foreach (var word in Texts(given, key, faults))
        {
            if (Vocabulary.TryRead<PropertyType>(word, out var type)) yield return type;
            else faults.Add(($"preferences.{key}", Vocabulary.Explain(typeof(PropertyType))));
        }
    }

    private static string[] Texts(JsonElement given, string key, List<(string, string)> faults)
    {
        if (!given.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null) return [];
        var entries = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value];
        if (entries.Length > 50 || entries.Any(e => e.ValueKind != JsonValueKind.String))
            faults.Add(($"preferences.{key}", "must be a text, or a list of at most 50"));
        return [.. entries.Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!.Trim())
            .Where(e => e.Length > 0).Take(50)];
    }

    private static decimal? Number(
        JsonElement given, string key, List<(string, string)> faults, decimal most = MostMoney)
    {
        if (!given.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= 0 && number <= most)
            return number;
        faults.Add(($"preferences.{key}", FormattableString.Invariant($"must be a number from 0 to {most}")));
        return null;
    }
}
