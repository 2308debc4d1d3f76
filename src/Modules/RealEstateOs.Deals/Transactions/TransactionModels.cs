using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Deals.Transactions;

/// <summary>The members of a transaction that a client may write.</summary>
public abstract record TransactionFields : PartialBody
{
    public TransactionType? TransactionType { get; init; }
    /// <summary>In <see cref="Currency"/>; a refund is negative.</summary>
    public decimal? Amount { get; init; }
    /// <summary>ISO 4217; the deal's by default, else the organization's.</summary>
    [MaxLength(3)] public string? Currency { get; init; }
    /// <summary>The day that it counts for.</summary>
    public DateOnly? TransactionDate { get; init; }
    /// <summary>Default <c>draft</c>.</summary>
    public TransactionStatus? Status { get; init; }
    /// <summary>What the money is, such as 10 % by manager's cheque.</summary>
    public string? Description { get; init; }
    /// <summary>In percent of the amount; for a purchase, sale or lease the deal's by default.</summary>
    public decimal? CommissionRate { get; init; }
    /// <summary>amount × commission_rate / 100 by default.</summary>
    public decimal? CommissionAmount { get; init; }
    /// <summary>A free JSON object of up to 16 KB.</summary>
    public JsonElement? Metadata { get; init; }
}

/// <summary>A transaction of the deal that the path names.</summary>
/// <example>{"transaction_type": "deposit", "amount": 215000, "currency": "AED", "transaction_date": "2026-11-20",
/// "description": "10 % by manager's cheque"}</example>
public sealed record AddDealTransactionRequest : TransactionFields, IRequestBody<AddDealTransactionRequest>;

/// <summary>A transaction of any deal, or of none.</summary>
/// <example>{"transaction_type": "sale", "amount": 2150000, "currency": "AED", "transaction_date": "2026-11-20",
/// "property_id": 1}</example>
public sealed record RecordTransactionRequest : TransactionFields, IRequestBody<RecordTransactionRequest>
{
    public DealId? DealId { get; init; }
    /// <summary>The deal's by default.</summary>
    public PropertyId? PropertyId { get; init; }
}

/// <example>{"status": "pending", "note": "The offer was accepted."}</example>
public sealed record ChangeTransactionStatusRequest : IRequestBody<ChangeTransactionStatusRequest>
{
    public TransactionStatus? Status { get; init; }
    /// <summary>Why; kept in the history.</summary>
    [MaxLength(1000)] public string? Note { get; init; }
}

internal abstract class TransactionFieldsValidator<T> : AbstractValidator<T> where T : TransactionFields
{
    protected TransactionFieldsValidator()
    {
        RuleFor(t => t.TransactionType).NotNull();
        RuleFor(t => t.Amount).NotNull().IsAmountIn(t => t.Currency);
        RuleFor(t => t.TransactionDate).NotNull();
        RuleFor(t => t.Currency).IsCurrency();
        RuleFor(t => t.CommissionRate).InclusiveBetween(0, 100).PrecisionScale(7, 4, true);
        RuleFor(t => t.CommissionAmount).IsAmountIn(t => t.Currency);
    }
}

internal sealed class AddDealTransactionValidator : TransactionFieldsValidator<AddDealTransactionRequest>;

internal sealed class RecordTransactionValidator : TransactionFieldsValidator<RecordTransactionRequest>;

/// <summary>A transaction as the API shows it.</summary>
/// <inheritdoc cref="TransactionFields"/>
public sealed record TransactionResponse : EntityResponse<DealTransactionId>
{
    public DealId? DealId { get; init; }
    public PropertyId? PropertyId { get; init; }
    public TransactionType TransactionType { get; init; }
    public TransactionStatus Status { get; init; }
    /// <summary>When it got its status.</summary>
    public DateTimeOffset StatusChangedAt { get; init; }
    public decimal Amount { get; init; }
    public required string Currency { get; init; }
    public DateOnly TransactionDate { get; init; }
    public string? Description { get; init; }
    public decimal? CommissionRate { get; init; }
    public decimal? CommissionAmount { get; init; }
    public JsonElement? Metadata { get; init; }

    internal static readonly Expression<Func<DealTransaction, TransactionResponse>> Projection = t => new TransactionResponse
    {
        Id = t.Id, OrganizationId = t.OrganizationId, DealId = t.DealId, PropertyId = t.PropertyId, TransactionType = t.TransactionType,
        Status = t.Status,
        StatusChangedAt = t.StatusChangedAt, Amount = t.Amount, Currency = t.Currency, TransactionDate = t.TransactionDate,
        Description = t.Description,
        CommissionRate = t.CommissionRate, CommissionAmount = t.CommissionAmount, Metadata = t.Metadata, CreatedBy = t.CreatedBy,
        CreatedAt = t.CreatedAt,
        UpdatedAt = t.UpdatedAt, Version = t.Version,
    };

    internal static readonly Func<DealTransaction, TransactionResponse> Of = Projection.Compile();
}

/// <summary>One change of a transaction's status.</summary>
/// <param name="FromStatus">Null where it was entered.</param>
/// <param name="Id">Number of the change; a later one has a higher one.</param>
/// <param name="Note">What whoever changed it wrote.</param>
/// <param name="ChangedAt">When the status changed.</param>
public sealed record TransactionChangeResponse(
    long Id, DealTransactionId TransactionId, TransactionStatus? FromStatus, TransactionStatus ToStatus, string? Note, UserId? ChangedBy,
    DateTimeOffset ChangedAt);
