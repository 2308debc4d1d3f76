using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Auth.Accounts;

/// <summary>The signed-in user, with what the session may do.</summary>
public sealed record MeResponse
{
    public required UserId Id { get; init; }
    public required OrganizationId OrganizationId { get; init; }
    /// <summary>The address that the account signs in with.</summary>
    public required string Email { get; init; }
    /// <summary>Given name.</summary>
    public required string FirstName { get; init; }
    /// <summary>Family name.</summary>
    public required string LastName { get; init; }
    /// <summary>First and last name together.</summary>
    public required string FullName { get; init; }
    /// <summary>As it was given.</summary>
    public string? Phone { get; init; }
    /// <summary>The first of <see cref="Roles"/>.</summary>
    public string? Role { get; init; }
    /// <summary>Names of the account's roles.</summary>
    public required IReadOnlyList<string> Roles { get; init; }
    /// <summary><c>resource:action</c>; with <c>:own</c> behind, for own records only.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }
    public TeamId? TeamId { get; init; }
    /// <summary>Always true: who is deactivated can't sign in.</summary>
    public bool IsActive { get; init; }
    /// <summary>Has shown that the address is theirs.</summary>
    public bool EmailVerified { get; init; }
    /// <summary>The team that <c>team_id</c> names; null without one.</summary>
    public NamedTeam? Team { get; init; }
    /// <summary>The brokerage that the account belongs to.</summary>
    public required NamedOrganization Organization { get; init; }
    /// <summary>The organization's; limits and quotas go by it.</summary>
    public required string Plan { get; init; }
    /// <summary>When the account last signed in.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}

internal static class Me
{
    /// <summary>Who is signed in, and what they may do.</summary>
    public static async Task<Ok<MeResponse>> Handle(AuthDb db, CurrentUser current, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().Where(u => u.Id == current.Id).Select(UserResponse.Projection).FirstAsync(ct);
        return TypedResults.Ok(new MeResponse
        {
            Id = user.Id, OrganizationId = user.OrganizationId, Email = user.Email, FirstName = user.FirstName, LastName = user.LastName,
            FullName = user.FullName, Phone = user.Phone, Role = user.Role, Roles = user.Roles,
            Permissions = [.. current.Principal.Permissions.Order(StringComparer.Ordinal)], TeamId = user.TeamId,
            IsActive = user.IsActive, EmailVerified = user.EmailVerified, LastLoginAt = user.LastLoginAt, CreatedAt = user.CreatedAt,
            UpdatedAt = user.UpdatedAt,
            Team = await db.Teams.Where(t => t.Id == user.TeamId).Select(t => new NamedTeam(t.Id, t.Name)).FirstOrDefaultAsync(ct),
            Organization = await db.Organizations.Select(o => new NamedOrganization(o.Id, o.Name)).FirstAsync(ct),
            Plan = current.Principal.Plan,
        });
    }
}
