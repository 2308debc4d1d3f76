using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Listings;

internal static class RestoreProperty
{
    /// <summary>Brings a deleted property back.</summary>
    public static async Task<Results<Ok<PropertyResponse>, NotFound>> Handle(PropertyId id, PropertiesDb db, CurrentUser user,
        CancellationToken ct)
    {
        var property = await db.Properties.WithDeleted().VisibleTo(user, PropertiesPermissions.Delete)
            .FirstOrDefaultAsync(p => p.Id == id, ct);
        if (property is null) return TypedResults.NotFound();
        if (property.DeletedAt is null) return TypedResults.Ok(PropertyResponse.Of(property));
        property.DeletedAt = null;
        db.AddTimeline(property, "property_restored", "Property Restored", null);
        await db.SaveAsync(property, user.Id, ct);
        return TypedResults.Ok(PropertyResponse.Of(property));
    }
}
