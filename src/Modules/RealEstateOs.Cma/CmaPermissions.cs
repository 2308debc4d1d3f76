using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Cma;

/// <summary>Apart from the rest, because it is less a right than a subscription.</summary>
internal static class DailyReportPermission
{
    public const string Read = "reports:daily";

    public static readonly PermissionDefinition[] All = [new(Read, "Get the daily report by mail", DefaultRoles.Manager)];
}

internal static class CmaPermissions
{
    public const string Read = "cma:read", Create = "cma:create";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "Value homes, see comparables, the market and reports", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Make market analyses and reports", DefaultRoles.Manager | DefaultRoles.Agent),
    ];
}
