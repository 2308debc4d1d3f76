using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Cma;

internal static class CmaPermissions
{
    public const string Read = "cma:read", Create = "cma:create";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "Value homes, see comparables, the market and reports", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Make market analyses and reports", DefaultRoles.Manager | DefaultRoles.Agent),
    ];
}
