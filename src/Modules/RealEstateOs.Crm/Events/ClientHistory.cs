using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Crm.Clients;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Crm.Events;

/// <summary>
/// What happens to the deals and the lead of a client belongs to the client's history; with it the client's version moves on.
/// </summary>
internal sealed class ClientHistory(CrmDb db) : IEventHandler<DealCreated>, IEventHandler<DealClosed>, IEventHandler<LeadUpdated>
{
    public const string Subscription = "crm.client_history";

    public Task HandleAsync(DealCreated happened, EventContext context, CancellationToken ct) => NoteAsync(
        db.Clients.Where(c => c.Id == happened.ClientId || (c.LeadId != null && c.LeadId == happened.LeadId)),
        "deal_created", "Deal Opened", $"Deal {happened.DealId.Value}, {Vocabulary.Word(happened.DealType)}", ct);

    public Task HandleAsync(DealClosed happened, EventContext context, CancellationToken ct) => NoteAsync(
        db.Clients.Where(c => c.Id == happened.ClientId || (c.LeadId != null && c.LeadId == happened.LeadId)),
        "deal_closed", "Deal Closed", $"Deal {happened.DealId.Value}: {Vocabulary.Word(happened.Stage)}", ct);

    public async Task HandleAsync(LeadUpdated happened, EventContext context, CancellationToken ct)
    {
        if (!happened.Changed.Contains("status")) return;
        await NoteAsync(db.Clients.Where(c => c.LeadId == happened.LeadId), "lead_status_changed", "Lead Moved",
            $"The lead is {Vocabulary.Word(happened.Status)}", ct);
    }

    private async Task NoteAsync(IQueryable<Client> clients, string type, string title, string description, CancellationToken ct)
    {
        foreach (var client in await clients.ToListAsync(ct)) db.AddHistory(client, type, title, description);
        await db.SaveChangesAsync(ct);
    }
}
