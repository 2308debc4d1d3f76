using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Analytics;

internal static class AnalyticsPermissions
{
    public const string Read = "analytics:read", Create = "analytics:create", Goals = "analytics:goals", DailyReport = "reports:daily";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See dashboards and figures, of what one may read", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Make reports of figures", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Goals, "Set goals", DefaultRoles.Manager),
        // Less a right than a subscription.
        new(DailyReport, "Get the daily report by mail", DefaultRoles.Manager),
    ];
}
