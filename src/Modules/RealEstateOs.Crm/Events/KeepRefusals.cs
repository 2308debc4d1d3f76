using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Crm.Events;

/// <summary>Clients keep no consent: what they said as a lead that was deleted is kept with their addresses.</summary>
internal sealed class KeepRefusals(CrmDb db, ILeadDirectory leads, ISuppressionList suppressions) : IEventHandler<LeadDeleted>
{
    public const string Subscription = "crm.keep_refusals";

    public async Task HandleAsync(LeadDeleted happened, EventContext context, CancellationToken ct)
    {
        var lead = happened.LeadId;
        if (await leads.RefusedByAsync(lead, ct) is not { Count: > 0 } refused) return;
        var refusals = new Refusals(suppressions, Refusals.OfDeleted(lead));
        foreach (var client in await db.Clients.WithDeleted().AsNoTracking().Where(c => c.LeadId == lead).ToListAsync(ct))
            refusals.Take(refused, client.EmailNormalised, client.PhoneE164);
        await refusals.SaveAsync(ct);
    }
}
