using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Integrations;

internal static class IntegrationsPermissions
{
    public const string Read = "webhooks:read", Manage = "webhooks:manage";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See webhook endpoints and the log of deliveries, with all that events tell", DefaultRoles.None),
        new(Manage, "Add, change and test webhook endpoints, send events again", DefaultRoles.None),
    ];
}
