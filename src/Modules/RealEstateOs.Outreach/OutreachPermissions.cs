using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Outreach;

internal static class CommunicationPermissions
{
    public const string Read = "communications:read", Create = "communications:create", Update = "communications:update",
        Delete = "communications:delete", Send = "communications:send";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See communications, their templates and the suppression list",
            DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Add templates of communications", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Update, "Change templates, put addresses on the suppression list", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Delete, "Delete templates, take addresses off the suppression list", DefaultRoles.Manager),
        new(Send, "Write to owners, leads and clients, also by workflow packages", DefaultRoles.Manager | DefaultRoles.Agent),
    ];
}

internal static class CampaignPermissions
{
    public const string Read = "campaigns:read", Create = "campaigns:create", Update = "campaigns:update", Delete = "campaigns:delete",
        Send = "campaigns:send";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See campaigns", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Add campaigns", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Update, "Change campaigns", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Delete, "Delete and restore campaigns", DefaultRoles.Manager),
        new(Send, "Send, pause and cancel campaigns", DefaultRoles.Manager),
    ];
}

internal static class NurturingPermissions
{
    public const string Read = "nurturing:read", Create = "nurturing:create", Update = "nurturing:update", Delete = "nurturing:delete",
        Enroll = "nurturing:enroll";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See sequences and who is in them", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Add sequences", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Update, "Change and pause sequences and enrollments", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Delete, "Delete and restore sequences", DefaultRoles.Manager),
        new(Enroll, "Bring leads into sequences", DefaultRoles.Manager | DefaultRoles.Agent),
    ];
}
