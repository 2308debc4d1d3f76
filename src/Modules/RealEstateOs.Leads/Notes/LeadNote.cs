using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Notes;

internal sealed class LeadNote : Entity<LeadNoteId>
{
    public LeadId LeadId { get; set; }
    public string Content { get; set; } = "";
    public bool IsPinned { get; set; }
}
