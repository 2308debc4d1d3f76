using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// Tells, in <c>X-Unknown-Parameters</c>, which query parameters of a GET did nothing: they are ignored, as clients and proxies add some
/// of their own, but a filter with a slip in its name would otherwise show everything without a word. Pages that need no sign-in are
/// opened by links, to which others add what they like.
/// </summary>
internal static class UnknownParameters
{
    public const string Header = "X-Unknown-Parameters";
    private const int MostNames = 10, LongestName = 60;

    private static readonly string[] OfEveryList = ["limit", "offset", "skip", "after", "sort"];
    private static readonly ConcurrentDictionary<Endpoint, HashSet<string>?> Known = new();

    public static IApplicationBuilder UseUnknownParameters(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.Method == HttpMethods.Get && http.Request.Query.Count > 0 && http.GetEndpoint() is { } endpoint
            && Known.GetOrAdd(endpoint, e => AreTold(HttpMethods.Get, e.Metadata) ? KnownTo(e) : null) is { } known) Tell(http, known);
        return next(http);
    });

    public static bool AreTold(string? method, IEnumerable<object> metadata) =>
        method == HttpMethods.Get && metadata.OfType<TellsUnknownParameters>().Any() && !metadata.OfType<IAllowAnonymous>().Any();

    /// <summary>The query parameters that an endpoint reads.</summary>
    public static HashSet<string> KnownTo(Endpoint endpoint)
    {
        var list = endpoint.Metadata.GetMetadata<ListOfSlice>()?.Spec;
        return HandlerParameters.Of(endpoint).Select(p => p.Name).Append(SparseFields.Parameter)
            .Concat(list is null ? [] : OfEveryList.Concat(list.Parameters.Select(p => p.Name)))
            .Concat(endpoint.Metadata.GetMetadata<AcceptsStreamToken>() is null ? [] : ["token"])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static void Tell(HttpContext http, HashSet<string> known)
    {
        var unknown = http.Request.Query.Keys.Where(name => !known.Contains(name)).Take(MostNames).ToList();
        if (unknown.Count > 0) http.Response.Headers[Header] = string.Join(", ",
            unknown.Select(name => Shown(name) + NearestName.Hint(name, known)));
    }

    // A header is one line of ASCII, whatever the query holds.
    internal static string Shown(string name) => new(
        [.. name.Take(LongestName).Select(c => char.IsAsciiLetterOrDigit(c) || "_-.[]".Contains(c, StringComparison.Ordinal) ? c : '?')]);
}

/// <summary>Stands at every route of the API (<see cref="ApiGroup"/>).</summary>
internal sealed record TellsUnknownParameters;
