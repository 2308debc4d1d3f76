using RealEstateOs.Auth.Roles;
using RealEstateOs.Auth.Teams;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Auth.Organizations;

/// <summary>Sets up an organization: its row, first team and default roles. The scope has entered its id before.</summary>
internal sealed class NewOrganization(AuthDb db, Tenant tenant, PermissionCatalogue catalogue)
{
    /// <summary>Takes the id of an organization to come, so that its tenant can be entered before its first row is written.</summary>
    public static async Task<OrganizationId> TakeIdAsync(DataSources sources, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand("select nextval('auth.organizations_id_seq')");
        return new OrganizationId((long)(await command.ExecuteScalarAsync(ct))!);
    }

    public async Task<(Team Team, IReadOnlyDictionary<string, Role> Roles)> SetUpAsync(Organization organization, string teamName,
        CancellationToken ct)
    {
        organization.Id = tenant.Required;
        db.Add(organization);
        await db.SaveChangesAsync(ct);
        var team = new Team { Name = teamName };
        var roles = DefaultRoleSet.Make(catalogue);
        db.Add(team);
        db.AddRange(roles);
        await db.SaveChangesAsync(ct);
        return (team, roles.ToDictionary(r => r.Name));
    }

    public async Task<User> AddPersonAsync(User person, Role role, CancellationToken ct)
    {
        person.Email = Emails.Normalize(person.Email);
        db.Add(person);
        await db.SaveChangesAsync(ct);
        db.Add(new UserRole { UserId = person.Id, RoleId = role.Id });
        await db.SaveChangesAsync(ct);
        return person;
    }
}
