using System.Text.Json;
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
