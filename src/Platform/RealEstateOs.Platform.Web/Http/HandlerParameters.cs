using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// What a handler takes from the route and the query, by the names on the wire; those of an <c>[AsParameters]</c> record, too.
/// </summary>
internal static class HandlerParameters
{
    public static IEnumerable<(string Name, Type Type)> Of(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler ? Of(handler) : [];

    public static IEnumerable<(string Name, Type Type)> Of(MethodInfo handler) => handler.GetParameters().SelectMany(p =>
        p.IsDefined(typeof(AsParametersAttribute)) ? p.ParameterType.GetProperties().Select(m => Named(m, m.Name, m.PropertyType))
            : IsText(p.ParameterType) && !p.IsDefined(typeof(FromHeaderAttribute)) ? [Named(p, p.Name!, p.ParameterType)]
            : Array.Empty<(string, Type)>());

    private static (string, Type) Named(ICustomAttributeProvider declared, string name, Type type) =>
        (declared.GetCustomAttributes(typeof(FromQueryAttribute), false).OfType<FromQueryAttribute>().FirstOrDefault()?.Name ?? name, type);

    // What is no service: texts, numbers, days, ids, enums, and several of them.
    private static bool IsText(Type type) =>
        type == typeof(string) || type.IsArray || (type.IsValueType && type != typeof(CancellationToken));
}
