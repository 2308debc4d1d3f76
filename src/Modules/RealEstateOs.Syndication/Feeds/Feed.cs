using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Syndication.Feeds;

/// <summary>An address at which a portal reads the listings; whoever has it may read them, until it is revoked.</summary>
internal sealed class Feed : Entity<FeedId>
{
    public Portal Portal { get; set; }
    public required string Name { get; set; }
    [Secret] public required byte[] TokenHash { get; set; }
    public bool IsActive { get; set; }
    public DateTimeOffset? LastReadAt { get; set; }
}

/// <summary>A listing that a portal has been shown.</summary>
[PrimaryKey(nameof(OrganizationId), nameof(Portal), nameof(PropertyId))]
internal sealed class FeedItem : ITenantOwned, INotAudited
{
    public OrganizationId OrganizationId { get; set; }
    public Portal Portal { get; set; }
    public PropertyId PropertyId { get; set; }
    public DateTimeOffset ListedAt { get; set; }
    public DateTimeOffset? DelistedAt { get; set; }
}
