using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Operations;

internal static class OperationsPermissions
{
    public const string Read = "operations:read", Manage = "operations:manage";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See jobs, dead letters and runtime figures", DefaultRoles.None),
        new(Manage, "Replay and delete failed jobs, optimize the database, rebuild search indexes", DefaultRoles.None),
    ];
}
