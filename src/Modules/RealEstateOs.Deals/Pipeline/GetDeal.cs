using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Deals.Pipeline;

internal static class GetDeal
{
    /// <summary>One deal with its commission, splits and the names of what it refers to.</summary>
    public static async Task<Results<Ok<DealResponse>, NotFound>> Handle(DealId id, DealsDb db, CurrentUser user, DealNames names,
        CancellationToken ct)
    {
        var found = await db.DealsOf(user, DealsPermissions.Read).AsNoTracking().Where(d => d.Id == id).Select(DealResponse.Projection)
            .FirstOrDefaultAsync(ct);
        return found is null ? TypedResults.NotFound() : TypedResults.Ok(await names.CompleteAsync(found, ct));
    }
}
