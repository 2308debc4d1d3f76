using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties;

/// <summary>Keeps on the property what was written to its owner.</summary>
internal sealed class PropertyOutreach(PropertiesDb db, CurrentUser user, TimeProvider clock) : IPropertyOutreach
{
    public Task<OutreachProperty?> FindAsync(PropertyId property, CancellationToken ct) =>
        db.Properties.AsNoTracking().VisibleTo(user, PropertiesPermissions.Read)
            .Where(p => p.Id == property)
            .Select(p => new OutreachProperty(
                p.Id, p.Address, p.City, p.State, p.ZipCode, p.Community, p.Building, p.PropertyType, p.Price, p.EstimatedValue, p.Currency,
                p.Bedrooms, p.Bathrooms, p.SquareFeet,
                p.OwnerName, p.OwnerEmail, p.OwnerPhone, p.TeamId))
            .FirstOrDefaultAsync(ct);

    public Task<TeamId?> MemoSentAsync(PropertyId property, string description, CancellationToken ct) =>
        NoteAsync(property, (p, now) => p.MemoSent(now), "memo_sent", "Memo Sent", description, ct);

    public Task<TeamId?> RepliedAsync(PropertyId property, string description, CancellationToken ct) =>
        NoteAsync(property, (p, _) => p.HasReply = true, "reply_received", "Reply Received", description, ct);

    private async Task<TeamId?> NoteAsync(PropertyId id, Action<Property, DateTimeOffset> mark, string type, string title,
        string? description, CancellationToken ct)
    {
        // A message that has left can't be sent again because somebody edits the property at this moment: wait for them.
        await db.Database.ExecuteSqlAsync($"select from properties.properties where id = {id.Value} for update", ct);
        if (await db.Properties.FirstOrDefaultAsync(p => p.Id == id, ct) is not { } property) return null;
        var now = clock.Now();
        mark(property, now);
        property.LastContactAt = now;
        db.AddTimeline(property, type, title, description);
        await db.SaveAsync(property, db.Work.Tenant.User, ct);
        return property.TeamId;
    }
}
