using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Properties;

internal static class PropertiesPermissions
{
    public const string Read = "properties:read", Create = "properties:create", Update = "properties:update",
        Delete = "properties:delete", Reopen = "properties:reopen";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See properties", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Add properties", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Update, "Change properties and move them along the pipeline", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Delete, "Delete and restore properties", DefaultRoles.Manager),
        new(Reopen, "Reopen closed properties", DefaultRoles.Manager),
    ];
}
