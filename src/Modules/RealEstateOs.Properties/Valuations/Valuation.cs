using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Valuations;

/// <summary>What a property was said, or agreed, to be worth on a day.</summary>
internal sealed class Valuation : Entity<ValuationId>
{
    public PropertyId PropertyId { get; set; }
    public decimal Value { get; set; }
    public DateOnly ValuationDate { get; set; }
    public string? Source { get; set; }
    public string? Notes { get; set; }
}

internal sealed class ValuationMapping : IEntityTypeConfiguration<Valuation>
{
    public void Configure(EntityTypeBuilder<Valuation> valuation)
    {
        valuation.ToTable("valuations");
        valuation.Property(v => v.Id).UseIdentityAlwaysColumn();
    }
}
