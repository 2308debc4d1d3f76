using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Roles;

/// <summary>What must hold whoever changes people and roles: nobody gives more than they have, and one administrator stays.</summary>
internal static class RoleRules
{
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

    private static bool Grants(CurrentUser user, string permission) =>
        permission.EndsWith(Permissions.OwnSuffix, StringComparison.Ordinal) && user.May(permission[..^Permissions.OwnSuffix.Length]);
}
