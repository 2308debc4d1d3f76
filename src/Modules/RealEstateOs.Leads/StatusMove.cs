using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads;

/// <summary>One change of a lead's status; the first has none it came from.</summary>
internal sealed class StatusMove : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public LeadId LeadId { get; set; }
    public LeadStatus? FromStatus { get; set; }
    public LeadStatus ToStatus { get; set; }
    public UserId? MovedBy { get; set; }
    public DateTimeOffset MovedAt { get; set; }
}
