using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Marketing.Adverts;

/// <summary>The paper by which the owner lets the office advertise.</summary>
public enum OwnerAuthority { FormA, LandlordNoc, DeveloperNoc }

/// <summary>
/// What an advertisement of a property needs beside the property: titles, and the permit with the facts that it was given for.
/// </summary>
internal sealed class Advert : Entity<AdvertId>
{
    public PropertyId PropertyId { get; set; }
    public string? Title { get; set; }
    public string? TitleAr { get; set; }
    public string? Description { get; set; }
    public string? DescriptionAr { get; set; }
    public Furnishing? Furnishing { get; set; }
    public PermitType PermitType { get; set; }
    public DateOnly? PermitStartsOn { get; set; }
    /// <summary>The land department's own page about the permit: what the QR code opens.</summary>
    public string? PermitUrl { get; set; }
    public decimal? PermitPrice { get; set; }
    public decimal? PermitSquareFeet { get; set; }
    public PropertyType? PermitPropertyType { get; set; }
    public int? PermitBedrooms { get; set; }
    public PermitExemption? PermitExemption { get; set; }
    public OwnerAuthority? Authority { get; set; }
    public DateOnly? AuthoritySignedOn { get; set; }
    public DateOnly? AuthorityExpiresOn { get; set; }
    /// <summary>In the tree of Property Finder's places.</summary>
    public long? PropertyFinderLocationId { get; set; }
    public decimal? DownPayment { get; set; }
    /// <summary>Where the listing is to appear.</summary>
    public string[] Portals { get; set; } = [];
}

/// <summary>How an agent appears on advertisements.</summary>
internal sealed class AgentProfile : Entity<AgentProfileId>
{
    public UserId UserId { get; set; }
    public string? Title { get; set; }
    public string? TitleAr { get; set; }
    public string? NameAr { get; set; }
    public string? Brn { get; set; }
    public DateOnly? BrnExpiresOn { get; set; }
    public string? PhotoUrl { get; set; }
    public string? AdvertiserPermit { get; set; }
    public DateOnly? AdvertiserPermitExpiresOn { get; set; }
    public long? PropertyFinderProfileId { get; set; }
}

/// <summary>How an organization does its marketing.</summary>
[PrimaryKey(nameof(OrganizationId))]
internal sealed class MarketingSettings : ITenantOwned, IStamped
{
    public OrganizationId OrganizationId { get; set; }
    /// <summary>May who made a campaign approve it?</summary>
    public bool AuthorMayApprove { get; set; } = true;
    public string? NameAr { get; set; }
    public string? LicenceNumber { get; set; }
    public UserId? CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}
