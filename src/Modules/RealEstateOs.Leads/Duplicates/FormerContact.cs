using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Duplicates;

/// <summary>An address or number of a lead that was merged into this one, which has another; who submits it again is this one.</summary>
internal sealed class FormerContact : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public LeadId LeadId { get; set; }
    public string Address { get; set; } = "";
}
