using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;

namespace RealEstateOs.Social.Analytics;

/// <summary>Leads that posts brought stay brought when they are merged; a person counts once for a post.</summary>
internal sealed class FollowMergedLeads(SocialDb db) : ILeadMergeFollower
{
    public async Task FollowAsync(LeadsBecameOne merge, CancellationToken ct)
    {
        var (lead, gone) = (merge.Lead.Value, merge.Gone.Select(g => g.Value).ToArray());
        await db.Database.ExecuteSqlAsync(
            $"""
             with moved as (delete from social.post_leads
                 where organization_id = {db.CurrentOrganization.Value} and lead_id = any({gone}) returning *)
             insert into social.post_leads (organization_id, post_id, lead_id, source, created_at)
             select organization_id, post_id, {lead}, min(source), min(created_at) from moved group by organization_id, post_id
             on conflict (post_id, lead_id) do nothing
             """, ct);
    }
}
