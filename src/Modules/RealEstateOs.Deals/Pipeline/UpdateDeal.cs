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
    /// lead converted, in the same transaction; a property that another deal has won is a 409 that names it. From a closed stage no move
    /// is legal: 409; what the deal was closed with (value, rates, splits, property, type, agent) changes only by who may reopen it: 403.
    /// </summary>
    public static async Task<Results<Ok<DealResponse>, NotFound>> Handle(
        DealId id, UpdateDealRequest request, DealsDb db, CurrentUser user, DealReferences references, DealChanges changes, DealNames names,
        TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, DealsPermissions.Update, ct) is not { } deal) return TypedResults.NotFound();
        var isClosed = !DealStages.IsOpen(deal.Stage);
        var lead = await references.RequireAsync(request, deal, ct);
        request.ApplyTo(deal);
        if (request.LeadId is not null) deal.LeadId = lead;
        await changes.SplitAsync(deal, request, ct);
        if (isClosed) await changes.RequireReopenerAsync(deal, user, ct);
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
