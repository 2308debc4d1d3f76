using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>A page of a list: a JSON array, its total in X-Total-Count, its neighbours in Link; or the whole list as CSV.</summary>
public sealed class ListResult<T> : IResult, IValueHttpResult, IEndpointMetadataProvider
{
    private readonly Func<HttpContext, Task>? write;

    internal ListResult(IReadOnlyList<T> items) => Items = items;

    internal ListResult(Func<HttpContext, Task> write) : this([]) => this.write = write;

    public IReadOnlyList<T> Items { get; }

    object? IValueHttpResult.Value => write is null ? Items : null;

    /// <summary>The entity tag filter writes the array; only CSV is written here.</summary>
    public Task ExecuteAsync(HttpContext httpContext) => write?.Invoke(httpContext) ?? TypedResults.Ok(Items).ExecuteAsync(httpContext);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(IReadOnlyList<T>), ["application/json", "text/csv"]));
}

internal static class ListHeaders
{
    public static void Write(HttpContext http, long total, int limit, int offset, string? next)
    {
        http.Response.Headers["X-Total-Count"] = total.ToString(CultureInfo.InvariantCulture);
        var links = new List<string> { Link(http, "first", ("after", null), ("offset", null), ("skip", null)) };
        if (offset > 0) links.Add(Link(http, "prev", ("after", null), ("skip", null),
            ("offset", Math.Max(0, offset - limit).ToString(CultureInfo.InvariantCulture))));
        if (next is not null) links.Add(Link(http, "next", ("offset", null), ("skip", null), ("after", next)));
        http.Response.Headers.Link = string.Join(", ", links);
    }

    private static string Link(HttpContext http, string rel, params (string Name, string? Value)[] changes)
    {
        var request = http.Request;
        var query = request.Query.SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)))
            .Where(q => changes.All(c => c.Name != q.Key))
            .Concat(changes.Where(c => c.Value is not null).Select(c => KeyValuePair.Create(c.Name, c.Value)));
        return $"<{QueryHelpers.AddQueryString($"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}", query)}>; "
            + $"rel=\"{rel}\"";
    }
}
