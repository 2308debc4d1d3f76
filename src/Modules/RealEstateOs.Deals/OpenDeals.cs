using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;

namespace RealEstateOs.Deals;

/// <summary>Hands over the open deals of who leaves.</summary>
internal sealed class OpenDeals(DealsDb db) : IOpenWork
{
    public string Kind => "deals";

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
