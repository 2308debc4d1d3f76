using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Organizations;

/// <summary>A brokerage: the tenant. Its id is taken before its row is written, so that the row is inside its own walls.</summary>
internal sealed class Organization : Entity<OrganizationId>
{
    public string Name { get; set; } = "";
    public string Plan { get; set; } = "standard";
    public string Currency { get; set; } = "USD";
    public string? Country { get; set; }
    public string TimeZone { get; set; } = "UTC";
    public string Locale { get; set; } = "en";
    public string? LogoUrl { get; set; }
    /// <summary>An uploaded logo, in the place of <see cref="LogoUrl"/>.</summary>
    [Secret] public string? LogoKey { get; set; }
    public string? PrimaryColor { get; set; }
    public string? SecondaryColor { get; set; }
    public string? Orn { get; set; }
    public string? Address { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? Website { get; set; }
}

internal sealed class OrganizationMapping : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> organization)
    {
        organization.Property(o => o.Id).ValueGeneratedNever();
        organization.Property(o => o.OrganizationId).ValueGeneratedOnAddOrUpdate();
    }
}
