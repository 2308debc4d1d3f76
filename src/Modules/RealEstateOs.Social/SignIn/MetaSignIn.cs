using System.Net.Http.Headers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.SignIn;

/// <summary>
/// Facebook Login for pages and for the Instagram accounts that belong to them. The person's token of an hour becomes one of 60 days, and
/// the tokens of pages that come of that one have no end of their own.
/// </summary>
internal sealed class MetaSignIn(IOptions<SocialOptions> options) : INetworkSignIn
{
    private const string Name = "facebook";

    private readonly MetaOptions meta = options.Value.Meta;

    public bool Serves(SocialPlatform platform) => platform is SocialPlatform.Facebook or SocialPlatform.Instagram;

    public string? Missing => meta is { ClientId: not null, ClientSecret: not null } ? null
        : "Social:Meta:ClientId and Social:Meta:ClientSecret are not set";

    public Uri LinkOf(SignInAttempt attempt) => new(QueryHelpers.AddQueryString(
        new Uri(meta.SignInUrl, $"{meta.Version}/dialog/oauth").ToString(), new Dictionary<string, string?>
        {
            ["client_id"] = meta.ClientId, ["redirect_uri"] = attempt.RedirectUrl, ["state"] = attempt.State, ["response_type"] = "code",
            ["scope"] = attempt.Platform == SocialPlatform.Instagram ? meta.InstagramScopes : meta.FacebookScopes,
        }));

    public async Task<IReadOnlyList<SignedInAccount>> AccountsAsync(SignInAttempt attempt, string code, NetworkClient client,
        CancellationToken ct)
    {
        var first = await TokenAsync(client, ct, ("code", code), ("redirect_uri", attempt.RedirectUrl));
        var lasting = await TokenAsync(client, ct, ("grant_type", "fb_exchange_token"), ("fb_exchange_token", first));
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(meta.Url,
            $"{meta.Version}/me/accounts?fields=id,name,access_token,instagram_business_account%7Bid,username%7D&limit=100"))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", lasting) },
        };
        var pages = (await client.SendAsync("pages", request, ct)).Must(Name).Items("data");
        var found = new List<SignedInAccount>();
        foreach (var page in pages)
        {
            string[] at = attempt.Platform == SocialPlatform.Instagram ? ["instagram_business_account"] : [];
            if (NetworkAnswer.TextOf(page, "access_token") is not { } token
                || NetworkAnswer.TextOf(page, [.. at, "id"]) is not { } id) continue;
            var name = NetworkAnswer.TextOf(page, [.. at, "username"]) ?? NetworkAnswer.TextOf(page, "name") ?? id;
            found.Add(new(id, name, new OpenTokens(token, null), null));
        }
        return found;
    }

    // Meta takes these in the address alone, which therefore is written down nowhere.
    private async Task<string> TokenAsync(NetworkClient client, CancellationToken ct, params (string Name, string Value)[] parameters)
    {
        var query = parameters.Append(("client_id", meta.ClientId!)).Append(("client_secret", meta.ClientSecret!));
        var url = QueryHelpers.AddQueryString(new Uri(meta.Url, $"{meta.Version}/oauth/access_token").ToString(),
            query.Select(p => KeyValuePair.Create<string, string?>(p.Item1, p.Item2)));
        return (await client.SendAsync("token", new HttpRequestMessage(HttpMethod.Get, url), ct, secret: true)).Must(Name).Tokens.Access;
    }
}
