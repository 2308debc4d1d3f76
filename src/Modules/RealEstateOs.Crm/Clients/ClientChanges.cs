using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Crm.Clients;

internal static class ClientChanges
{
    public static Task<Client?> FindAsync(this CrmDb db, ClientId id, CurrentUser user, string permission, CancellationToken ct) =>
        db.Clients.VisibleTo(user, permission).FirstOrDefaultAsync(c => c.Id == id, ct);

    public static Task<bool> SeesAsync(this CrmDb db, ClientId id, CurrentUser user, CancellationToken ct) =>
        db.Clients.VisibleTo(user, CrmPermissions.Read).AnyAsync(c => c.Id == id, ct);

    /// <summary>Announces what the transaction changes of the client; answers the members.</summary>
    public static string[] TellChanged(this CrmDb db, Client client, CurrentUser user)
    {
        var changed = db.ChangedMembers(client, nameof(Client.LastActivityAt));
        if (changed.Length > 0)
            db.Raise(() => new ClientUpdated(client.Id, client.LeadId, client.AssignedAgentId, user.Id, changed));
        return changed;
    }

    /// <summary>Announces a viewing that was planned or moved, once it is saved: its id is known only then.</summary>
    public static async Task TellViewingAsync(this CrmDb db, Client client, ClientActivity activity, DateTimeOffset? before,
        CancellationToken ct)
    {
        if (activity.Kind != AgendaKind.Viewing || activity.IsCancelled || activity.CompletedAt is not null) return;
        if (activity.ScheduledAt is not { } at || at == before) return;
        var by = db.Work.Tenant.User;
        db.Raise(() => new ClientViewingScheduled(client.Id, activity.Id, activity.PropertyId, client.AssignedAgentId, at, before, by));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Writes what happened; the client's version moves on with it, because its page shows its history.</summary>
    public static void AddHistory(this CrmDb db, Client client, string type, string title, string? description)
    {
        client.LastActivityAt = db.Work.Clock.Now();
        db.AddTimeline(client, type, title, description);
    }
}
