using System.Linq.Expressions;
using System.Text.Json.Serialization;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Auth;

/// <summary>A person of the organization as the API shows it.</summary>
public sealed record UserResponse : EntityResponse<UserId>
{
    /// <summary>The person signs in with it.</summary>
    public required string Email { get; init; }
    /// <summary>Given name.</summary>
    public required string FirstName { get; init; }
    /// <summary>Family name; empty where the person has one name.</summary>
    public required string LastName { get; init; }
    /// <summary>First and last name together.</summary>
    public string FullName => $"{FirstName} {LastName}".Trim();
    /// <summary>As it was given.</summary>
    public string? Phone { get; init; }
    /// <summary>The first of <see cref="Roles"/>; the default roles come first.</summary>
    public string? Role => Roles.FirstOrDefault();
    /// <summary>Names of the roles.</summary>
    public required IReadOnlyList<string> Roles { get; init; }
    /// <summary>Ids of the roles, in the order of <c>roles</c>.</summary>
    public required IReadOnlyList<RoleId> RoleIds { get; init; }
    public TeamId? TeamId { get; init; }
    /// <summary>Who is not can't sign in; they are never deleted.</summary>
    public bool IsActive { get; init; }
    /// <summary>Has shown that the address is theirs.</summary>
    public bool EmailVerified { get; init; }
    /// <summary>Null for who never signed in.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }
    /// <summary>When the account was closed; null while it is open.</summary>
    public DateTimeOffset? DeactivatedAt { get; init; }

    [JsonIgnore] public override bool ShowsOtherRows => true;

    internal static readonly Expression<Func<User, UserResponse>> Projection = u => new UserResponse
    {
        Id = u.Id, OrganizationId = u.OrganizationId, Email = u.Email, FirstName = u.FirstName, LastName = u.LastName, Phone = u.Phone,
        Roles = u.Roles.OrderByDescending(r => r.Role.IsSystem).ThenBy(r => r.RoleId).Select(r => r.Role.Name).ToList(),
        RoleIds = u.Roles.OrderByDescending(r => r.Role.IsSystem).ThenBy(r => r.RoleId).Select(r => r.RoleId).ToList(),
        TeamId = u.TeamId, IsActive = u.IsActive, EmailVerified = u.EmailVerifiedAt != null, LastLoginAt = u.LastLoginAt,
        DeactivatedAt = u.DeactivatedAt, CreatedBy = u.CreatedBy, CreatedAt = u.CreatedAt, UpdatedAt = u.UpdatedAt, Version = u.Version,
    };
}
