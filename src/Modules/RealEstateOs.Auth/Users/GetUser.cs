using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Auth.Users;

internal static class GetUser
{
    /// <summary>One person.</summary>
    public static async Task<Results<Ok<UserResponse>, NotFound>> Handle(UserId id, AuthDb db, CancellationToken ct) =>
        await db.Users.AsNoTracking().Where(u => u.Id == id).Select(UserResponse.Projection).FirstOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found) : TypedResults.NotFound();
}
