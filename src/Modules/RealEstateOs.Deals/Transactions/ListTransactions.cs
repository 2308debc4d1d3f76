using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Transactions;

internal static class ListTransactions
{
    private static readonly ListSpec<DealTransaction> Spec = new ListSpec<DealTransaction>()
        .Is("status", t => t.Status)
        .Is("transaction_type", t => t.TransactionType, "type")
        .Is("deal_id", t => t.DealId)
        .Is("property_id", t => t.PropertyId)
        .Is("currency", t => t.Currency)
        .Is("created_by", t => t.CreatedBy)
        .Range("amount", t => t.Amount)
        .Range("commission_amount", t => t.CommissionAmount)
        .Range("transaction_date", t => t.TransactionDate)
        .Range("created_at", t => t.CreatedAt)
        .Where("search", "A part of the description.", InDescription)
        .Sort("created_at", t => t.CreatedAt).Sort("updated_at", t => t.UpdatedAt).Sort("amount", t => t.Amount)
        .Sort("transaction_date", t => t.TransactionDate).Sort("commission_amount", t => t.CommissionAmount)
        .By("-created_at");

    /// <summary>
    /// The transactions that match all filters, with status and commission. Bounds of amounts are in the <c>currency</c> of the query, else
    /// in the organization's.
    /// </summary>
    public static async Task<ListResult<TransactionResponse>> Handle(ListRequest list, DealsDb db, CurrentUser user,
        IOrganizationDirectory organizations, CancellationToken ct)
    {
        var transactions = db.TransactionsOf(user, DealsPermissions.ReadTransactions).AsNoTracking();
        if (list.BoundsWithoutCurrency("amount", "commission_amount"))
        {
            var home = (await organizations.DefaultsAsync(ct)).Currency;
            transactions = transactions.Where(t => t.Currency == home);
        }
        return await list.PageAsync(transactions, Spec, t => t.Id, TransactionResponse.Projection, ct);
    }

    /// <summary>The deal's transactions.</summary>
    public static async Task<Results<ListResult<TransactionResponse>, NotFound>> OfDeal(DealId id, ListRequest list, DealsDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.SeesAsync(id, user, ct)
                ? await list.PageAsync(db.TransactionsOf(user, DealsPermissions.ReadTransactions).AsNoTracking().Where(t => t.DealId == id),
                    Spec, t => t.Id, TransactionResponse.Projection, ct)
                : TypedResults.NotFound();

    /// <summary>With the <c>:own</c> scope transactions are one's own that one recorded, and those of one's own deals.</summary>
    public static IQueryable<DealTransaction> TransactionsOf(this DealsDb db, CurrentUser user, string permission)
    {
        var deals = db.DealsOf(user, permission);
        return db.Transactions.VisibleTo(user, permission, me => t => t.CreatedBy == me || deals.Any(d => d.Id == t.DealId));
    }

    private static Expression<Func<DealTransaction, bool>> InDescription(string text)
    {
        var part = Folding.Fold(text);
        return t => Folding.Fold(t.Description!).Contains(part);
    }
}
