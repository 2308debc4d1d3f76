using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Crm.Clients;

/// <summary>Clients that came from leads that were merged name the lead that stays.</summary>
internal sealed class FollowMergedLeads(CrmDb db) : ILeadMergeFollower
{
    public async Task FollowAsync(LeadsBecameOne merge, CancellationToken ct)
    {
        var gone = Array.ConvertAll(merge.Gone, lead => lead.Value);
        var locked = db.Clients.FromSql(
            $"""
             select *, xmin from crm.clients where organization_id = {db.CurrentOrganization.Value} and lead_id = any({gone})
             order by id for update
             """);
        var clients = await locked.WithDeleted().ToListAsync(ct);
        foreach (var client in clients)
        {
            db.AddHistory(client, "lead_merged", "Lead Merged", $"Lead {client.LeadId!.Value.Value} went into lead {merge.Lead.Value}");
            client.LeadId = merge.Lead;
        }
        await db.SaveChangesAsync(ct);
    }
}
