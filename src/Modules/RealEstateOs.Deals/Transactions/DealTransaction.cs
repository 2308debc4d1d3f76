using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Transactions;

/// <summary>Money or an offer of it: it goes forward only, and is never deleted, only cancelled.</summary>
internal sealed class DealTransaction : Entity<DealTransactionId>
{
    public DealId? DealId { get; set; }
    public PropertyId? PropertyId { get; set; }
    public TransactionType TransactionType { get; set; }
    public TransactionStatus Status { get; private set; }
    public DateTimeOffset StatusChangedAt { get; private set; }
    [Precision(18, 3)] public decimal Amount { get; set; }
    public string Currency { get; set; } = "USD";
    public DateOnly TransactionDate { get; set; }
    public string? Description { get; set; }
    [Precision(7, 4)] public decimal? CommissionRate { get; set; }
    [Precision(18, 3)] public decimal? CommissionAmount { get; set; }
    public JsonElement? Metadata { get; set; }

    public TransactionChange StartAt(TransactionStatus status, UserId? by, DateTimeOffset now) => Enter(null, status, null, by, now);

    /// <summary>
    /// Moves the transaction forward, or cancels it; an illegal move names the legal ones. The status it has already is no move.
    /// </summary>
    public TransactionChange? MoveTo(TransactionStatus status, string? note, UserId? by, DateTimeOffset now)
    {
        if (status == Status) return null;
        var legal = Lifecycle.From(Status);
        if (!legal.Contains(status)) throw Lifecycle.Illegal(Status, status, legal);
        return Enter(Status, status, note, by, now);
    }

    private TransactionChange Enter(TransactionStatus? from, TransactionStatus status, string? note, UserId? by, DateTimeOffset now)
    {
        (Status, StatusChangedAt) = (status, now);
        return new TransactionChange { TransactionId = Id, FromStatus = from, ToStatus = status, Note = note, ChangedBy = by,
            ChangedAt = now };
    }
}

/// <summary>Forward only, steps may be left out; cancelled from any open status.</summary>
internal static class Lifecycle
{
    public static IReadOnlyList<TransactionStatus> From(TransactionStatus status) =>
        status is TransactionStatus.Completed or TransactionStatus.Cancelled ? []
            : [.. Enum.GetValues<TransactionStatus>().Where(next => next > status)];

    public static Problem Illegal(TransactionStatus from, TransactionStatus to, IReadOnlyList<TransactionStatus> legal) => Problem.Conflict(
        legal.Count == 0
            ? $"A transaction that is {Vocabulary.Word(from)} stays so."
            : $"A transaction can't go from {Vocabulary.Word(from)} to {Vocabulary.Word(to)}; "
                + $"it can go to {string.Join(", ", legal.Select(Vocabulary.Word))}.",
        new Dictionary<string, object?> { ["allowed"] = legal.Select(Vocabulary.Word).ToArray() });
}

/// <summary>One change of a transaction's status; the first has none before it.</summary>
internal sealed class TransactionChange : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public DealTransactionId TransactionId { get; set; }
    public TransactionStatus? FromStatus { get; set; }
    public TransactionStatus ToStatus { get; set; }
    public string? Note { get; set; }
    public UserId? ChangedBy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}
