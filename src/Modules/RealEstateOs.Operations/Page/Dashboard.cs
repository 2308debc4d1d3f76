using Hangfire;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Operations.Page;

/// <summary>
/// Hangfire's dashboard, for operators of the installation: it shows everybody's jobs, so no tenant's administrator gets in. What it
/// shows of a job is the kind and the number; one who may not manage operations reads only.
/// </summary>
internal static class Dashboard
{
    public const string Path = "/hangfire";

    public static void MapDashboard(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path + "/login", SignInPage.Show).AllowAnonymous().ExcludeFromDescription();
        app.MapPost(Path + "/login", SignInPage.SignIn).AllowAnonymous().ExcludeFromDescription();
        app.MapPost(Path + "/logout", SignInPage.SignOut).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/jobs", () => TypedResults.LocalRedirect(Path)).AllowAnonymous().ExcludeFromDescription();
        // Its own filter is the door: it knows the cookie, and authorization by Bearer token knows no page.
        app.MapHangfireDashboard(Path, new DashboardOptions
        {
            Authorization = [], AsyncAuthorization = [new DashboardDoor()],
            IsReadOnlyFunc = context => !DashboardDoor.MayManage(context.GetHttpContext()),
            DashboardTitle = "Jobs", AppPath = Path + "/login",
            DisplayNameFunc = (_, job) => job.Args.FirstOrDefault() as string ?? job.ToString(),
            DisplayStorageConnectionString = false, StatsPollingInterval = 5_000,
        }).AllowAnonymous().ExcludeFromDescription();
    }
}

/// <summary>Lets in whose cookie names a session that still stands, of an operator.</summary>
internal sealed class DashboardDoor : IDashboardAsyncAuthorizationFilter
{
    public async Task<bool> AuthorizeAsync(DashboardContext context)
    {
        var http = context.GetHttpContext();
        (http.Response.Headers.XFrameOptions, http.Response.Headers.ContentSecurityPolicy) = ("DENY", "frame-ancestors 'none'");
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        if (await FindAsync(http) is { } who)
        {
            http.Items[typeof(DashboardDoor)] = who;
            if (!HttpMethods.IsGet(http.Request.Method) && http.Request.Path != "/stats")
                Log(http).LogInformation("Operator {Email} asks for {Path}", who.Email, http.Request.Path);
            return true;
        }
        if (!HttpMethods.IsGet(http.Request.Method)) return false;
        http.Response.Redirect(http.Request.PathBase + "/login");
        await http.Response.StartAsync(); // else the dashboard makes it a 401, which shows a browser nothing
        return false;
    }

    public static bool MayManage(HttpContext http) =>
        http.Items[typeof(DashboardDoor)] is Principal who && who.Permissions.Contains(OperationsPermissions.Manage);

    public static async Task<Principal?> FindAsync(HttpContext http)
    {
        var services = http.RequestServices;
        return services.GetRequiredService<OperatorCookie>().Read(http) is { } session
            && await services.GetRequiredService<ISessionDirectory>().FindAsync(session, http.RequestAborted) is { } who
            && services.GetRequiredService<Operators>().Include(who) ? who : null;
    }

    private static ILogger Log(HttpContext http) => http.RequestServices.GetRequiredService<ILogger<DashboardDoor>>();
}

/// <summary>
/// The dashboard's protection against forged requests: its buttons send the token of the cookie's session, which only our own page knows.
/// </summary>
internal sealed class DashboardAntiforgery(OperatorCookie cookie) : IAntiforgery
{
    public const string Header = "RequestVerificationToken", Field = "token";

    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => GetTokens(httpContext);

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) =>
        new(cookie.FormToken(cookie.Read(httpContext) ?? 0), null, Field, Header);

    public Task<bool> IsRequestValidAsync(HttpContext httpContext) => Task.FromResult(
        HttpMethods.IsGet(httpContext.Request.Method) || HttpMethods.IsHead(httpContext.Request.Method)
        || (cookie.Read(httpContext) is { } session && cookie.IsFormToken(session, httpContext.Request.Headers[Header])));

    public async Task ValidateRequestAsync(HttpContext httpContext)
    {
        if (!await IsRequestValidAsync(httpContext)) throw new AntiforgeryValidationException("The request lacks the token of its page.");
    }

    public void SetCookieTokenAndHeader(HttpContext httpContext)
    {
    }
}
