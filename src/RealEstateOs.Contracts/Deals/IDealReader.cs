using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Deals;

/// <summary>Deals asked for as the signed-in user: what they may not see does not exist. Deleted deals are left out.</summary>
public interface IDealReader
{
    /// <summary>In one query; unknown ones are left out.</summary>
    Task<IReadOnlyDictionary<DealId, DealSummary>> SummariesAsync(IReadOnlyCollection<DealId> deals, CancellationToken ct);

    /// <summary>The deals of these clients and of these leads, the latest first, in one query.</summary>
    Task<IReadOnlyList<DealSummary>> OfPeopleAsync(IReadOnlyCollection<ClientId> clients, IReadOnlyCollection<LeadId> leads,
        CancellationToken ct);

    /// <summary>
    /// The deals that an agent closed as assignee, won and lost, from the first to before the second moment, the latest first.
    /// </summary>
    Task<IReadOnlyList<DealSummary>> ClosedByAsync(UserId agent, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);

    /// <summary>Sales won since a moment and agreed in this currency, the latest first.</summary>
    Task<IReadOnlyList<DealSummary>> SoldSinceAsync(DateTimeOffset since, string currency, int limit, CancellationToken ct);
}

/// <param name="Value">Price or yearly rent, in <paramref name="Currency"/>.</param>
/// <param name="CommissionRate">In percent of the value.</param>
/// <param name="Probability">Of winning, 0 to 100.</param>
/// <param name="ExpectedCloseDate">The day on which the office hopes to close it.</param>
/// <param name="ClosedAt">When it was won or lost; null while it is open.</param>
public sealed record DealSummary(
    DealId Id, PropertyId PropertyId, LeadId? LeadId, ClientId? ClientId, DealType DealType, DealStage Stage, decimal Value,
    string Currency,
    decimal? CommissionRate, decimal Probability, UserId? AssignedTo, DateOnly? ExpectedCloseDate, DateTimeOffset CreatedAt,
    DateTimeOffset? ClosedAt);
