using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Authorization;

/// <summary>
/// The permission an endpoint needs; also its <c>:own</c> form opens it, limited to own records by the handler, but where it is needed
/// <paramref name="InFull"/>: what belongs to the office is nobody's own.
/// </summary>
public sealed record NeedsPermission(string Permission, bool InFull = false) : IAuthorizationRequirement, IAuthorizationRequirementData
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Open to every signed-in user of the organization, whatever the role.</summary>
public sealed record NeedsSignIn;

public static class PermissionEndpoints
{
    /// <summary>Names the permission that a route needs.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, string permission) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new NeedsPermission(permission));

    /// <summary>Names the permission that a route about the whole office needs; its <c>:own</c> form does not open it.</summary>
    public static TBuilder NeedsInFull<TBuilder>(this TBuilder route, string permission) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new NeedsPermission(permission, InFull: true));

    /// <inheritdoc cref="NeedsSignIn"/>
    public static TBuilder NeedsOnlySignIn<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new NeedsSignIn());
}

internal sealed class PermissionHandler(CurrentUser user) : AuthorizationHandler<NeedsPermission>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NeedsPermission requirement)
    {
        if (requirement.InFull ? user.ReachOf(requirement.Permission) == Reach.All : user.May(requirement.Permission))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>Turns a refusal into the problem that names the reason.</summary>
internal sealed class AuthorizationProblems : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy,
        Microsoft.AspNetCore.Authorization.Policy.PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        if (authorizeResult.Challenged)
            throw context.Items.TryGetValue(typeof(Problem), out var reason) ? (Problem)reason! : Problem.NotAuthenticated();
        throw Problem.Forbidden(context.GetEndpoint()?.Metadata.GetMetadata<NeedsPermission>()?.Permission ?? "for this");
    }
}
