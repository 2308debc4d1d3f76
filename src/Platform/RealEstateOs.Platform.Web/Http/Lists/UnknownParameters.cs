using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>
/// Tells, in <c>X-Unknown-Parameters</c>, which query parameters of a list did nothing: they are ignored, as clients and proxies add some
/// of their own, but a filter with a slip in its name would otherwise show everything without a word.
/// </summary>
internal static class UnknownParameters
{
    public const string Header = "X-Unknown-Parameters";
    private const int MostNames = 10, LongestName = 60;

    private static readonly string[] OfEveryList = ["limit", "offset", "skip", "after", "sort", SparseFields.Parameter];

    public static void Tell(HttpContext http, IListSpec spec)
    {
        if (http.Request.Query.Count == 0) return;
        var known = spec.Parameters.Select(p => p.Name).Concat(OfEveryList).Concat(OfHandler(http))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = http.Request.Query.Keys.Where(name => !known.Contains(name)).Take(MostNames).ToList();
        if (unknown.Count > 0) http.Response.Headers[Header] = string.Join(", ",
            unknown.Select(name => Shown(name) + NearestName.Hint(name, known)));
    }

    private static IEnumerable<string> OfHandler(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>()?.GetParameters()
            .Select(p => p.GetCustomAttribute<FromQueryAttribute>()?.Name ?? p.Name!) ?? [];

    // A header is one line of ASCII, whatever the query holds.
    internal static string Shown(string name) => new(
        [.. name.Take(LongestName).Select(c => char.IsAsciiLetterOrDigit(c) || "_-.[]".Contains(c, StringComparison.Ordinal) ? c : '?')]);
}
