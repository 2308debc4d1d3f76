using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>The open stage on which a closed deal goes on; default <c>negotiation</c>.</summary>
/// <example>{"stage": "negotiation"}</example>
public sealed record ReopenDealRequest : IRequestBody<ReopenDealRequest>
{
    /// <summary>An open one; <c>negotiation</c> by default.</summary>
    public DealStage? Stage { get; init; }
}

internal static class ReopenDeal
{
    /// <summary>
    /// Takes a closed deal up again; its history keeps both endings. Property and lead stay as they are: each is reopened, if it
    /// should be, by who may do that.
    /// </summary>
    public static async Task<Results<Ok<DealResponse>, NotFound>> Handle(
        DealId id, ReopenDealRequest request, DealsDb db, CurrentUser user, DealChanges changes, DealNames names, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.FindAsync(id, user, DealsPermissions.Reopen, ct) is not { } deal) return TypedResults.NotFound();
        var move = deal.Reopen(request.Stage ?? DealStage.Negotiation, user.Id, clock.Now());
        await changes.RecordAsync(deal, move, user.Id, ct);
        await changes.SaveAsync(deal, user.Id, ct);
        return TypedResults.Ok(await names.CompleteAsync(DealResponse.Of(deal), ct));
    }
}
