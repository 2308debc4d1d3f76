using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Deals.Pipeline;

namespace RealEstateOs.Deals;

/// <summary>Answers other modules within the current organization and the caller's transaction; hands over the open deals of who leaves.</summary>
internal sealed class DealDirectory(DealsDb db) : IDealDirectory, IOpenWork
{
    private static readonly Expression<Func<Deal, DealSummary>> Summary = d => new DealSummary(
        d.Id, d.PropertyId, d.LeadId, d.ClientId, d.DealType, d.Stage, d.Value, d.Currency, d.CommissionRate, d.Probability, d.AssignedTo,
        d.ExpectedCloseDate, d.CreatedAt, d.ClosedAt);

    public string Kind => "deals";

    public async Task<IReadOnlyDictionary<DealId, DealSummary>> SummariesAsync(IReadOnlyCollection<DealId> deals, CancellationToken ct)
    {
        var wanted = deals.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<DealId, DealSummary>();
        return await db.Deals.AsNoTracking().Where(d => wanted.Contains(d.Id)).Select(Summary).ToDictionaryAsync(d => d.Id, ct);
    }

    public async Task<IReadOnlyList<DealSummary>> OfPeopleAsync(IReadOnlyCollection<ClientId> clients, IReadOnlyCollection<LeadId> leads, CancellationToken ct)
    {
        var ofClients = clients.Select(c => (ClientId?)c).ToArray();
        var ofLeads = leads.Select(l => (LeadId?)l).ToArray();
        if (ofClients.Length + ofLeads.Length == 0) return [];
        return await db.Deals.AsNoTracking().Where(d => ofClients.Contains(d.ClientId) || ofLeads.Contains(d.LeadId))
            .OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Select(Summary).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<DealSummary>> ClosedByAsync(UserId agent, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        await db.Deals.AsNoTracking().Where(d => d.AssignedTo == agent && d.ClosedAt >= from && d.ClosedAt < to)
            .OrderByDescending(d => d.ClosedAt).ThenByDescending(d => d.Id).Select(Summary).ToListAsync(ct);

    public async Task<IReadOnlyList<DealSummary>> SoldSinceAsync(DateTimeOffset since, string currency, int limit, CancellationToken ct) =>
        await db.Deals.AsNoTracking()
            .Where(d => d.Stage == DealStage.ClosedWon && d.ClosedAt >= since && d.Currency == currency && d.DealType != DealType.Lease && d.DealType != DealType.Rental)
            .OrderByDescending(d => d.ClosedAt).ThenByDescending(d => d.Id).Take(limit).Select(Summary).ToListAsync(ct);

    public async Task<int> HandOverAsync(UserId from, UserId to, CancellationToken ct)
    {
        var open = await db.Deals.Where(d => d.AssignedTo == from && d.ClosedAt == null).ToListAsync(ct);
        foreach (var deal in open)
        {
            deal.AssignedTo = to;
            db.Raise(() => new DealUpdated(deal.Id, deal.PropertyId, deal.TeamId, deal.Stage, to, db.Work.Tenant.User, ["assigned_to"]));
        }
        await db.SaveChangesAsync(ct);
        return open.Count;
    }
}
