using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;
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
    public static Task<Results<Ok<PermissionResponse>, NotFound>> Handle(PermissionId id, AuthDb db, CancellationToken ct) =>
        db.Permissions.AsNoTracking().Where(p => p.Id == id).Select(PermissionResponse.Projection).AnswerOneAsync(ct);
}
