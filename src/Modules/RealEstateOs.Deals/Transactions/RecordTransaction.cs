using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Deals.Commissions;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Deals.Transactions;

internal static class RecordTransaction
{
    /// <summary>Records a transaction of the deal.</summary>
    public static async Task<Results<Created<TransactionResponse>, NotFound>> OfDeal(
        DealId id, AddDealTransactionRequest request, DealsDb db, CurrentUser user, IOrganizationDirectory organizations,
        TimeProvider clock, CancellationToken ct) =>
        await FindAsync(id, db, user, ct) is { } deal
            ? await AddAsync(request, deal, deal.PropertyId, db, user, organizations, clock, ct)
            : TypedResults.NotFound();

    /// <summary>Records a transaction or an offer.</summary>
    public static async Task<Created<TransactionResponse>> Handle(
        RecordTransactionRequest request, DealsDb db, CurrentUser user, IPropertyReader properties, IOrganizationDirectory organizations,
        TimeProvider clock,
        CancellationToken ct)
    {
        var deal = request.DealId is { } id ? await FindAsync(id, db, user, ct) ?? throw NoDeal() : null;
        if (request.PropertyId is { } property) await properties.RequireAsync([property], ct);
        return await AddAsync(request, deal, request.PropertyId ?? deal?.PropertyId, db, user, organizations, clock, ct);
    }

    // Seen, and one's own where only own transactions may be recorded.
    private static Task<Deal?> FindAsync(DealId id, DealsDb db, CurrentUser user, CancellationToken ct)
    {
        var own = db.DealsOf(user, DealsPermissions.CreateTransactions);
        return db.DealsOf(user, DealsPermissions.Read).FirstOrDefaultAsync(d => d.Id == id && own.Any(o => o.Id == d.Id), ct);
    }

    private static async Task<Created<TransactionResponse>> AddAsync(
        TransactionFields body, Deal? deal, PropertyId? property, DealsDb db, CurrentUser user, IOrganizationDirectory organizations,
        TimeProvider clock, CancellationToken ct)
    {
        var type = body.TransactionType!.Value;
        var earns = type is TransactionType.Purchase or TransactionType.Sale or TransactionType.Lease;
        var rate = body.CommissionRate ?? (earns ? deal?.CommissionRate : null);
        var currency = body.Currency ?? deal?.Currency ?? (await organizations.DefaultsAsync(ct)).Currency;
        if (!Currencies.Fits(body.Amount, currency)) throw Problem.Invalid(CurrencyRules.TooFine("amount", currency));
        if (!Currencies.Fits(body.CommissionAmount, currency)) throw Problem.Invalid(CurrencyRules.TooFine("commission_amount", currency));
        var transaction = new DealTransaction
        {
            DealId = deal?.Id, PropertyId = property, TransactionType = type, Amount = body.Amount!.Value,
            TransactionDate = body.TransactionDate!.Value,
            Currency = currency, Description = body.Description, CommissionRate = rate,
            CommissionAmount = body.CommissionAmount ?? Commission.Gross(body.Amount.Value, rate, currency), Metadata = body.Metadata,
        };
        var start = transaction.StartAt(body.Status ?? TransactionStatus.Draft, user.Id, clock.Now());
        db.Add(transaction);
        await db.SaveChangesAsync(ct);
        start.TransactionId = transaction.Id;
        db.Add(start);
        db.Raise(() => transaction.Changed(null, user.Id));
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/transactions/{transaction.Id.Value}", TransactionResponse.Of(transaction));
    }

    internal static TransactionStatusChanged Changed(this DealTransaction t, TransactionStatus? from, UserId by) =>
        new(t.Id, t.DealId, t.TransactionType, t.Amount, t.Currency, from, t.Status, by);

    private static Problem NoDeal() => Problem.Invalid(FieldError.Format("deal_id", "names no deal of the organization"));
}
