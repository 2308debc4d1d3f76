using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Auth.Users;

internal static class GetUser
{
    /// <summary>One person.</summary>
    public static Task<Results<Ok<UserResponse>, NotFound>> Handle(UserId id, AuthDb db, CancellationToken ct) =>
        db.Users.AsNoTracking().Where(u => u.Id == id).Select(UserResponse.Projection).AnswerOneAsync(ct);
}
