using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Http;

/// <summary>A response with the version of its row; its ETag needs no look at the body.</summary>
public interface IVersionedResponse
{
    /// <summary>The reference of the resource, as in its ETag.</summary>
    string Reference { get; }

    uint Version { get; }

    /// <summary>Does the answer also show names of other rows? Then its tag holds a hash of the whole beside the version.</summary>
    bool ShowsOtherRows => false;
}

/// <summary>
/// ETags for every GET: of a single versioned resource its row version (Redis may answer 304 without the database), of
/// everything else in JSON a hash of the answer.
/// </summary>
internal sealed class EntityTagFilter(TagCache tags) : IEndpointFilter
{
    private static readonly ConcurrentDictionary<Endpoint, string?> ReferenceRoutes = new();

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)) return await next(context);
        var user = http.RequestServices.GetRequiredService<CurrentUser>();
        if (await IsUnchangedAsync(http, user)) return TypedResults.StatusCode(304);
        var result = await next(context);
        return await WithTagAsync(http, user, result);
    }

    private async Task<bool> IsUnchangedAsync(HttpContext http, CurrentUser user)
    {
        var known = http.Request.Headers.IfNoneMatch;
        if (known.Count == 0 || !user.IsSignedIn || SeesOnlyOwn(http, user)) return false;
        if (ReferenceOf(http) is not { } reference) return false;
        var tag = await tags.FindAsync(user.OrganizationId, reference);
        if (tag is null || !Matches(known.ToString(), tag)) return false;
        http.Response.Headers.ETag = tag;
        return true;
    }

    private async Task<object?> WithTagAsync(HttpContext http, CurrentUser user, object? result)
    {
        var answer = Unwrap(result);
        var value = answer is IValueHttpResult holder ? holder.Value : answer is IResult or string ? null : answer;
        if (value is null || UnitOfWorkFilter.StatusOf(answer) != 200) return result;
        http.Response.Headers.CacheControl = "private, no-cache";
        var sparse = SparseFields.Of(http.Request, value);
        if (value is not IVersionedResponse versioned) return new HashedResult(value, sparse);
        var tag = ResourceTags.TagOf(versioned);
        http.Response.Headers.ETag = tag;
        var known = http.Request.Headers.IfNoneMatch;
        // Worth remembering for those who ask again; who never sends If-None-Match is not charged for them.
        if (known.Count > 0 && user.IsSignedIn && !versioned.ShowsOtherRows)
            await tags.AddAsync(user.OrganizationId, versioned.Reference, tag);
        return Matches(known.ToString(), tag) ? TypedResults.StatusCode(304)
            : sparse is null ? result : TypedResults.Bytes(sparse.Serialize(value), "application/json; charset=utf-8");
    }

    /// <summary>The tag of what a write answers, so that the client can go on from there.</summary>
    internal static object? Tagged(HttpContext http, object? result)
    {
        if (Unwrap(result) is IValueHttpResult { Value: IVersionedResponse value })
            http.Response.Headers.ETag = ResourceTags.TagOf(value);
        return result;
    }

    private static object? Unwrap(object? result) => result is INestedHttpResult nested ? Unwrap(nested.Result) : result;

    private static bool SeesOnlyOwn(HttpContext http, CurrentUser user) =>
        http.GetEndpoint()?.Metadata.GetMetadata<NeedsPermission>() is { } needs && user.OnlyOwn(needs.Permission);

    // Only where the answer is the resource that the last id of the route names.
    private static string? ReferenceOf(HttpContext http)
    {
        var route = ReferenceRoutes.GetOrAdd(http.GetEndpoint()!, endpoint =>
        {
            var handler = endpoint.Metadata.GetMetadata<MethodInfo>();
            var answersVersioned = handler is not null && Arguments(handler.ReturnType).Any(typeof(IVersionedResponse).IsAssignableFrom);
            var id = handler?.GetParameters().LastOrDefault(p => EntityIds.IsId(p.ParameterType));
            var pattern = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
            return answersVersioned && id is not null && pattern?.EndsWith($"{{{id.Name}}}", StringComparison.Ordinal) == true
                ? $"{id.Name} {EntityIds.PrefixOf(id.ParameterType)}" : null;
        });
        if (route?.Split(' ') is not [var name, var prefix]) return null;
        var text = http.Request.RouteValues[name] as string;
        return text is null ? null : text.StartsWith(prefix + "_", StringComparison.Ordinal) ? text : $"{prefix}_{text}";
    }

    private static IEnumerable<Type> Arguments(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(a => Arguments(a).Prepend(a)) : [];

    internal static bool Matches(string header, string tag) =>
        header == "*" || header.Split(',', StringSplitOptions.TrimEntries)
            .Any(t => (t.StartsWith("W/", StringComparison.Ordinal) ? t[2..] : t) == tag);

    /// <summary>JSON whose ETag is a hash of its bytes.</summary>
    private sealed class HashedResult(object value, SparseFields? sparse) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var body = sparse?.Serialize(value) ?? JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Json.Options);
            var tag = $"\"{ResourceTags.Hash(body)}\"";
            httpContext.Response.Headers.ETag = tag;
            if (Matches(httpContext.Request.Headers.IfNoneMatch.ToString(), tag))
            {
                httpContext.Response.StatusCode = 304;
                return;
            }
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            httpContext.Response.ContentLength = body.Length;
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
