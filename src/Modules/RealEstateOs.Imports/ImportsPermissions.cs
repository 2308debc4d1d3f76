using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Imports;

internal static class ImportsPermissions
{
    public const string Import = "data:import", Read = "data:read";

    public static readonly PermissionDefinition[] All =
    [
        new(Import, "Import files", DefaultRoles.Manager),
        new(Read, "See imports and their refused rows", DefaultRoles.Manager),
    ];
}
