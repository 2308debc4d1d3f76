using System.ComponentModel.DataAnnotations.Schema;
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
    [Column("sha256")] public string? Sha256 { get; set; }
    [Secret] public string? FileKey { get; set; }
}
