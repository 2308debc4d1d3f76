using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Operations.Page;

/// <summary>Where operators sign in to the dashboard, and out.</summary>
internal static class SignInPage
{
    private const string Title = "Jobs – sign in";

    public static async Task<IResult> Show(HttpContext http, IAntiforgery forms) =>
        await OperatorSession.FindAsync(http) is { } who ? Html.Page(http, "Jobs", SignedIn(who, Token(http, forms)))
            : Form(http, forms, null, 200);

    public static async Task<IResult> SignIn(HttpContext http, IPageSignIn door, ISessionDirectory sessions, Operators operators,
        IAntiforgery forms, CancellationToken ct)
    {
        // Another site must not sign its visitor in here.
        if (!http.Request.HasFormContentType || !await forms.IsRequestValidAsync(http))
            return Form(http, forms, "Please send the form again.", 400);
        var form = await http.Request.ReadWholeFormAsync(ct);
        try
        {
            var session = await door.SignInAsync(form["email"].ToString(), form["password"].ToString(), ct);
            var who = await sessions.FindAsync(session, ct);
            if (who is null || !operators.Include(who)) return Form(http, forms, "This page is for operators of this installation.", 403);
            await OperatorSession.EnterAsync(http, session);
            return TypedResults.LocalRedirect(Dashboard.Path);
        }
        catch (Problem problem)
        {
            return Form(http, forms, problem.Message, problem.Status);
        }
    }

    /// <summary>Ends the session, so that a copy of the cookie opens nothing.</summary>
    public static async Task<IResult> SignOut(HttpContext http, IPageSignIn door, IAntiforgery forms, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || await OperatorSession.FindAsync(http) is not { } who)
            return TypedResults.LocalRedirect(Dashboard.Path + "/login");
        if (!await forms.IsRequestValidAsync(http)) return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        await door.SignOutAsync(who.OrganizationId, who.UserId, who.SessionId, ct);
        await OperatorSession.LeaveAsync(http);
        return TypedResults.LocalRedirect(Dashboard.Path + "/login");
    }

    private static string Token(HttpContext http, IAntiforgery forms)
    {
        var tokens = forms.GetAndStoreTokens(http);
        return $"<input type=\"hidden\" name=\"{tokens.FormFieldName}\" value=\"{tokens.RequestToken}\">";
    }

    private static string SignedIn(Principal who, string token) =>
        $"""
        <h1>Jobs</h1><p>Signed in as {Html.Encode(who.Email)}. <a href="{Dashboard.Path}">To the dashboard</a></p>
        <form method="post" action="{Dashboard.Path}/logout">{token}<button>Sign out</button></form>
        """;

    private static IResult Form(HttpContext http, IAntiforgery forms, string? error, int status) => Html.Page(http, Title,
        $"""
        <h1>Jobs</h1>{(error is null ? "" : $"<p class=\"bad\" role=\"alert\">{Html.Encode(error)}</p>")}
        <form class="sign-in" method="post" action="{Dashboard.Path}/login">{Token(http, forms)}
        <label>E-mail <input type="email" name="email" autocomplete="username" required autofocus></label>
        <label>Password <input type="password" name="password" autocomplete="current-password" required></label>
        <button>Sign in</button></form>
        """, status);
}
