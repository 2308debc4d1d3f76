using System.Globalization;

namespace RealEstateOs.Bench.Valuation;

internal sealed record BenchArguments
{
    public string? Dubai { get; init; }
    public string? DubaiLater { get; init; }
    public DateOnly TestFrom { get; init; } = new(2026, 5, 1);
    public DateOnly TestTo { get; init; } = DateOnly.MaxValue;
    public IReadOnlyCollection<string> Protocols { get; init; } = ["frozen", "daily", "day"];
    public string? KingCounty { get; init; }
    public string? KingCountyLater { get; init; }
    public bool Validate { get; init; }
    public bool Speed { get; init; }
    public bool Http { get; init; }
    public string? Rents { get; init; }

    /// <summary>Null where the arguments make no sense.</summary>
    public static BenchArguments? Parse(string[] args)
    {
        var parsed = new BenchArguments();
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--validate": parsed = parsed with { Validate = true }; continue;
                case "--http": parsed = parsed with { Http = true }; continue;
                case "--speed": parsed = parsed with { Speed = true }; continue;
            }
            if (value is null) return null;
            i++;
            DateOnly day = default;
            if (args[i - 1].StartsWith("--test-", StringComparison.Ordinal)
                && !DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return null;
            switch (args[i - 1])
            {
                case "--dubai": parsed = parsed with { Dubai = value }; break;
                case "--dubai-later": parsed = parsed with { DubaiLater = value }; break;
                case "--protocols": parsed = parsed with { Protocols = value.Split(',') }; break;
                case "--rents": parsed = parsed with { Rents = value }; break;
                case "--king-county": parsed = parsed with { KingCounty = value }; break;
                case "--king-county-later": parsed = parsed with { KingCountyLater = value }; break;
                case "--test-from": parsed = parsed with { TestFrom = day }; break;
                case "--test-to": parsed = parsed with { TestTo = day }; break;
                default: return null;
            }
        }
        return parsed.Dubai is null && parsed.KingCounty is null && parsed.Rents is null && !parsed.Speed && !parsed.Http ? null : parsed;
    }
}
