using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Notes;

internal sealed class PropertyNote : Entity<PropertyNoteId>
{
    public PropertyId PropertyId { get; set; }
    public string Content { get; set; } = "";
    public bool IsPinned { get; set; }
}

internal sealed class PropertyNoteMapping : IEntityTypeConfiguration<PropertyNote>
{
    public void Configure(EntityTypeBuilder<PropertyNote> note)
    {
        note.ToTable("notes");
        note.Property(n => n.Id).UseIdentityAlwaysColumn();
    }
}
