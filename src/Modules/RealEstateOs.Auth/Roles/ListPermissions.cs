using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Auth.Roles;

internal static class ListPermissions
{
    private static readonly ListSpec<Permission> Spec = new ListSpec<Permission>()
        .Is("name", p => p.Name)
        .Sort("name", p => p.Name)
        .By("name");

    /// <summary>Every permission there is; each may be given with <c>:own</c> behind, for own records only.</summary>
    public static Task<ListResult<PermissionResponse>> Handle(ListRequest list, AuthDb db, CancellationToken ct) =>
        list.PageAsync(db.Permissions.AsNoTracking(), Spec, p => p.Id, PermissionResponse.Projection, ct);
}

internal static class GetPermission
{
    /// <summary>One permission.</summary>
    public static async Task<Results<Ok<PermissionResponse>, NotFound>> Handle(PermissionId id, AuthDb db, CancellationToken ct) =>
        await db.Permissions.AsNoTracking().Where(p => p.Id == id).Select(PermissionResponse.Projection).FirstOrDefaultAsync(
            ct) is { } found
            ? TypedResults.Ok(found) : TypedResults.NotFound();
}
