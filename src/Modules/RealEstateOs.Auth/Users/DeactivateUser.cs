using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Users;

internal static class DeactivateUser
{
    /// <summary>Deactivates a person: out at once, while all that they did stays. <c>PUT</c> with <c>is_active: true</c> brings them back.</summary>
    public static async Task<Results<NoContent, NotFound>> Handle(UserId id, AuthDb db, CurrentUser current, SessionChanges sessions, TimeProvider clock, CancellationToken ct)
    {
        await db.LockPeopleAsync(ct);
        var user = await db.Users.Include(u => u.Roles).ThenInclude(r => r.Role).FirstOrDefaultAsync(u => u.Id == id, ct);
        if (user is null) return TypedResults.NotFound();
        current.MustHold(user.Roles.SelectMany(r => r.Role.Permissions));
        user.Deactivate(clock.Now());
        await db.SaveChangesAsync(ct);
        await db.MustKeepAnAdminAsync(ct);
        await sessions.EndAllAsync(id, "deactivated", ct);
        return TypedResults.NoContent();
    }
}
