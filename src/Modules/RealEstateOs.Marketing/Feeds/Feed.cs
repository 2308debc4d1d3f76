using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Marketing.Feeds;

/// <summary>Who reads a feed: it decides on its form.</summary>
public enum Portal { PropertyFinder, Bayut, Dubizzle, Website }

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
internal sealed class FeedItem : ITenantOwned, INotAudited
{
    public OrganizationId OrganizationId { get; set; }
    public Portal Portal { get; set; }
    public PropertyId PropertyId { get; set; }
    public DateTimeOffset ListedAt { get; set; }
    public DateTimeOffset? DelistedAt { get; set; }
}

internal sealed class FeedMapping : IEntityTypeConfiguration<Feed>
{
    public void Configure(EntityTypeBuilder<Feed> feed)
    {
        feed.ToTable("feeds");
        feed.Property(f => f.Id).ValueGeneratedOnAdd().UseIdentityAlwaysColumn();
    }
}

internal sealed class FeedItemMapping : IEntityTypeConfiguration<FeedItem>
{
    public void Configure(EntityTypeBuilder<FeedItem> item)
    {
        item.ToTable("feed_items");
        item.HasKey(i => new { i.OrganizationId, i.Portal, i.PropertyId });
    }
}
