using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Deals;

/// <summary>A deal was opened.</summary>
/// <param name="Value">Price or yearly rent, in <paramref name="Currency"/>.</param>
public sealed record DealCreated(
    DealId DealId, PropertyId PropertyId, LeadId? LeadId, ClientId? ClientId, TeamId? TeamId, DealStage Stage, DealType DealType,
    decimal Value,
    string Currency, UserId? AssignedTo, UserId? CreatedBy) : IEvent
{
    public static string Type => "deal.created";
}

/// <summary>A deal changed; <see cref="Changed"/> names the members in snake_case.</summary>
/// <param name="Changed">Names of the members that changed, in snake_case.</param>
public sealed record DealUpdated(
    DealId DealId, PropertyId PropertyId, TeamId? TeamId, DealStage Stage, UserId? AssignedTo, UserId? UpdatedBy,
    IReadOnlyList<string> Changed) : IEvent
{
    public static string Type => "deal.updated";
}

/// <summary>A deal moved to another stage.</summary>
/// <param name="Value">In the deal's currency.</param>
public sealed record DealStageChanged(
    DealId DealId, PropertyId PropertyId, LeadId? LeadId, TeamId? TeamId, DealStage FromStage, DealStage Stage, decimal Value,
    UserId? AssignedTo,
    UserId? ChangedBy) : IEvent
{
    public static string Type => "deal.stage_changed";
}

/// <summary>A deal ended: <see cref="Stage"/> is closed_won or closed_lost.</summary>
/// <param name="Value">Price or yearly rent, in <paramref name="Currency"/>.</param>
/// <param name="GrossCommission">value × rate, before it is split; null without a rate.</param>
/// <param name="ClosedAt">When it was won or lost.</param>
public sealed record DealClosed(
    DealId DealId, PropertyId PropertyId, LeadId? LeadId, ClientId? ClientId, TeamId? TeamId, DealStage Stage, DealType DealType,
    decimal Value,
    string Currency, decimal? GrossCommission, UserId? AssignedTo, UserId? ClosedBy, DateTimeOffset ClosedAt) : IEvent
{
    public static string Type => "deal.closed";
}

/// <summary>A deal was deleted.</summary>
public sealed record DealDeleted(DealId DealId, PropertyId PropertyId, TeamId? TeamId, UserId? AssignedTo, UserId? DeletedBy) : IEvent
{
    public static string Type => "deal.deleted";
}

/// <summary>Money that belongs to a deal moved along its lifecycle; the first status has none before it.</summary>
/// <param name="Amount">In <c>currency</c>; a refund is negative.</param>
/// <param name="FromStatus">The status before; null for the first.</param>
public sealed record TransactionStatusChanged(
    DealTransactionId TransactionId, DealId? DealId, TransactionType TransactionType, decimal Amount, string Currency,
    TransactionStatus? FromStatus,
    TransactionStatus Status, UserId? ChangedBy) : IEvent
{
    public static string Type => "transaction.status_changed";
}
