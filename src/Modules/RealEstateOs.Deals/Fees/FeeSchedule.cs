using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Fees;

/// <summary>The fees that hold from a day on, until the next schedule's.</summary>
internal sealed class FeeSchedule : Entity<FeeScheduleId>
{
    public DateOnly ValidFrom { get; set; }
    public JsonElement Rates { get; set; }
    public string? Source { get; set; }
}

internal sealed class FeeScheduleMapping : IEntityTypeConfiguration<FeeSchedule>
{
    public void Configure(EntityTypeBuilder<FeeSchedule> schedule)
    {
        schedule.ToTable("fee_schedules");
        schedule.Property(s => s.Id).ValueGeneratedOnAdd().UseIdentityAlwaysColumn();
    }
}
