using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Pipeline;

internal static class DeleteDeal
{
    /// <summary>Hides the deal; it can be restored for 30 days.</summary>
    public static async Task<Results<NoContent, NotFound>> Handle(DealId id, DealsDb db, CurrentUser user, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.FindAsync(id, user, DealsPermissions.Delete, ct) is not { } deal) return TypedResults.NotFound();
        deal.DeletedAt = clock.Now();
        db.Raise(() => new DealDeleted(deal.Id, deal.PropertyId, deal.TeamId, deal.AssignedTo, user.Id));
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>Brings a deleted deal back; a won one only while no other deal has won its property.</summary>
    public static async Task<Results<Ok<DealResponse>, NotFound>> Restore(
        DealId id, DealsDb db, CurrentUser user, DealChanges changes, DealNames names, CancellationToken ct)
    {
        var deal = await db.DealsOf(user, DealsPermissions.Delete).WithDeleted().FirstOrDefaultAsync(d => d.Id == id, ct);
        if (deal is null) return TypedResults.NotFound();
        deal.DeletedAt = null;
        await changes.SaveAsync(deal, user.Id, ct);
        if (deal.Stage == DealStage.ClosedWon) await changes.WinPropertyAsync(deal, ct);
        return TypedResults.Ok(await names.CompleteAsync(DealResponse.Of(deal), ct));
    }
}
