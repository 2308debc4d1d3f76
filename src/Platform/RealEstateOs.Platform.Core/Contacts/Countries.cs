using System.Globalization;
using PhoneNumbers;

namespace RealEstateOs.Platform.Contacts;

/// <summary>Countries as people write them: by their ISO 3166 codes, and by their names in English and their own language.</summary>
public static class Countries
{
    private static readonly Lazy<Dictionary<string, string>> Codes = new(CodesByName);

    /// <summary>The two-letter code; null where the text names no country.</summary>
    public static string? CodeOf(string? country) => country?.Trim() is { Length: > 0 } named ? Codes.Value.GetValueOrDefault(named) : null;

    private static Dictionary<string, string> CodesByName()
    {
        var codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["UK"] = "GB", ["UAE"] = "AE", ["USA"] = "US" };
        var regions = PhoneNumberUtil.GetInstance().GetSupportedRegions();
        foreach (var code in regions.Where(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper)))
        {
            codes[code] = code;
            try
            {
                var region = new RegionInfo(code);
                foreach (var name in new[] { region.EnglishName, region.NativeName, region.ThreeLetterISORegionName })
                    codes.TryAdd(name, code);
            }
            catch (ArgumentException)
            {
                // The system's data lack the country: its code is enough.
            }
        }
        return codes;
    }
}
