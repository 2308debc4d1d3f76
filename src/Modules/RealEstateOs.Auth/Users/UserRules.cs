using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Users;

/// <summary>What a person may be given: roles and a team that the organization has.</summary>
internal static class UserRules
{
    /// <summary>The roles that a body names, by <c>role_ids</c> or by <c>role</c>; null where it names none.</summary>
    public static async Task<IReadOnlyList<Role>?> RolesOfAsync(this AuthDb db, UserFields body, CancellationToken ct)
    {
        if (body.RoleIds is { Count: > 0 } ids)
        {
            var wanted = ids.Distinct().ToArray();
            var found = await db.Roles.Where(r => wanted.Contains(r.Id)).ToListAsync(ct);
            return found.Count == wanted.Length ? found
                : throw Problem.Invalid(FieldError.Format("role_ids", "names a role that the organization does not have"));
        }
        if (string.IsNullOrWhiteSpace(body.Role)) return null;
        var name = body.Role.Trim().ToLowerInvariant();
        if (await db.Roles.FirstOrDefaultAsync(r => r.Name.ToLower() == name, ct) is { } role) return [role];
        var known = await db.Roles.OrderBy(r => r.Id).Select(r => r.Name).ToListAsync(ct);
        throw Problem.Invalid(FieldError.Format("role", $"must be one of {string.Join(", ", known)}"));
    }

    public static async Task MustKnowTeamAsync(this AuthDb db, TeamId? team, CancellationToken ct)
    {
        if (team is { } id && !await db.Teams.AnyAsync(t => t.Id == id, ct))
            throw Problem.Invalid(FieldError.Format("team_id", "names no team of the organization"));
    }
}
