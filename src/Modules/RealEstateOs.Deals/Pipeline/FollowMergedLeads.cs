using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>Deals of leads that were merged name the lead that stays; deleted ones too, for they may be restored.</summary>
internal sealed class FollowMergedLeads(DealsDb db) : ILeadMergeFollower
{
    public async Task FollowAsync(LeadsBecameOne merge, CancellationToken ct)
    {
        var gone = Array.ConvertAll(merge.Gone, lead => lead.Value);
        var locked = db.Deals.FromSql(
            $"""
             select *, xmin from deals.deals where organization_id = {db.CurrentOrganization.Value} and lead_id = any({gone})
             order by id for update
             """);
        var deals = await locked.WithDeleted().ToListAsync(ct);
        foreach (var deal in deals)
        {
            deal.LeadId = merge.Lead;
            if (deal.DeletedAt is null)
                db.Raise(() => new DealUpdated(deal.Id, deal.PropertyId, deal.TeamId, deal.Stage, deal.AssignedTo, db.Work.Tenant.User,
                    ["lead_id"]));
        }
        await db.SaveChangesAsync(ct);
    }
}
