using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Auth.Accounts;

internal static class Logout
{
    /// <summary>Ends the session: its access token and its refresh token are worth nothing from now on.</summary>
    public static async Task<NoContent> Handle(AuthDb db, SessionChanges sessions, CurrentUser user, CancellationToken ct)
    {
        var id = user.Principal.SessionId;
        await sessions.EndAsync(await db.Sessions.Where(s => s.Id == id && s.EndedAt == null).ToListAsync(ct), "logout", ct);
        return TypedResults.NoContent();
    }
}
