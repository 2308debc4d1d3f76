using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Deals;

/// <summary>Answers other modules what the signed-in user may see.</summary>
internal sealed class DealReader(DealsDb db, CurrentUser user) : IDealReader
{
    private static readonly Expression<Func<Deal, DealSummary>> Summary = d => new DealSummary(
        d.Id, d.PropertyId, d.LeadId, d.ClientId, d.DealType, d.Stage, d.Value, d.Currency, d.CommissionRate, d.Probability, d.AssignedTo,
        d.ExpectedCloseDate, d.CreatedAt, d.ClosedAt);

    private IQueryable<Deal> Visible => db.DealsOf(user, DealsPermissions.Read);

    public async Task<IReadOnlyDictionary<DealId, DealSummary>> SummariesAsync(IReadOnlyCollection<DealId> deals, CancellationToken ct)
    {
        var wanted = deals.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<DealId, DealSummary>();
        return await Visible.AsNoTracking().Where(d => wanted.Contains(d.Id)).Select(Summary).ToDictionaryAsync(d => d.Id, ct);
    }

    public async Task<IReadOnlyList<DealSummary>> OfPeopleAsync(IReadOnlyCollection<ClientId> clients, IReadOnlyCollection<LeadId> leads,
        CancellationToken ct)
    {
        var ofClients = clients.Select(c => (ClientId?)c).ToArray();
        var ofLeads = leads.Select(l => (LeadId?)l).ToArray();
        if (ofClients.Length + ofLeads.Length == 0) return [];
        return await Visible.AsNoTracking().Where(d => ofClients.Contains(d.ClientId) || ofLeads.Contains(d.LeadId))
            .OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Select(Summary).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<DealSummary>> ClosedByAsync(UserId agent, DateTimeOffset from, DateTimeOffset to,
        CancellationToken ct) =>
            await Visible.AsNoTracking().Where(d => d.AssignedTo == agent && d.ClosedAt >= from && d.ClosedAt < to)
                .OrderByDescending(d => d.ClosedAt).ThenByDescending(d => d.Id).Select(Summary).ToListAsync(ct);

    public async Task<IReadOnlyList<DealSummary>> SoldSinceAsync(DateTimeOffset since, string currency, int limit, CancellationToken ct) =>
        await Visible.AsNoTracking()
            .Where(d => d.Stage == DealStage.ClosedWon && d.ClosedAt >= since && d.Currency == currency && d.DealType != DealType.Lease
                && d.DealType != DealType.Rental)
            .OrderByDescending(d => d.ClosedAt).ThenByDescending(d => d.Id).Take(limit).Select(Summary).ToListAsync(ct);
}
