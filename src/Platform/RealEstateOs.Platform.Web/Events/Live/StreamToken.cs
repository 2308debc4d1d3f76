using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Platform.Events.Live;

/// <summary>A token that opens streams and nothing else, for clients that can't send headers; it ends with its session.</summary>
internal static class StreamToken
{
    public const string QueryMember = "token";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// Issues a token for the event stream. For clients such as a browser's <c>EventSource</c>, which can't send a header.
    /// </summary>
    public static Ok<StreamTokenResponse> Issue(HttpContext http, CurrentUser user, JwtSettings jwt, PublicAddress address,
        TimeProvider clock)
    {
        var token = Create(user.Principal, jwt, clock);
        http.Response.Headers.CacheControl = "no-store";
        var stream = address.Of($"{ApiGroup.Root}/sse/stream?{QueryMember}={token}");
        return TypedResults.Ok(new StreamTokenResponse(token, stream, (int)Lifetime.TotalSeconds));
    }

    private static string Create(Principal who, JwtSettings jwt, TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = JwtSettings.Issuer, Audience = JwtSettings.StreamAudience, IssuedAt = now, NotBefore = now, Expires = now + Lifetime,
            SigningCredentials = new SigningCredentials(jwt.Key, SecurityAlgorithms.HmacSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = who.UserId.Value.ToString(CultureInfo.InvariantCulture),
                ["jti"] = Guid.NewGuid().ToString("n"),
                [JwtSettings.SessionClaim] = who.SessionId.ToString(CultureInfo.InvariantCulture),
            },
        });
    }
}

/// <param name="SseToken">Opens the event stream, and nothing else.</param>
/// <param name="StreamUrl">The stream's absolute address, with the token.</param>
/// <param name="ExpiresIn">Seconds.</param>
public sealed record StreamTokenResponse(string SseToken, string StreamUrl, int ExpiresIn);
