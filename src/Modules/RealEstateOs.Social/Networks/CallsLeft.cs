using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace RealEstateOs.Social.Networks;

/// <summary>
/// What networks say of the calls that are left, also beside an answer that is a yes: whoever calls on at the limit is shut out for longer.
/// </summary>
internal static class CallsLeft
{
    private const int MostPercent = 95;
    private static readonly string[] Shares = ["call_count", "total_cputime", "total_time"];

    /// <summary>How long the account should rest; null where it may go on.</summary>
    /// <param name="creates">X counts each of its addresses by itself; only that of posts matters to posts.</param>
    public static TimeSpan? RestOf(HttpResponseHeaders headers, bool creates, DateTimeOffset now)
    {
        if (creates && Header(headers, "x-rate-limit-remaining") == "0") return UntilReset(headers, now);
        foreach (var name in new[] { "X-Business-Use-Case-Usage", "X-App-Usage", "X-Page-Usage" })
            if (Usages(Header(headers, name)).ToList() is { Count: > 0 } usages
                && usages.Any(u => Shares.Any(share => Number(u, share) >= MostPercent))) return Regain(usages);
        return null;
    }

    /// <summary>When a throttled account of Meta may call again; null where it does not say.</summary>
    public static TimeSpan? Regain(HttpResponseHeaders headers) =>
        Usages(Header(headers, "X-Business-Use-Case-Usage")).ToList() is { Count: > 0 } usages ? Regain(usages) : null;

    /// <summary>When a throttled account of X may call again; a quarter of an hour where it does not say.</summary>
    public static TimeSpan UntilReset(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (!long.TryParse(Header(headers, "x-rate-limit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            return TimeSpan.FromMinutes(15);
        return TimeSpan.FromSeconds(Math.Clamp(at - now.ToUnixTimeMilliseconds() / 1000.0, 5, 86_400));
    }

    private static TimeSpan Regain(List<JsonElement> usages) =>
        TimeSpan.FromMinutes(Math.Clamp(usages.Max(u => Number(u, "estimated_time_to_regain_access")), 5, 24 * 60));

    // By business a list of usages, or one alone.
    private static IEnumerable<JsonElement> Usages(string? header)
    {
        try
        {
            if (header is null || JsonDocument.Parse(header).RootElement is not { ValueKind: JsonValueKind.Object } usage) return [];
            var lists = usage.EnumerateObject().Where(u => u.Value.ValueKind == JsonValueKind.Array).ToList();
            return lists.Count == 0 ? [usage] : lists.SelectMany(u => u.Value.EnumerateArray());
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static double Number(JsonElement usage, string member) =>
        usage.ValueKind == JsonValueKind.Object && usage.TryGetProperty(member, out var number)
            && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : 0;

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
