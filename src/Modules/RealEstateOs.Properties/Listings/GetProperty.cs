using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Properties.Listings;

internal static class GetProperty
{
    /// <summary>One property.</summary>
    public static async Task<Results<Ok<PropertyResponse>, NotFound>> Handle(PropertyId id, PropertiesDb db, CurrentUser user, CancellationToken ct) =>
        await db.Properties.VisibleTo(user, PropertiesPermissions.Read).Where(p => p.Id == id).Select(PropertyResponse.Projection).FirstOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found) : TypedResults.NotFound();
}
