using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Notes;

internal sealed class PropertyNote : Entity<PropertyNoteId>
{
    public PropertyId PropertyId { get; set; }
    public string Content { get; set; } = "";
    public bool IsPinned { get; set; }
}
