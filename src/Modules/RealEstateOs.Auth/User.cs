using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth;

/// <summary>A person who signs in. Never deleted, only deactivated: what they did stays theirs.</summary>
internal sealed class User : Entity<UserId>
{
    public string Email { get; set; } = "";
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string? Phone { get; set; }
    [Secret] public string? PasswordHash { get; set; }
    public TeamId? TeamId { get; set; }
    public bool IsActive { get; private set; } = true;
    public DateTimeOffset? EmailVerifiedAt { get; set; }
    public DateTimeOffset? LastLoginAt { get; set; }
    public DateTimeOffset? DeactivatedAt { get; private set; }
    public List<UserRole> Roles { get; } = [];

    public string FullName => $"{FirstName} {LastName}".Trim();

    public void Deactivate(DateTimeOffset now)
    {
        if (IsActive) (IsActive, DeactivatedAt) = (false, now);
    }

    public void Activate() => (IsActive, DeactivatedAt) = (true, null);
}

/// <summary>A role that a person has.</summary>
internal sealed class UserRole : ITenantOwned
{
    public OrganizationId OrganizationId { get; set; }
    public UserId UserId { get; set; }
    public RoleId RoleId { get; set; }
    public Role Role { get; set; } = null!;
}

internal sealed class UserMapping : IEntityTypeConfiguration<User>, IEntityTypeConfiguration<UserRole>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.Ignore(u => u.FullName);
        user.HasMany(u => u.Roles).WithOne().HasForeignKey(r => r.UserId);
    }

    public void Configure(EntityTypeBuilder<UserRole> held)
    {
        held.ToTable("user_roles");
        held.HasKey(r => new { r.UserId, r.RoleId });
        held.HasOne(r => r.Role).WithMany().HasForeignKey(r => r.RoleId);
    }
}
