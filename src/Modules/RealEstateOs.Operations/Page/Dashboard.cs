using Hangfire;
using Hangfire.Dashboard;
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
        app.MapGet(Path + "/login", SignInPage.Show).ForOperators();
        app.MapPost(Path + "/login", SignInPage.SignIn).ForOperators();
        app.MapPost(Path + "/logout", SignInPage.SignOut).ForOperators();
        app.MapGet("/jobs", () => TypedResults.LocalRedirect(Path)).AllowAnonymous().ExcludeFromDescription();
        app.MapHangfireDashboard(Path, new DashboardOptions
        {
            Authorization = [], AsyncAuthorization = [new DashboardDoor()],
            IsReadOnlyFunc = context => !DashboardDoor.MayManage(context.GetHttpContext()),
            DashboardTitle = "Jobs", AppPath = Path + "/login",
            DisplayNameFunc = (_, job) => job.Args.FirstOrDefault() as string ?? job.ToString(),
            DisplayStorageConnectionString = false, StatsPollingInterval = 5_000,
        }).ForOperators();
    }

    // Whoever the cookie names is the request's user; the door is the pages' own, which sends strangers to the form.
    private static void ForOperators<TBuilder>(this TBuilder page) where TBuilder : IEndpointConventionBuilder =>
        page.RequireAuthorization(policy => policy.AddAuthenticationSchemes(OperatorSession.Scheme).RequireAssertion(_ => true))
            .AllowAnonymous().ExcludeFromDescription();
}

/// <summary>Lets in whose cookie names a session that still stands, of an operator.</summary>
internal sealed class DashboardDoor : IDashboardAsyncAuthorizationFilter
{
    public async Task<bool> AuthorizeAsync(DashboardContext context)
    {
        var http = context.GetHttpContext();
        (http.Response.Headers.XFrameOptions, http.Response.Headers.ContentSecurityPolicy) = ("DENY", "frame-ancestors 'none'");
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        if (await OperatorSession.FindAsync(http) is { } who)
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

    private static ILogger Log(HttpContext http) => http.RequestServices.GetRequiredService<ILogger<DashboardDoor>>();
}
