using System.Buffers.Text;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Security;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.SignIn;

/// <summary>
/// X's sign-in with PKCE (S256). Its code is good for 30 seconds, its token for two hours; <c>offline.access</c> brings a refresh token.
/// </summary>
internal sealed class XSignIn(IOptions<SocialOptions> options) : INetworkSignIn
{
    private readonly XOptions x = options.Value.X;

    public bool Serves(SocialPlatform platform) => platform == SocialPlatform.X;

    public string? Missing => x.ClientId is not null ? null : "Social:X:ClientId is not set";

    public Uri LinkOf(SignInAttempt attempt) => new(QueryHelpers.AddQueryString(x.SignInUrl.ToString(), new Dictionary<string, string?>
    {
        ["response_type"] = "code", ["client_id"] = x.ClientId, ["redirect_uri"] = attempt.RedirectUrl, ["scope"] = x.Scopes,
        ["state"] = attempt.State, ["code_challenge"] = Base64Url.EncodeToString(Secrets.Hash(attempt.Verifier)),
        ["code_challenge_method"] = "S256",
    }));

    public async Task<IReadOnlyList<SignedInAccount>> AccountsAsync(SignInAttempt attempt, string code, NetworkClient client,
        CancellationToken ct)
    {
        var answer = await client.SendAsync("token", XNetwork.TokenRequest(x, ("grant_type", "authorization_code"), ("code", code),
            ("redirect_uri", attempt.RedirectUrl), ("code_verifier", attempt.Verifier)), ct, secret: true);
        if (!answer.IsGood)
            throw new NetworkFault(FaultKind.Rejected, "x.token", answer.Text("error_description") ?? $"X answered {answer.Status}.");
        var tokens = answer.Tokens;
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(x.Url, "2/users/me"))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", tokens.Access) },
        };
        var me = await client.SendAsync("me", request, ct);
        if (me.Text("data", "id") is not { } id)
            throw new NetworkFault(FaultKind.Rejected, "x.me", me.Text("detail") ?? "X does not say whose account it is.");
        return [new(id, me.Text("data", "username") ?? id, tokens, answer.Lifetime(XNetwork.TokenLasts))];
    }
}
