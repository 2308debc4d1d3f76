using System.Collections;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>Answers an array that is no page of a list, a history for example, as CSV where that is asked for.</summary>
internal sealed class ShortListAsCsv : IEndpointFilter
{
    private static readonly MethodInfo Write = typeof(ShortListAsCsv).GetMethod(nameof(Of), BindingFlags.Static | BindingFlags.NonPublic)!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (!HttpMethods.IsGet(context.HttpContext.Request.Method) || !Csv.IsWanted(context.HttpContext.Request)) return result;
        var answer = result;
        while (answer is INestedHttpResult nested) answer = nested.Result;
        var value = answer is IValueHttpResult { Value: { } inside } ? inside : answer;
        return value is IList && ElementOf(value.GetType()) is { } element
            ? Write.MakeGenericMethod(element).Invoke(null, [value]) : result;
    }

    private static Type? ElementOf(Type list) =>
        list.GetInterfaces().FirstOrDefault(
            i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))?.GetGenericArguments()[0];

    private static ListResult<T> Of<T>(IReadOnlyList<T> rows) => Csv.Stream(rows.ToAsyncEnumerable());
}
