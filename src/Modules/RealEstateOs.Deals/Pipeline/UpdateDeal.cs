using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Pipeline;

internal static class UpdateDeal
{
    /// <summary>
    /// Changes the members that are present. <c>stage</c> moves the deal; <c>closed_won</c> also makes its property sold and its
    /// lead converted, in the same transaction. From a closed stage no move is legal: 409.
    /// </summary>
    public static async Task<Results<Ok<DealResponse>, NotFound>> Handle(
        DealId id, UpdateDealRequest request, DealsDb db, CurrentUser user, DealReferences references, DealChanges changes, DealNames names,
        TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, DealsPermissions.Update, ct) is not { } deal) return TypedResults.NotFound();
        await references.RequireAsync(request, deal, ct);
        request.ApplyTo(deal);
        await changes.SplitAsync(deal, request, ct);
        var move = request.Stage is { } stage ? deal.MoveTo(stage, user.Id, clock.Now()) : null;
        if (request.Has(nameof(request.Probability))) deal.Estimate(request.Probability);
        await changes.SaveAsync(deal, user.Id, ct);
        if (move is not null)
        {
            await changes.RecordAsync(deal, move, user.Id, ct);
            await db.SaveChangesAsync(ct);
        }
        return TypedResults.Ok(await names.CompleteAsync(DealResponse.Of(deal), ct));
    }
}
