using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Auth.Roles;

internal static class ListRoles
{
    private static readonly ListSpec<Role> Spec = new ListSpec<Role>()
        .Is("name", r => r.Name)
        .Flag("is_system", r => r.IsSystem)
        .HasAll("permissions", names => r => names.All(name => r.Permissions.Contains(name)))
        .Sort("name", r => r.Name).Sort("created_at", r => r.CreatedAt)
        .By("created_at");

    /// <summary>The roles of the organization.</summary>
    public static Task<ListResult<RoleResponse>> Handle(ListRequest list, AuthDb db, CancellationToken ct) =>
        list.PageAsync(db.Roles.AsNoTracking(), Spec, r => r.Id, RoleResponse.Projection, ct);
}

internal static class GetRole
{
    /// <summary>One role with its permissions.</summary>
    public static Task<Results<Ok<RoleResponse>, NotFound>> Handle(RoleId id, AuthDb db, CancellationToken ct) =>
        db.Roles.AsNoTracking().Where(r => r.Id == id).Select(RoleResponse.Projection).AnswerOneAsync(ct);
}
