using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Operations.Page;

internal static class SignInPage
{
    public static IResult Show(HttpContext http) => Html.Page(http, "Sign in – jobs", Form(null));

    public static async Task<IResult> SignIn(HttpContext http, IPageSignIn door, ISessionDirectory sessions, Operators operators, OperatorCookie cookie, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || IsForeign(http.Request)) return Html.Page(http, "Sign in – jobs", Form("Please send the form again."), 400);
        var form = await http.Request.ReadFormAsync(ct);
        try
        {
            var session = await door.SignInAsync(form["email"].ToString(), form["password"].ToString(), ct);
            var who = await sessions.FindAsync(session, ct);
            if (who is null || !operators.Include(who)) return Html.Page(http, "Sign in – jobs", Form("This page is for operators of this installation."), 403);
            cookie.Set(http, session);
            return TypedResults.LocalRedirect("/jobs");
        }
        catch (Problem problem)
        {
            return Html.Page(http, "Sign in – jobs", Form(problem.Message), problem.Status);
        }
    }

    // Another site must not sign its visitor in here.
    private static bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
        || (Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin) && !string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static string Form(string? error) =>
        $"""
        <h1>Jobs</h1>{(error is null ? "" : $"<p class=\"bad\" role=\"alert\">{Html.Encode(error)}</p>")}
        <form class="sign-in" method="post" action="/jobs/login">
        <label>E-mail <input type="email" name="email" autocomplete="username" required autofocus></label>
        <label>Password <input type="password" name="password" autocomplete="current-password" required></label>
        <button>Sign in</button></form>
        """;
}
