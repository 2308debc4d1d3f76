using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Operations;

internal static class OperationsPermissions
{
    public const string Read = "operations:read", Manage = "operations:manage";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See the office's dead letters and runtime figures", DefaultRoles.None),
        new(Manage, "Replay and delete the office's failed jobs, check its records", DefaultRoles.None),
    ];
}
