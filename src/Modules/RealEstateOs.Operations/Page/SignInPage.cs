using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Operations.Page;

/// <summary>Where operators sign in to the dashboard, and out.</summary>
internal static class SignInPage
{
    private const string Title = "Jobs – sign in";

    public static async Task<IResult> Show(HttpContext http, OperatorCookie cookie) =>
        await DashboardDoor.FindAsync(http) is { } who ? Html.Page(http, "Jobs", SignedIn(who, cookie))
            : Html.Page(http, Title, Form(null));

    public static async Task<IResult> SignIn(HttpContext http, IPageSignIn door, ISessionDirectory sessions, Operators operators,
        OperatorCookie cookie, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || IsForeign(http.Request))
            return Html.Page(http, Title, Form("Please send the form again."), 400);
        var form = await http.Request.ReadFormAsync(ct);
        try
        {
            var session = await door.SignInAsync(form["email"].ToString(), form["password"].ToString(), ct);
            var who = await sessions.FindAsync(session, ct);
            if (who is null || !operators.Include(who))
                return Html.Page(http, Title, Form("This page is for operators of this installation."), 403);
            cookie.Set(http, session);
            return TypedResults.LocalRedirect(Dashboard.Path);
        }
        catch (Problem problem)
        {
            return Html.Page(http, Title, Form(problem.Message), problem.Status);
        }
    }

    /// <summary>Ends the session, so that a copy of the cookie opens nothing.</summary>
    public static async Task<IResult> SignOut(HttpContext http, IPageSignIn door, OperatorCookie cookie, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || await DashboardDoor.FindAsync(http) is not { } who)
            return TypedResults.LocalRedirect(Dashboard.Path + "/login");
        var form = await http.Request.ReadFormAsync(ct);
        if (!cookie.IsFormToken(who.SessionId, form[DashboardAntiforgery.Field]))
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        await door.SignOutAsync(who.OrganizationId, who.UserId, who.SessionId, ct);
        OperatorCookie.Clear(http);
        return TypedResults.LocalRedirect(Dashboard.Path + "/login");
    }

    // Another site must not sign its visitor in here.
    private static bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
        || (Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && !string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static string SignedIn(Principal who, OperatorCookie cookie) =>
        $"""
        <h1>Jobs</h1><p>Signed in as {Html.Encode(who.Email)}. <a href="{Dashboard.Path}">To the dashboard</a></p>
        <form method="post" action="{Dashboard.Path}/logout"><input type="hidden" name="{DashboardAntiforgery.Field}" value="{cookie.FormToken(who.SessionId)}"><button>Sign out</button></form>
        """;

    private static string Form(string? error) =>
        $"""
        <h1>Jobs</h1>{(error is null ? "" : $"<p class=\"bad\" role=\"alert\">{Html.Encode(error)}</p>")}
        <form class="sign-in" method="post" action="{Dashboard.Path}/login">
        <label>E-mail <input type="email" name="email" autocomplete="username" required autofocus></label>
        <label>Password <input type="password" name="password" autocomplete="current-password" required></label>
        <button>Sign in</button></form>
        """;
}
