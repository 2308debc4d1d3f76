using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Listings;

/// <summary>One step of a property through the pipeline; the first has no stage it came from.</summary>
internal sealed class StageMove : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public PropertyId PropertyId { get; set; }
    public PropertyStage? FromStage { get; set; }
    public PropertyStage ToStage { get; set; }
    public UserId? MovedBy { get; set; }
    public DateTimeOffset MovedAt { get; set; }
}
