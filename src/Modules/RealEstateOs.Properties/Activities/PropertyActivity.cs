using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Activities;

/// <summary>Something somebody did about a property: a viewing, a call to the owner.</summary>
internal sealed class PropertyActivity : Entity<PropertyActivityId>
{
    public PropertyId PropertyId { get; set; }
    public string ActivityType { get; set; } = "";
    public string Description { get; set; } = "";
    public JsonElement? Metadata { get; set; }
}

internal sealed class PropertyActivityMapping : IEntityTypeConfiguration<PropertyActivity>
{
    public void Configure(EntityTypeBuilder<PropertyActivity> activity)
    {
        activity.ToTable("activities");
        activity.Property(a => a.Id).UseIdentityAlwaysColumn();
    }
}
