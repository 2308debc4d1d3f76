using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Ids;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Http;

/// <summary>An id in a route or a query of the wrong kind (<c>lead_5</c> where a property is wanted) is a 422 that says so.</summary>
internal static class IdBinding
{
    private static readonly ConcurrentDictionary<MethodInfo, IdParameter[]> Parameters = new();

    public static IApplicationBuilder UseIdBinding(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var handler = context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>();
        if (handler is not null) Check(context, Parameters.GetOrAdd(handler, IdParameters));
        return next(context);
    });

    private static IdParameter[] IdParameters(MethodInfo handler) =>
        [.. from p in HandlerParameters.Of(handler)
            let type = Nullable.GetUnderlyingType(p.Type) ?? p.Type
            where EntityIds.IsId(type)
            select new IdParameter(p.Name, EntityIds.PrefixOf(type), EntityIds.TestFor(type))];

    private static void Check(HttpContext context, IdParameter[] parameters)
    {
        List<FieldError>? errors = null;
        foreach (var (name, prefix, canRead) in parameters)
        {
            var inRoute = context.Request.RouteValues.TryGetValue(name, out var value);
            var text = inRoute ? value as string : context.Request.Query[name].FirstOrDefault();
            if (string.IsNullOrEmpty(text) || canRead(text)) continue;
            (errors ??= []).Add(FieldError.Format(name, EntityId.Explain(prefix)) with { In = inRoute ? "path" : "query" });
        }
        if (errors is not null) throw Problem.Invalid(errors);
    }

    private sealed record IdParameter(string Name, string Prefix, Func<string?, bool> CanRead);
}
