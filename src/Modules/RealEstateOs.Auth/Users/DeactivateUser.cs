using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Accounts;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Users;

internal static class DeactivateUser
{
    /// <summary>
    /// Deactivates a person: out at once, while all that they did stays. With <c>hand_over_to</c> a colleague takes their open
    /// leads, deals and properties in the same moment. <c>PUT</c> with <c>is_active: true</c> brings them back.
    /// </summary>
    public static async Task<Results<NoContent, NotFound>> Handle(
        UserId id, [FromQuery(Name = "hand_over_to")] UserId? handOverTo, AuthDb db, CurrentUser current, SessionChanges sessions,
        IEnumerable<IOpenWork> openWork, TimeProvider clock, CancellationToken ct)
    {
        await db.LockPeopleAsync(ct);
        var user = await db.Users.Include(u => u.Roles).ThenInclude(r => r.Role).FirstOrDefaultAsync(u => u.Id == id, ct);
        if (user is null) return TypedResults.NotFound();
        current.MustHold(user.Roles.SelectMany(r => r.Role.Permissions));
        if (handOverTo is { } colleague)
        {
            await MustBeAColleagueAsync(db, id, colleague, ct);
            foreach (var work in openWork) await work.HandOverAsync(id, colleague, ct);
        }
        user.Deactivate(clock.Now());
        await db.SaveChangesAsync(ct);
        await db.MustKeepAnAdminAsync(ct);
        await db.UseUpLinksAsync(id, ct);
        await sessions.EndAllAsync(id, "deactivated", ct);
        return TypedResults.NoContent();
    }

    private static async Task MustBeAColleagueAsync(AuthDb db, UserId leaver, UserId colleague, CancellationToken ct)
    {
        if (leaver == colleague || !await db.Users.AnyAsync(u => u.Id == colleague && u.IsActive, ct))
            throw Problem.Invalid(FieldError.Format("hand_over_to",
                "must be another active user of the organization") with { In = "query" });
    }
}
