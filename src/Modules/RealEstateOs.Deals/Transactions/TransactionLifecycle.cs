using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Deals.Transactions;

internal static class TransactionLifecycle
{
    /// <summary>One transaction.</summary>
    public static Task<Results<Ok<TransactionResponse>, NotFound>> Get(DealTransactionId id, DealsDb db, CurrentUser user,
        CancellationToken ct) =>
            db.TransactionsOf(user, DealsPermissions.ReadTransactions).Where(t => t.Id == id)
                .Select(TransactionResponse.Projection).AnswerOneAsync(ct);

    /// <summary>Moves the transaction forward or cancels it; an illegal move names the legal ones.</summary>
    public static async Task<Results<Ok<TransactionResponse>, NotFound>> Move(
        DealTransactionId id, ChangeTransactionStatusRequest request, DealsDb db, CurrentUser user, TimeProvider clock,
        CancellationToken ct)
    {
        var transaction = await db.TransactionsOf(user, DealsPermissions.UpdateTransactions).FirstOrDefaultAsync(t => t.Id == id, ct);
        if (transaction is null) return TypedResults.NotFound();
        if (request.Status is not { } status) throw Problem.Invalid(FieldError.Missing("status"));
        var before = transaction.Status;
        if (transaction.MoveTo(status, request.Note, user.Id, clock.Now()) is { } change)
        {
            db.Add(change);
            db.Raise(() => transaction.Changed(before, user.Id));
            await db.SaveChangesAsync(ct);
        }
        return TypedResults.Ok(TransactionResponse.Of(transaction));
    }

    /// <summary>Every status the transaction had, oldest first.</summary>
    public static async Task<Results<Ok<List<TransactionChangeResponse>>, NotFound>> History(DealTransactionId id, DealsDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.TransactionsOf(user, DealsPermissions.ReadTransactions).AnyAsync(t => t.Id == id, ct)
                ? TypedResults.Ok(await db.TransactionHistory.AsNoTracking().Where(c => c.TransactionId == id).OrderBy(c => c.Id)
                    .Select(c => new TransactionChangeResponse(c.Id, c.TransactionId, c.FromStatus, c.ToStatus, c.Note, c.ChangedBy,
                        c.ChangedAt)).ToListAsync(ct))
                : TypedResults.NotFound();
}
