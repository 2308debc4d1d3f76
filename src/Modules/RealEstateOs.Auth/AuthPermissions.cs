using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Auth;

internal static class AuthPermissions
{
    public const string ReadUsers = "users:read", ManageUsers = "users:manage", ReadRoles = "roles:read", ManageRoles = "roles:manage",
        ReadTeams = "teams:read", ManageTeams = "teams:manage", ManageOrganization = "organization:manage";

    private const DefaultRoles Everybody = DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer;

    public static readonly PermissionDefinition[] All =
    [
        new(ReadUsers, "See the people of the organization", Everybody),
        new(ManageUsers, "Add, change and deactivate people", DefaultRoles.None),
        new(ReadRoles, "See roles and permissions", Everybody),
        new(ManageRoles, "Add, change and delete roles", DefaultRoles.None),
        new(ReadTeams, "See teams", Everybody),
        new(ManageTeams, "Add, change and delete teams", DefaultRoles.Manager),
        new(ManageOrganization, "Change the organization's settings", DefaultRoles.None),
    ];
}
