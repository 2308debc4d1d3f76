using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Roles;

internal static class CreateRole
{
    /// <summary>Adds a role. It can't hold more than its author does.</summary>
    public static async Task<Created<RoleResponse>> Handle(CreateRoleRequest request, AuthDb db, CurrentUser current, CancellationToken ct)
    {
        var role = new Role { Name = request.Name!.Trim(), Description = request.Description,
            Permissions = RoleNames.Distinct(request.Permissions) };
        current.MustHold(role.Permissions);
        db.Add(role);
        await db.SaveNameAsync(role.Name, ct);
        return TypedResults.Created($"/api/v1/roles/{role.Id.Value}", RoleResponse.Of(role));
    }
}

internal static class RoleNames
{
    public static string[] Distinct(string[]? permissions) =>
        [.. (permissions ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Saves; a name that the organization has already is a conflict.</summary>
    public static async Task SaveNameAsync(this AuthDb db, string name, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw Problem.AlreadyExists($"{name} exists already.");
        }
    }
}
