using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Roles;

/// <summary>A named set of permissions. Permissions are one array, so that the audit log shows a change of them whole.</summary>
internal sealed class Role : Entity<RoleId>
{
    public string Name { get; set; } = "";
    public string? Description { get; set; }
    public string[] Permissions { get; set; } = [];
    public bool IsSystem { get; set; }
}

/// <summary>A permission that this version knows; the same for all organizations.</summary>
internal sealed class Permission
{
    public PermissionId Id { get; set; }
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
}
