using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Auth.Accounts;

/// <summary>What a sign-in gives.</summary>
public sealed record TokenResponse
{
    /// <summary>For <c>Authorization: Bearer …</c>.</summary>
    public required string AccessToken { get; init; }
    /// <summary>For <c>POST /auth/refresh</c>, once.</summary>
    public required string RefreshToken { get; init; }
    /// <summary>Always bearer.</summary>
    public string TokenType { get; } = "bearer";
    /// <summary>Seconds until the access token expires.</summary>
    public required int ExpiresIn { get; init; }
    /// <summary>
    /// Send it along at the next sign-in on this device (<c>device_token</c>): then nobody who guesses at the account can lock it out.
    /// </summary>
    public required string DeviceToken { get; init; }
    public required UserResponse User { get; init; }
    /// <summary>The person's team; null without one.</summary>
    public NamedTeam? Team { get; init; }
    /// <summary>The brokerage that the account belongs to.</summary>
    public required NamedOrganization Organization { get; init; }
}

/// <param name="Name">As the organization calls it.</param>
public sealed record NamedTeam(TeamId Id, string Name);

/// <param name="Name">As it stands on papers and mails.</param>
public sealed record NamedOrganization(OrganizationId Id, string Name);

internal sealed class TokenResponses(AuthDb db, AccessTokens tokens, KnownDevices devices)
{
    public async Task<TokenResponse> ForAsync(Session session, string refreshToken, CancellationToken ct)
    {
        var who = await db.Users.AsNoTracking().Where(u => u.Id == session.UserId).Select(UserResponse.Projection).FirstAsync(ct);
        return new TokenResponse
        {
            AccessToken = tokens.For(session), RefreshToken = refreshToken, ExpiresIn = tokens.LifetimeSeconds,
            DeviceToken = devices.Prove(who.Id), User = who,
            Team = await db.Teams.Where(t => t.Id == who.TeamId).Select(t => new NamedTeam(t.Id, t.Name)).FirstOrDefaultAsync(ct),
            Organization = await db.Organizations.Select(o => new NamedOrganization(o.Id, o.Name)).FirstAsync(ct),
        };
    }
}
