using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;

namespace RealEstateOs.Workflows.Executions;

/// <summary>Executions about a lead that was merged are about the one that stays; their steps find it by themselves.</summary>
internal sealed class FollowMergedLeads(WorkflowsDb db) : ILeadMergeFollower
{
    public Task FollowAsync(LeadsBecameOne merge, CancellationToken ct)
    {
        var (lead, gone) = ((LeadId?)merge.Lead, merge.Gone.Select(g => (LeadId?)g).ToArray());
        return db.Executions.Where(e => gone.Contains(e.LeadId)).ExecuteUpdateAsync(e => e.SetProperty(x => x.LeadId, lead), ct);
    }
}
