using RealEstateOs.Auth.Sessions;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Accounts;

/// <summary>Signs a user in whose credentials were checked: within a transaction of the user's organization.</summary>
internal sealed class SignIn(AuthDb db, SessionChanges sessions, TokenResponses answers)
{
    public async Task<TokenResponse> OpenAsync(User user, CancellationToken ct)
    {
        db.Work.Tenant.Enter(user.OrganizationId, user.Id);
        user.LastLoginAt = db.Work.Clock.Now();
        var (session, refreshToken) = await sessions.OpenAsync(user, ct);
        return await answers.ForAsync(session, refreshToken, ct);
    }
}
