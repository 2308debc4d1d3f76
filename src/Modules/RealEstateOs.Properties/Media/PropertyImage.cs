using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Media;

/// <summary>A picture of a property: a file of ours, or an address elsewhere.</summary>
internal sealed class PropertyImage : Entity<PropertyImageId>
{
    public PropertyId PropertyId { get; set; }
    public string? Url { get; set; }
    [Secret] public string? FileKey { get; set; }
    public string? ContentType { get; set; }
    public long? FileSize { get; set; }
    public string? Title { get; set; }
    public string? Description { get; set; }
    public int Order { get; set; }
    public bool IsPrimary { get; set; }
}
