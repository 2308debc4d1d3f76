namespace RealEstateOs.Platform.Authorization;

/// <summary>Who stands behind a session right now; null once it was ended, its user deactivated or its password changed.</summary>
public interface ISessionDirectory
{
    Task<Principal?> FindAsync(long sessionId, CancellationToken ct);
}
