using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Organizations;

/// <summary>Answers other modules within the current organization; what it has read it keeps for the request.</summary>
internal sealed class OrganizationDirectory(AuthDb db, NearCache near, LogoStore logos) : IOrganizationDirectory
{
    private readonly Dictionary<UserId, Person> people = [];
    private OrganizationDefaults? defaults;
    private OrganizationBrand? brand;

    /// <summary>Where the defaults are remembered: whoever changes them has it forgotten.</summary>
    internal static string DefaultsKey(OrganizationId organization) => organization.Reference() + ":defaults";

    public async Task<OrganizationDefaults> DefaultsAsync(CancellationToken ct)
    {
        var key = DefaultsKey(db.CurrentOrganization);
        if ((defaults ??= near.Find<OrganizationDefaults>(key)) is { } known) return known;
        defaults = await db.Organizations.AsNoTracking().Select(o => new OrganizationDefaults(o.Currency, o.Country, o.TimeZone, o.Name,
            o.Address, o.Locale)).FirstAsync(ct);
        near.Keep(key, defaults);
        return defaults;
    }

    public async Task<OrganizationBrand> BrandAsync(CancellationToken ct)
    {
        if (brand is not null) return brand;
        var o = await db.Organizations.AsNoTracking().FirstAsync(ct);
        var logo = o.LogoKey is null && o.LogoUrl is null ? null : new OrganizationLogo(o.LogoKey, o.LogoUrl);
        return brand = new OrganizationBrand(o.Name, logo, o.PrimaryColor, o.SecondaryColor, o.Orn, o.Address)
        {
            Phone = o.Phone, Website = o.Website, Locale = o.Locale, LogoAddress = logos.AddressOf(o),
        };
    }

    public async Task RequireAsync(TeamId? team, UserId? user, CancellationToken ct, string teamMember = "team_id",
        string userMember = "assigned_user_id")
    {
        var errors = new List<FieldError>();
        if (team is { } t && !await db.Teams.AnyAsync(x => x.Id == t, ct))
            errors.Add(FieldError.Format(teamMember, "names no team of the organization"));
        if (user is { } u && !await IsActiveAsync(u, ct))
            errors.Add(FieldError.Format(userMember, "names no active user of the organization"));
        if (errors.Count > 0) throw Problem.Invalid(errors);
    }

    public async Task<IReadOnlyDictionary<UserId, Person>> PeopleAsync(IReadOnlyCollection<UserId> users, CancellationToken ct)
    {
        var unknown = users.Where(u => !people.ContainsKey(u)).Distinct().ToArray();
        if (unknown.Length > 0)
        {
            var found = await db.Users.AsNoTracking().Where(u => unknown.Contains(u.Id))
                .Select(u => new { u.Id, u.FirstName, u.LastName, u.Email, u.Phone, u.IsActive, u.EmailVerifiedAt }).ToListAsync(ct);
            foreach (var u in found)
                people[u.Id] = new Person(u.Id, $"{u.FirstName} {u.LastName}".Trim(), u.Email, u.Phone, u.IsActive,
                    u.EmailVerifiedAt != null);
        }
        return users.Where(people.ContainsKey).Distinct().ToDictionary(u => u, u => people[u]);
    }

    public async Task<IReadOnlyList<UserId>> ActiveUsersAsync(CancellationToken ct) =>
        await db.Users.AsNoTracking().Where(u => u.IsActive).Select(u => u.Id).ToListAsync(ct);

    public async Task<IReadOnlyList<Person>> HoldersAsync(string permission, CancellationToken ct)
    {
        var holders = await db.Users.AsNoTracking()
            .Where(u => u.IsActive && u.EmailVerifiedAt != null && u.Roles.Any(r => r.Role.Permissions.Contains(permission)))
            .OrderBy(u => u.Id).Select(u => u.Id).ToListAsync(ct);
        return [.. (await PeopleAsync(holders, ct)).Values];
    }

    private async Task<bool> IsActiveAsync(UserId user, CancellationToken ct) =>
        (await PeopleAsync([user], ct)).TryGetValue(user, out var person) && person.IsActive;
}
