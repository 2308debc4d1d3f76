namespace RealEstateOs.Contracts.Auth;

/// <summary>What other modules may ask about the organization of the current scope and its people.</summary>
public interface IOrganizationDirectory
{
    Task<OrganizationDefaults> DefaultsAsync(CancellationToken ct);

    /// <summary>How the organization shows itself on what it hands out.</summary>
    Task<OrganizationBrand> BrandAsync(CancellationToken ct);

    /// <summary>Refuses with a 422 naming the member where a team or user does not exist in the organization; null passes.</summary>
    Task RequireAsync(TeamId? team, UserId? user, CancellationToken ct, string teamMember = "team_id",
        string userMember = "assigned_user_id");

    /// <summary>Names and addresses of people, in one query; unknown ids are left out.</summary>
    Task<IReadOnlyDictionary<UserId, Person>> PeopleAsync(IReadOnlyCollection<UserId> users, CancellationToken ct);

    /// <summary>Everybody who works here now.</summary>
    Task<IReadOnlyList<UserId>> ActiveUsersAsync(CancellationToken ct);

    /// <summary>Who works here now, has confirmed the address, and has a role with this permission.</summary>
    Task<IReadOnlyList<Person>> HoldersAsync(string permission, CancellationToken ct);
}

/// <summary>ISO 4217 currency, ISO 3166 country, IANA time zone, name, postal address and language tag of an organization.</summary>
public sealed record OrganizationDefaults(string Currency, string? Country, string TimeZone, string Name, string? Address = null,
    string Locale = "en");

/// <summary>
/// Name, logo, colours as #rrggbb, the office's registration number at the land department, postal address.
/// </summary>
public sealed record OrganizationBrand(string Name, OrganizationLogo? Logo, string? PrimaryColor, string? SecondaryColor, string? Orn,
    string? Address)
{
    public string? Phone { get; init; }
    public string? Website { get; init; }
    /// <summary>BCP 47 tag of the language that the office writes in.</summary>
    public string Locale { get; init; } = "en";
    /// <summary>Where everybody can load the logo, as mail programs do.</summary>
    public string? LogoAddress { get; init; }
}

/// <summary>A file of ours by its key, or an address elsewhere.</summary>
public sealed record OrganizationLogo(string? FileKey, string? Url);

/// <param name="IsConfirmed">Has shown that the address is theirs.</param>
public sealed record Person(UserId Id, string FullName, string Email, string? Phone, bool IsActive, bool IsConfirmed);
