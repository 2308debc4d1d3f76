using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Notes;

internal sealed class LeadNote : Entity<LeadNoteId>
{
    public LeadId LeadId { get; set; }
    public string Content { get; set; } = "";
    public bool IsPinned { get; set; }
}

internal sealed class LeadNoteMapping : IEntityTypeConfiguration<LeadNote>
{
    public void Configure(EntityTypeBuilder<LeadNote> note)
    {
        note.ToTable("notes");
        note.Property(n => n.Id).UseIdentityAlwaysColumn();
    }
}
