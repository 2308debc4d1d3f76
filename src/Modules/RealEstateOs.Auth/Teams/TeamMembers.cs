using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Teams;

internal static class ListMembers
{
    /// <summary>The people of a team.</summary>
    public static async Task<Results<Ok<List<UserResponse>>, NotFound>> Handle(TeamId id, AuthDb db, CancellationToken ct) =>
        await db.Teams.AnyAsync(t => t.Id == id, ct)
            ? TypedResults.Ok(await db.Users.AsNoTracking().Where(u => u.TeamId == id).OrderBy(u => u.Id).Select(UserResponse.Projection)
                .ToListAsync(ct))
            : TypedResults.NotFound();
}

internal static class AddMember
{
    /// <summary>Moves a person into the team, out of any other.</summary>
    public static async Task<Results<Ok<UserResponse>, NotFound>> Handle(TeamId id, AddMemberRequest request, AuthDb db,
        SessionChanges sessions, CancellationToken ct)
    {
        if (!await db.Teams.AnyAsync(t => t.Id == id, ct)) return TypedResults.NotFound();
        var member = request.UserId!.Value;
        var user = await db.Users.FirstOrDefaultAsync(u => u.Id == member, ct)
            ?? throw Problem.Invalid(FieldError.Format("user_id", "names no user of the organization"));
        user.TeamId = id;
        await db.SaveChangesAsync(ct);
        await sessions.RefreshAsync(db.Users.Where(u => u.TeamId == id).Select(u => u.Id), ct);
        return TypedResults.Ok(await db.Users.AsNoTracking().Where(u => u.Id == member).Select(UserResponse.Projection).FirstAsync(ct));
    }
}

internal static class RemoveMember
{
    /// <summary>Takes a person out of the team.</summary>
    public static async Task<Results<NoContent, NotFound>> Handle(TeamId id, UserId userId, AuthDb db, SessionChanges sessions,
        CancellationToken ct)
    {
        var user = await db.Users.FirstOrDefaultAsync(u => u.Id == userId && u.TeamId == id, ct);
        if (user is null) return TypedResults.NotFound();
        user.TeamId = null;
        await db.SaveChangesAsync(ct);
        await sessions.RefreshAsync(db.Users.Where(u => u.Id == userId || u.TeamId == id).Select(u => u.Id), ct);
        return TypedResults.NoContent();
    }
}
