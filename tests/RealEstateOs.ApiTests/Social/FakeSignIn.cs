using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RealEstateOs.Contracts.Social;

namespace RealEstateOs.ApiTests.Social;

/// <summary>
/// The networks' sign-ins as their documents describe them. Who sits before the browser says the parameter <c>as</c>, and allows
/// everything.
/// </summary>
internal static class FakeSignIn
{
    public const string Client = "our-client", ClientSecret = "our-client-secret";

    private static readonly ConcurrentDictionary<string, Allowed> Codes = new();

    private sealed record Allowed(FakeAccount Account, string RedirectUrl, string? Challenge);

    /// <summary>False where the request is about something else.</summary>
    public static async Task<bool> AnswerAsync(HttpContext http, string body)
    {
        var path = http.Request.Path.Value!;
        var form = QueryHelpers.ParseQuery(body.Length > 0 ? body : http.Request.QueryString.Value)
            .ToDictionary(f => f.Key, f => f.Value.ToString());
        var bearer = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        switch (path)
        {
            case "/i/oauth2/authorize" or "/oauth/v2/authorization":
            case var dialog when dialog.EndsWith("/dialog/oauth", StringComparison.Ordinal):
                Allow(http, form);
                return true;
            case "/2/oauth2/token" when form["grant_type"] == "authorization_code":
                await XTokenAsync(http, form);
                return true;
            case "/oauth/v2/accessToken":
                await LinkedinTokenAsync(http, form);
                return true;
            case "/refresh_access_token":
                await InstagramTokenAsync(http, form);
                return true;
            case var token when token.EndsWith("/oauth/access_token", StringComparison.Ordinal):
                await MetaTokenAsync(http, form);
                return true;
            case var pages when pages.EndsWith("/me/accounts", StringComparison.Ordinal):
                await PagesAsync(http, bearer);
                return true;
            case "/v2/userinfo":
                await Json(http, 200, new { sub = Number(FakeNetworks.Find(bearer)!), name = "Ada Admin" });
                return true;
            case "/rest/organizationAcls":
                await Json(http, 200, new { elements = new[] { new { role = "ADMINISTRATOR", state = "APPROVED",
                    organization = FakeNetworks.Find(bearer)!.Id } } });
                return true;
            case var page when page.StartsWith("/rest/organizations/", StringComparison.Ordinal):
                await Json(http, 200, new { localizedName = "Harbour Realty" });
                return true;
            case "/2/users/me":
                await Json(http, 200, new { data = new { id = FakeNetworks.Find(bearer)!.Id, name = "Ada Admin", username = "harbour" } });
                return true;
            default:
                return false;
        }
    }

    private static void Allow(HttpContext http, Dictionary<string, string> asked)
    {
        if (asked["response_type"] != "code" || asked["client_id"] != Client)
        {
            http.Response.StatusCode = 400;
            return;
        }
        var code = Guid.NewGuid().ToString("n");
        Codes[code] = new(FakeNetworks.Find(asked["as"])!, asked["redirect_uri"], asked.GetValueOrDefault("code_challenge"));
        http.Response.Redirect(QueryHelpers.AddQueryString(asked["redirect_uri"],
            new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] }));
    }

    /// <summary>Null where the code was used, or came another way than it was given.</summary>
    private static Allowed? Redeem(Dictionary<string, string> form) =>
        Codes.TryRemove(form["code"], out var allowed) && form["redirect_uri"] == allowed.RedirectUrl && form["client_id"] == Client
            ? allowed : null;

    private static Task XTokenAsync(HttpContext http, Dictionary<string, string> form)
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"])));
        if (Redeem(form) is not { } allowed || allowed.Challenge != challenge)
            return Json(http, 400, new { error = "invalid_request",
                error_description = "Value passed for the authorization code was invalid." });
        allowed.Account.RefreshToken = $"refresh-{allowed.Account.Id}";
        return Json(http, 200, new { token_type = "bearer", expires_in = 7200, access_token = allowed.Account.Token,
            refresh_token = allowed.Account.RefreshToken });
    }

    private static Task LinkedinTokenAsync(HttpContext http, Dictionary<string, string> form)
    {
        if (form["client_secret"] != ClientSecret || Redeem(form) is not { } allowed)
            return Json(http, 400, new { error = "invalid_request", error_description = "The authorization code was not found." });
        var isPage = allowed.Account.Id.StartsWith("urn:li:organization:", StringComparison.Ordinal);
        return Json(http, 200, new { access_token = allowed.Account.Token, expires_in = 5_184_000,
            scope = isPage ? "w_organization_social,rw_organization_admin" : "openid,profile,w_member_social" });
    }

    private static Task InstagramTokenAsync(HttpContext http, Dictionary<string, string> form)
    {
        var account = FakeNetworks.Find(form["access_token"])!;
        FakeNetworks.GiveToken(account, account.Token + "+");
        return Json(http, 200, new { access_token = account.Token, token_type = "bearer", expires_in = 5_184_000 });
    }

    // First a token of an hour, then, for that one, one of 60 days.
    private static Task MetaTokenAsync(HttpContext http, Dictionary<string, string> form)
    {
        if (form["client_secret"] != ClientSecret) return Error();
        if (form.GetValueOrDefault("grant_type") == "fb_exchange_token")
            return Json(http, 200, new { access_token = form["fb_exchange_token"].Replace("hour-", "lasting-", StringComparison.Ordinal),
                expires_in = 5_184_000 });
        return Redeem(form) is { } allowed ? Json(http, 200, new { access_token = $"hour-{allowed.Account.Token}", expires_in = 3600 })
            : Error();

        Task Error() => Json(http, 400, new { error = new { message = "This authorization code has been used.", code = 100,
            error_subcode = 36009 } });
    }

    private static Task PagesAsync(HttpContext http, string bearer)
    {
        var account = FakeNetworks.Find(bearer.Replace("lasting-", "", StringComparison.Ordinal));
        if (account is null || bearer == account.Token)
            return Json(http, 400, new { error = new { message = "Invalid token", code = 190 } });
        return account.Platform == SocialPlatform.Facebook
            ? Json(http, 200, new { data = new[] { new { id = account.Id, name = "Harbour Realty", access_token = account.Token } } })
            : Json(http, 200, new
            {
                data = new object[]
                {
                    new { id = "1", name = "A page without Instagram", access_token = "page" },
                    new { id = "2", name = "Harbour Realty", access_token = account.Token,
                        instagram_business_account = new { id = account.Id, username = "harbour" } },
                },
            });
    }

    private static string Number(FakeAccount account) => account.Id[(account.Id.LastIndexOf(':') + 1)..];

    private static Task Json(HttpContext http, int status, object body)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(body);
    }
}
