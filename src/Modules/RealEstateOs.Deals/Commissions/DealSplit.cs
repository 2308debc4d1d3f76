using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Commissions;

/// <summary>An agent's part of a deal's commission.</summary>
internal sealed class DealSplit : ITenantOwned
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public DealId DealId { get; set; }
    public int Position { get; set; }
    public UserId UserId { get; set; }
    public decimal Percent { get; set; }
}

internal sealed class DealSplitMapping : IEntityTypeConfiguration<DealSplit>
{
    public void Configure(EntityTypeBuilder<DealSplit> split)
    {
        split.ToTable("splits");
        split.Property(s => s.Id).UseIdentityAlwaysColumn();
        split.Property(s => s.Percent).HasPrecision(7, 4);
    }
}
