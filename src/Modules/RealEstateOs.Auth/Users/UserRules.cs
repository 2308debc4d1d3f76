using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Users;

/// <summary>What must hold whoever changes people and roles: nobody gives more than they have, and one administrator stays.</summary>
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

    /// <summary>
    /// Refuses to give out what the giver does not hold. An administrator may give everything: else what their role lost once could never
    /// come back.
    /// </summary>
    public static void MustHold(this CurrentUser user, IEnumerable<string> permissions)
    {
        if (user.Principal.Roles.Contains(DefaultRoleSet.Admin)) return;
        var missing = permissions.Where(p => !user.May(p) && !Grants(user, p)).Order(StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
            throw new Problem(403, ErrorCodes.Forbidden, "InsufficientPermissionsError",
                $"You can't give permissions that you don't have: {string.Join(", ", missing)}.");
        // An ":own" permission does not make its holder a giver of the whole one.
        var wider = permissions.Where(p => user.OnlyOwn(p)).ToArray();
        if (wider.Length > 0)
            throw new Problem(403, ErrorCodes.Forbidden, "InsufficientPermissionsError",
                $"You hold these for own records only: {string.Join(", ", wider)}.");
    }

    /// <summary>
    /// Serialises changes of people and roles of one organization, so that two can't each remove the other's last administrator.
    /// </summary>
    public static async Task LockPeopleAsync(this AuthDb db, CancellationToken ct)
    {
        var organization = db.CurrentOrganization.Value;
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('people', {organization}))", ct);
    }

    /// <summary>Called after the change is saved, before it commits.</summary>
    public static async Task MustKeepAnAdminAsync(this AuthDb db, CancellationToken ct)
    {
        if (!await db.Users.AnyAsync(u => u.IsActive && u.Roles.Any(r => r.Role.IsSystem && r.Role.Name == DefaultRoleSet.Admin), ct))
            throw Problem.Conflict("The organization needs an active administrator. Make somebody else one first.");
    }

    public static async Task MustKnowTeamAsync(this AuthDb db, TeamId? team, CancellationToken ct)
    {
        if (team is { } id && !await db.Teams.AnyAsync(t => t.Id == id, ct))
            throw Problem.Invalid(FieldError.Format("team_id", "names no team of the organization"));
    }

    private static bool Grants(CurrentUser user, string permission) =>
        permission.EndsWith(Permissions.OwnSuffix, StringComparison.Ordinal) && user.May(permission[..^Permissions.OwnSuffix.Length]);
}
