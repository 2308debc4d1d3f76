using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Leads;

internal static class LeadsPermissions
{
    public const string Read = "leads:read", Create = "leads:create", Update = "leads:update", Delete = "leads:delete",
        Assign = "leads:assign", Rules = "leads:rules";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See leads", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Add leads", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Update, "Change leads and record work on them", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Delete, "Delete, restore and merge leads", DefaultRoles.Manager),
        new(Assign, "Assign leads to agents", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Rules, "Write the rules that route new leads", DefaultRoles.Manager),
    ];
}
