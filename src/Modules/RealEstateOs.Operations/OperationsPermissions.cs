using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Operations;

internal static class OperationsPermissions
{
    public const string Read = "operations:read", Manage = "operations:manage", ImportData = "data:import", ReadData = "data:read", ReadWebhooks = "webhooks:read", ManageWebhooks = "webhooks:manage";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See jobs, dead letters and runtime figures", DefaultRoles.None),
        new(Manage, "Replay and delete failed jobs, optimize the database, rebuild search indexes", DefaultRoles.None),
        new(ImportData, "Import files", DefaultRoles.Manager),
        new(ReadWebhooks, "See webhook endpoints and the log of deliveries, with all that events tell", DefaultRoles.None),
        new(ManageWebhooks, "Add, change and test webhook endpoints, send events again", DefaultRoles.None),
        new(ReadData, "See imports and their refused rows", DefaultRoles.Manager),
    ];
}
