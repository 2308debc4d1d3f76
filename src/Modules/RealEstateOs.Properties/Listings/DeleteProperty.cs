using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Listings;

internal static class DeleteProperty
{
    /// <summary>Hides the property; it can be restored for 30 days.</summary>
    public static async Task<Results<NoContent, NotFound>> Handle(PropertyId id, PropertiesDb db, CurrentUser user, TimeProvider clock,
        CancellationToken ct)
    {
        var property = await db.FindAsync(id, user, PropertiesPermissions.Delete, ct);
        if (property is null) return TypedResults.NotFound();
        property.DeletedAt = clock.Now();
        db.AddTimeline(property, "property_deleted", "Property Deleted", null);
        db.Raise(() => new PropertyDeleted(property.Id, property.TeamId, property.AssignedUserId, user.Id));
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
