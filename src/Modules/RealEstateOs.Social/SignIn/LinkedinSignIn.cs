using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.SignIn;

/// <summary>
/// LinkedIn's three-legged sign-in. With the scope <c>w_organization_social</c> the pages that the member administers are connected, else
/// the member.
/// </summary>
internal sealed class LinkedinSignIn(IOptions<SocialOptions> options) : INetworkSignIn
{
    private readonly LinkedinOptions linkedin = options.Value.Linkedin;

    public bool Serves(SocialPlatform platform) => platform == SocialPlatform.Linkedin;

    public string? Missing => linkedin is { ClientId: not null, ClientSecret: not null } ? null
        : "Social:Linkedin:ClientId and Social:Linkedin:ClientSecret are not set";

    public Uri LinkOf(SignInAttempt attempt) => new(QueryHelpers.AddQueryString(linkedin.SignInUrl.ToString(),
        new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = linkedin.ClientId, ["redirect_uri"] = attempt.RedirectUrl,
            ["state"] = attempt.State, ["scope"] = linkedin.Scopes,
        }));

    public async Task<IReadOnlyList<SignedInAccount>> AccountsAsync(SignInAttempt attempt, string code, NetworkClient client,
        CancellationToken ct)
    {
        var form = new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", attempt.RedirectUrl),
            new("client_id", linkedin.ClientId!), new("client_secret", linkedin.ClientSecret!),
        ]);
        var answer = Linkedin.Must(await client.SendAsync("token",
            new HttpRequestMessage(HttpMethod.Post, linkedin.TokenUrl) { Content = form }, ct, secret: true), linkedin);
        var (tokens, lifetime) = (answer.Tokens, answer.Lifetime(Linkedin.TokenLasts));
        // What was granted may be less than what was asked for.
        var mayPostForPages = (answer.Text("scope") ?? linkedin.Scopes).Contains("w_organization_social", StringComparison.Ordinal);
        if (!mayPostForPages) return [await MemberAsync(tokens, lifetime, client, ct)];
        var pages = new List<SignedInAccount>();
        foreach (var urn in await PagesAsync(tokens, client, ct))
        {
            var page = Linkedin.Must(await client.SendAsync("page", Get($"rest/organizations/{urn[(urn.LastIndexOf(':') + 1)..]}", tokens),
                ct), linkedin);
            pages.Add(new(urn, page.Text("localizedName") ?? urn, tokens, lifetime));
        }
        return pages;
    }

    private async Task<SignedInAccount> MemberAsync(OpenTokens tokens, TimeSpan lifetime, NetworkClient client, CancellationToken ct)
    {
        var member = Linkedin.Must(await client.SendAsync("member", Get("v2/userinfo", tokens), ct), linkedin);
        var id = member.Text("sub") ?? throw new NoAnswer("The answer names no member.");
        return new($"urn:li:person:{id}", member.Text("name") ?? id, tokens, lifetime);
    }

    private async Task<IEnumerable<string>> PagesAsync(OpenTokens tokens, NetworkClient client, CancellationToken ct)
    {
        const string path = "rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&count=100";
        return Linkedin.Must(await client.SendAsync("pages", Get(path, tokens), ct), linkedin).Items("elements")
            .Select(e => NetworkAnswer.TextOf(e, "organization")).OfType<string>().Distinct();
    }

    private HttpRequestMessage Get(string path, OpenTokens tokens) => Linkedin.Request(linkedin, HttpMethod.Get, tokens.Access, path);
}
