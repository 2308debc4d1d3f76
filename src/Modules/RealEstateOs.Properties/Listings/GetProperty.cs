using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Properties.Listings;

internal static class GetProperty
{
    // The most frequent question of all: translated once.
    private static readonly Func<PropertiesDb, PropertyId, CancellationToken, Task<PropertyResponse?>> OfAnybody = EF.CompileAsyncQuery(
        (PropertiesDb db, PropertyId id, CancellationToken _) => db.Properties.Where(p => p.Id == id).Select(PropertyResponse.Projection)
            .FirstOrDefault());

    /// <summary>One property.</summary>
    public static async Task<Results<Ok<PropertyResponse>, NotFound>> Handle(PropertyId id, PropertiesDb db, CurrentUser user,
        CancellationToken ct)
    {
        var found = user.ReachOf(PropertiesPermissions.Read) == Reach.All
            ? await OfAnybody(db, id, ct)
            : await db.Properties.VisibleTo(user, PropertiesPermissions.Read).Where(p => p.Id == id).Select(PropertyResponse.Projection)
                .FirstOrDefaultAsync(ct);
        return found is null ? TypedResults.NotFound() : TypedResults.Ok(found);
    }
}
