using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Auth.Roles;

/// <summary>The four roles that every organization has.</summary>
internal static class DefaultRoleSet
{
    public const string Admin = "admin", Manager = "manager", Agent = "agent", Viewer = "viewer";

    private static readonly (DefaultRoles Role, string Description)[] Descriptions =
    [
        (DefaultRoles.Admin, "Everything, people and roles included"),
        (DefaultRoles.Manager, "The whole business, without people and roles"),
        (DefaultRoles.Agent, "Daily work: properties, leads, clients, deals"),
        (DefaultRoles.Viewer, "Reads, changes nothing"),
    ];

    public static Role[] Make(PermissionCatalogue catalogue) => [.. Descriptions.Select(d => new Role
    {
        Name = Vocabulary.Word(d.Role), Description = d.Description, IsSystem = true, Permissions = [.. catalogue.Of(d.Role)],
    })];
}
