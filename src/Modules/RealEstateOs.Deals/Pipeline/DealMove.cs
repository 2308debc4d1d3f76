using System.ComponentModel.DataAnnotations.Schema;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>One step of a deal; the first has no stage it came from.</summary>
[Table("stage_moves")]
internal sealed class DealMove : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public DealId DealId { get; set; }
    public DealStage? FromStage { get; set; }
    public DealStage ToStage { get; set; }
    public UserId? MovedBy { get; set; }
    public DateTimeOffset MovedAt { get; set; }
}
