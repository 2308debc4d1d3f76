using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// What holds for every endpoint, said once. From the outside in: ETags; then the unit of work with If-Match and
/// idempotency; then the handler. Authentication, limits and permissions stand before, in middleware.
/// </summary>
public static class ApiGroup
{
    public const string Root = "/api/v1";

    /// <summary>PATCH, and PUT beside it for clients that know no other: either changes the members that are present.</summary>
    public static readonly string[] PutAndPatch = [HttpMethods.Put, HttpMethods.Patch];

    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string tag, string prefix = Root)
    {
        var group = routes.MapGroup(prefix).WithTags(tag);
        group.AddEndpointFilter<RouteGroupBuilder, EntityTagFilter>();
        group.AddEndpointFilter<RouteGroupBuilder, UnitOfWorkFilter>();
        group.AddEndpointFilter<RouteGroupBuilder, ShortListAsCsv>();
        ((IEndpointConventionBuilder)group).Add(Describe);
        group.WithMetadata(new TellsUnknownParameters());
        return group;
    }

    private static void Describe(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<MethodInfo>().FirstOrDefault() is not { } handler) return;
        foreach (var parameter in handler.GetParameters())
        {
            if (parameter.ParameterType.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestBody<>)))
                endpoint.Metadata.Add(new AcceptsMetadata(["application/json"], parameter.ParameterType));
            if (parameter.ParameterType == typeof(ListRequest) && SpecOf(handler.DeclaringType!) is { } spec)
                endpoint.Metadata.Add(new ListOfSlice(spec));
        }
    }

    private static FieldInfo? SpecOf(Type slice) => slice.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .FirstOrDefault(f => typeof(IListSpec).IsAssignableFrom(f.FieldType));
}
