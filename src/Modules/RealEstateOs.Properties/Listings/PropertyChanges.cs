using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Properties.Listings;

/// <summary>What every change of a property leaves behind: stage history, timeline, event.</summary>
internal static class PropertyChanges
{
    /// <summary>The property, if it exists and the user may do this to it.</summary>
    public static Task<Property?> FindAsync(this PropertiesDb db, PropertyId id, CurrentUser user, string permission,
        CancellationToken ct) =>
            db.Properties.VisibleTo(user, permission).FirstOrDefaultAsync(p => p.Id == id, ct);

    /// <summary>May the user see the property?</summary>
    public static Task<bool> SeesAsync(this PropertiesDb db, PropertyId id, CurrentUser user, CancellationToken ct) =>
        db.Properties.VisibleTo(user, PropertiesPermissions.Read).AnyAsync(p => p.Id == id, ct);

    /// <summary>Saves a new property on its first stage, with history, timeline and event.</summary>
    public static async Task EnterAsync(this PropertiesDb db, Property property, PropertyStage stage, CancellationToken ct)
    {
        var (now, by) = (db.Work.Clock.Now(), db.Work.Tenant.User);
        property.StartAt(stage, now);
        db.Add(property);
        db.Append(() => new StageMove { PropertyId = property.Id, ToStage = stage, MovedBy = by, MovedAt = now });
        db.AddTimeline(property, "property_created", "Property Added to Pipeline", $"Added {property.Address}");
        db.Raise(() => new PropertyCreated(property.Id, property.TeamId, property.AssignedUserId, stage, property.Address, by));
        await db.SaveChangesAsync(ct);
    }

    public static void Record(this PropertiesDb db, Property property, StageMove move)
    {
        db.Append(() => move);
        db.AddTimeline(property, "stage_changed", "Stage Changed",
            $"From {Vocabulary.Word(move.FromStage!.Value)} to {Vocabulary.Word(move.ToStage)}");
    }

    /// <summary>Saves, and announces what changed, if anything did.</summary>
    public static async Task SaveAsync(this PropertiesDb db, Property property, UserId? by, CancellationToken ct)
    {
        var changed = db.ChangedMembers(property);
        if (changed.Length > 0)
            db.Raise(() => new PropertyUpdated(property.Id, property.TeamId, property.AssignedUserId, property.CurrentStage, by, changed));
        await db.SaveChangesAsync(ct);
    }
}
