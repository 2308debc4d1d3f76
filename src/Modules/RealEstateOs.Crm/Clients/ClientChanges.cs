using Microsoft.EntityFrameworkCore;
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

    /// <summary>Writes what happened; the client's version moves on with it, because its page shows its history.</summary>
    public static void Note(this CrmDb db, Client client, string type, string title, string? description)
    {
        client.LastActivityAt = db.Work.Clock.Now();
        db.Add(new TimelineEntry
        {
            ClientId = client.Id, EventType = type, EventTitle = title, EventDescription = description, CreatedBy = db.Work.Tenant.User,
            CreatedAt = db.Work.Clock.Now(),
        });
    }
}
