using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Users;

internal static class ListUsers
{
    private static readonly ListSpec<User> Spec = new ListSpec<User>()
        .Is("email", u => u.Email, Emails.Normalize)
        .Is("team_id", u => u.TeamId)
        .Flag("is_active", u => u.IsActive)
        .Where("role", "Name of a role.", HasRole)
        .Range("created_at", u => u.CreatedAt)
        .Range("last_login_at", u => u.LastLoginAt)
        .Where("search", "Part of the name or the address.", Matches)
        .Sort("created_at", u => u.CreatedAt).Sort("updated_at", u => u.UpdatedAt).Sort("email", u => u.Email)
        .Sort("first_name", u => u.FirstName).Sort("last_name", u => u.LastName).Sort("last_login_at", u => u.LastLoginAt)
        .By("created_at");

    /// <summary>The people of the organization, deactivated ones included.</summary>
    public static Task<ListResult<UserResponse>> Handle(ListRequest list, AuthDb db, CancellationToken ct) =>
        list.PageAsync(db.Users.AsNoTracking(), Spec, u => u.Id, UserResponse.Projection, ct);

    private static Expression<Func<User, bool>> HasRole(string name) => u => u.Roles.Any(r => r.Role.Name == name);

    private static Expression<Func<User, bool>> Matches(string words)
    {
        var part = Folding.Fold(words);
        return u => Folding.Fold(u.FirstName + " " + u.LastName + " " + u.Email).Contains(part);
    }
}
