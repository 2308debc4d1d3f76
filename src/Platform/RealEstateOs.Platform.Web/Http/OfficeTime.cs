using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// A time without a zone is what the clock in the office shows, in bodies and in queries; for who is not signed in it is UTC. The zone is
/// asked for only where such a time occurs.
/// </summary>
internal static class OfficeTime
{
    private const int LongestTime = 40;

    private static readonly ConcurrentDictionary<Type, bool> WithTimes = new();
    private static readonly ConcurrentDictionary<Endpoint, (HashSet<string> Times, HashSet<string> Days)> Parameters = new();

    /// <summary>The zone in which a body of this type is to be read; null where it makes no difference.</summary>
    public static async Task<TimeZoneInfo?> ZoneForAsync(HttpContext http, Type type, JsonElement body) =>
        WithTimes.GetOrAdd(type, t => HasTimes(t, [])) && Holds(body) ? await ZoneAsync(http) : null;

    /// <summary>Gives the times of the query their zone, and cuts days out of times, before anything reads them.</summary>
    public static IApplicationBuilder UseOfficeTime(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.Query.Count == 0 || http.GetEndpoint() is not { } endpoint) return next(http);
        var (times, days) = Parameters.GetOrAdd(endpoint, ParametersOf);
        return http.Request.Query.Any(q => times.Contains(q.Key) ? q.Value.Any(IsLocal) : days.Contains(q.Key) && q.Value.Any(IsTime))
            ? RewrittenAsync() : next(http);

        async Task RewrittenAsync()
        {
            await RewriteAsync(http, times, days);
            await next(http);
        }
    });

    private static async Task RewriteAsync(HttpContext http, HashSet<string> times, HashSet<string> days)
    {
        var zone = await ZoneAsync(http);
        http.Request.Query = new QueryCollection(http.Request.Query.ToDictionary(q => q.Key, q => times.Contains(q.Key)
            ? new StringValues([.. q.Value.Select(text => IsLocal(text) ? InUtc(text!, zone) : text)])
            : days.Contains(q.Key) ? new StringValues([.. q.Value.Select(text => IsTime(text) ? text!.Trim()[..10] : text)]) : q.Value,
            StringComparer.OrdinalIgnoreCase));
    }

    private static async Task<TimeZoneInfo?> ZoneAsync(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<Tenant>().Organization is null) return null;
        var office = await http.RequestServices.GetRequiredService<IOrganizationDirectory>().DefaultsAsync(http.RequestAborted);
        return TimeZoneInfo.TryFindSystemTimeZoneById(office.TimeZone, out var zone) ? zone : null;
    }

    private static bool HasTimes(Type type, HashSet<Type> seen)
    {
        var inner = type.IsArray ? type.GetElementType()! : type.IsGenericType ? type.GetGenericArguments()[0] : type;
        return inner == typeof(DateTimeOffset)
            || (inner.Namespace?.StartsWith("RealEstateOs", StringComparison.Ordinal) == true && !inner.IsEnum && seen.Add(inner)
                && inner.GetProperties(BindingFlags.Public | BindingFlags.Instance).Any(p => HasTimes(p.PropertyType, seen)));
    }

    private static bool Holds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => Holds(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(Holds),
        JsonValueKind.String => value.GetRawText() is { Length: >= 12 and <= LongestTime } raw && Json.IsWithoutZone(raw[1..^1]),
        _ => false,
    };

    private static bool IsLocal(string? text) => text is { Length: <= LongestTime } && Json.IsWithoutZone(text.Trim());

    private static bool IsTime(string? text) =>
        text?.Trim() is { Length: > 10 and <= LongestTime } time && Json.TryReadDay(time.Replace(' ', '+'), out _);

    private static string InUtc(string text, TimeZoneInfo? zone) => Json.TryRead(text.Trim(), out var time, zone)
        ? time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) : text;

    private static (HashSet<string>, HashSet<string>) ParametersOf(Endpoint endpoint)
    {
        var handler = HandlerParameters.Of(endpoint);
        var list = (endpoint.Metadata.GetMetadata<ListOfSlice>()?.Spec.Parameters ?? []).Select(p => (p.Name, p.Type));
        var all = handler.Concat(list).ToLookup(p => Nullable.GetUnderlyingType(p.Type) ?? p.Type, p => p.Name);
        return (all[typeof(DateTimeOffset)].ToHashSet(StringComparer.OrdinalIgnoreCase),
            all[typeof(DateOnly)].ToHashSet(StringComparer.OrdinalIgnoreCase));
    }
}
