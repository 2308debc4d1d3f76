using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Platform.Authorization;

/// <summary>Who stands behind a session right now; null once it was ended, its user deactivated or its password changed.</summary>
public interface ISessionDirectory
{
    Task<Principal?> FindAsync(long sessionId, CancellationToken ct);

    /// <summary>A user as they are right now, without a session; null once they were deactivated.</summary>
    Task<Principal?> FindUserAsync(UserId user, CancellationToken ct);
}
