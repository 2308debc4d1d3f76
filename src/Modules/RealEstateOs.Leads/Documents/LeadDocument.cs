using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Documents;

/// <summary>A paper of a lead: stored here (<see cref="FileKey"/>), or a mention of where it lies.</summary>
internal sealed class LeadDocument : Entity<LeadDocumentId>
{
    public LeadId LeadId { get; set; }
    public string Title { get; set; } = "";
    public string FilePath { get; set; } = "";
    public string? FileType { get; set; }
    public long? FileSize { get; set; }
    public string? Sha256 { get; set; }
    [Secret] public string? FileKey { get; set; }
}

internal sealed class LeadDocumentMapping : IEntityTypeConfiguration<LeadDocument>
{
    public void Configure(EntityTypeBuilder<LeadDocument> document)
    {
        document.ToTable("documents");
        document.Property(d => d.Id).UseIdentityAlwaysColumn();
        document.Property(d => d.Sha256).HasColumnName("sha256");
    }
}
