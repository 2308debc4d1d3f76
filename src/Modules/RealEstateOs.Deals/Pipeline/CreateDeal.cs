using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Deals.Settings;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Pipeline;

internal static class CreateDeal
{
    /// <summary>
    /// Adds a deal about a property, on the stage <c>lead</c> unless the body names another. It is the agent's who enters it unless
    /// <c>assigned_to</c> says otherwise; what an administrator enters is nobody's.
    /// </summary>
    public static async Task<Created<DealResponse>> Handle(
        CreateDealRequest request, DealsDb db, CurrentUser user, DealReferences references, DealChanges changes, DealNames names,
        VatRates vat,
        IPropertyReader properties, TimeProvider clock, CancellationToken ct)
    {
        var lead = await references.RequireAsync(request, null, ct);
        var property = (await properties.SummariesAsync([request.PropertyId!.Value], ct))[request.PropertyId.Value];
        var deal = new Deal { Currency = property.Currency, TeamId = property.TeamId ?? user.Principal.TeamId,
            VatRate = request.VatRate ?? await vat.CurrentAsync(ct) };
        request.ApplyTo(deal);
        deal.LeadId = lead;
        if (user.OnlyOwn(DealsPermissions.Create)) deal.AssignedTo ??= user.Id;
        else if (!request.Has(nameof(request.AssignedTo))) deal.AssignedTo = user.EntersFor;
        var start = deal.StartAt(request.Stage ?? DealStage.Lead, user.Id, clock.Now());
        deal.Estimate(request.Probability);
        db.Add(deal);
        await db.SaveChangesAsync(ct);
        db.Raise(() => new DealCreated(
            deal.Id, deal.PropertyId, deal.LeadId, deal.ClientId, deal.TeamId, deal.Stage, deal.DealType, deal.Value, deal.Currency,
            deal.AssignedTo, user.Id));
        start.DealId = deal.Id;
        await changes.RecordAsync(deal, start, user.Id, ct);
        await changes.SplitAsync(deal, request, ct);
        await db.SaveChangesAsync(ct);
        var response = await names.CompleteAsync(DealResponse.Of(deal), ct);
        return TypedResults.Created($"/api/v1/deals/{deal.Id.Value}", response);
    }
}
