using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Enquiries;

/// <summary>An enquiry that was received, and whose lead it became or went into.</summary>
internal sealed class Enquiry : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public LeadId LeadId { get; set; }
    public byte[] Hash { get; set; } = [];
    public DateTimeOffset ReceivedAt { get; set; }
}
