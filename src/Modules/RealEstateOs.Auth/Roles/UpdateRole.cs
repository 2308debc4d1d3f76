using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Roles;

internal static class UpdateRole
{
    private static readonly string[] AdminKeeps = [AuthPermissions.ManageUsers, AuthPermissions.ManageRoles];

    /// <summary>
    /// Changes a role; everybody who has it feels that at once. A default role keeps its name, and the administrator's keeps the keys.
    /// </summary>
    public static async Task<Results<Ok<RoleResponse>, NotFound>> Handle(
        RoleId id, UpdateRoleRequest request, AuthDb db, CurrentUser current, SessionChanges sessions, CancellationToken ct)
    {
        await db.LockPeopleAsync(ct);
        var role = await db.Roles.FirstOrDefaultAsync(r => r.Id == id, ct);
        if (role is null) return TypedResults.NotFound();
        var name = request.Given(request.Name, role.Name)!.Trim();
        var permissions = request.Has(nameof(request.Permissions)) ? RoleNames.Distinct(request.Permissions) : role.Permissions;
        if (role.IsSystem && name != role.Name) throw Problem.Conflict($"{role.Name} is a default role and keeps its name.");
        if (role is { IsSystem: true, Name: DefaultRoleSet.Admin } && AdminKeeps.Except(permissions).FirstOrDefault() is { } key)
            throw Problem.Conflict($"The role admin can't lose {key}: with it goes the way to give anything back.");
        current.MustHold(permissions.Except(role.Permissions));
        current.MustHold(role.Permissions.Except(permissions)); // nor takes away what is above them
        (role.Name, role.Permissions) = (name, permissions);
        role.Description = request.Given(request.Description, role.Description);
        await db.SaveNameAsync(role.Name, ct);
        await sessions.RefreshAsync(db.Users.Where(u => u.Roles.Any(h => h.RoleId == id)).Select(u => u.Id), ct);
        return TypedResults.Ok(RoleResponse.Of(role));
    }
}

internal static class DeleteRole
{
    /// <summary>Deletes a role that nobody has; a default role stays.</summary>
    public static async Task<Results<NoContent, NotFound>> Handle(RoleId id, AuthDb db, CancellationToken ct)
    {
        await db.LockPeopleAsync(ct);
        var role = await db.Roles.FirstOrDefaultAsync(r => r.Id == id, ct);
        if (role is null) return TypedResults.NotFound();
        if (role.IsSystem) throw Problem.Conflict($"{role.Name} is a default role and can't be deleted.");
        var holders = await db.Users.CountAsync(u => u.Roles.Any(h => h.RoleId == id), ct);
        if (holders > 0) throw Problem.Conflict($"{holders} users have the role {role.Name}. Give them another one first.");
        db.Remove(role);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
