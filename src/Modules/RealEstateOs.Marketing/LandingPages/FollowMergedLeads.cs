using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;

namespace RealEstateOs.Marketing.LandingPages;

/// <summary>Enquiries of leads that were merged are those of the lead that stays, who counts once in the figures.</summary>
internal sealed class FollowMergedLeads(MarketingDb db) : ILeadMergeFollower
{
    public Task FollowAsync(LeadsBecameOne merge, CancellationToken ct) =>
        db.Enquiries.Where(e => merge.Gone.Contains(e.LeadId)).ExecuteUpdateAsync(set => set.SetProperty(e => e.LeadId, merge.Lead), ct);
}
