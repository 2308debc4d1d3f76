using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Sessions;

/// <summary>Signs access tokens. They name the session only; what it may do is looked up, so that it ends at once.</summary>
internal sealed class AccessTokens(JwtSettings jwt, IOptions<AuthOptions> options, TimeProvider clock)
{
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public int LifetimeSeconds => (int)options.Value.AccessTokenLifetime.TotalSeconds;

    public string For(Session session)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = JwtSettings.Issuer, Audience = JwtSettings.Audience, IssuedAt = now, NotBefore = now,
            Expires = now + options.Value.AccessTokenLifetime,
            SigningCredentials = new SigningCredentials(jwt.Key, SecurityAlgorithms.HmacSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = session.UserId.Value.ToString(CultureInfo.InvariantCulture),
                [JwtSettings.SessionClaim] = session.Id.ToString(CultureInfo.InvariantCulture),
                [JwtSettings.OrganizationClaim] = session.OrganizationId.Value.ToString(CultureInfo.InvariantCulture),
                ["jti"] = Guid.NewGuid().ToString("n"),
            },
        });
    }
}
