namespace RealEstateOs.Platform.Messaging;

/// <summary>
/// When a marketing text may reach a phone, on the recipient's clock: UAE 09:00–18:00 (Cabinet Resolution 56/2024), elsewhere
/// 08:00–21:00 (47 CFR 64.1200 in the US). A number of a country with several zones takes the hours that suit all of them.
/// </summary>
public static class QuietHours
{
    private static readonly (string Prefix, string[] Zones, int From, int To)[] Rules =
    [
        ("+971", ["Asia/Dubai"], 9, 18),
        ("+1", ["America/New_York", "America/Los_Angeles"], 8, 21),
        ("+44", ["Europe/London"], 8, 21),
        ("+966", ["Asia/Riyadh"], 8, 21),
        ("+91", ["Asia/Kolkata"], 8, 21),
    ];

    /// <summary>
    /// Now, or the next moment at which a text may be sent; <paramref name="zone"/> is the sender's, for numbers without a rule.
    /// </summary>
    public static DateTimeOffset Next(string number, DateTimeOffset now, string zone)
    {
        var (_, zones, from, to) = Rules.FirstOrDefault(r => number.StartsWith(r.Prefix, StringComparison.Ordinal), ("", [zone], 8, 21));
        var clocks = zones.Select(z => TimeZoneInfo.TryFindSystemTimeZoneById(z, out var found) ? found : TimeZoneInfo.Utc).ToArray();
        // In steps of a quarter of an hour: zones differ by no less, and two days hold every case.
        for (var at = now; at < now.AddDays(2); at = Quarter(at))
            if (clocks.All(c => TimeZoneInfo.ConvertTime(at, c).TimeOfDay is var time && time >= TimeSpan.FromHours(from)
                && time < TimeSpan.FromHours(to))) return at;
        return now;
    }

    private static DateTimeOffset Quarter(DateTimeOffset at)
    {
        var step = TimeSpan.FromMinutes(15).Ticks;
        return new DateTimeOffset((at.UtcTicks / step * step) + step, TimeSpan.Zero);
    }
}
