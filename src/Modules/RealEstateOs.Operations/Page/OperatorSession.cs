using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Operations.Page;

/// <summary>
/// The door of the page: the cookie's session must still stand, and its user be an operator of the installation; to change something, also
/// send the form's token.
/// </summary>
internal static class OperatorSession
{
    public static async ValueTask<object?> RequireAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var cookie = services.GetRequiredService<OperatorCookie>();
        var user = services.GetRequiredService<CurrentUser>();
        if (cookie.Read(http) is not { } session || await services.GetRequiredService<ISessionDirectory>().FindAsync(session, http.RequestAborted) is not { } who)
            return TypedResults.LocalRedirect("/jobs/login");
        if (user.IsSignedIn && user.Principal.SessionId != session) return TypedResults.StatusCode(StatusCodes.Status400BadRequest); // a Bearer token beside the cookie
        user.SignIn(who);
        services.GetRequiredService<Tenant>().Enter(who.OrganizationId, who.UserId);
        if (!services.GetRequiredService<Operators>().Include(who)) return TypedResults.LocalRedirect("/jobs/login");
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) return await next(context);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!cookie.IsFormToken(session, form["token"])) return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        return await next(context);
    }
}
