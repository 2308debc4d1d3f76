using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Deals.Commissions;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>What every change of a deal leaves behind: history, events, and what closing does to property and lead.</summary>
internal sealed class DealChanges(DealsDb db, IPropertyCommands properties, ILeadCommands leads, IOrganizationDirectory organizations)
{
    /// <summary>What commissions were reckoned with when the deal was closed.</summary>
    private static readonly string[] Settled = ["property_id", "deal_type", "value", "currency", "commission_rate", "vat_rate",
        "co_broke_share", "commission_fees", "house_share", "assigned_to", "splits"];

    /// <summary>Replaces the splits, if the body gave any.</summary>
    public async Task SplitAsync(Deal deal, DealFields body, CancellationToken ct)
    {
        if (!body.Has(nameof(body.Splits))) return;
        var wanted = body.WholeSplits();
        await RequireAgentsAsync([.. wanted.Select(s => s.UserId!.Value)], ct);
        var current = await db.Splits.Where(s => s.DealId == deal.Id).OrderBy(s => s.Position).ToListAsync(ct);
        if (current.Select(s => (s.UserId, s.Percent)).SequenceEqual(wanted.Select(s => (s.UserId!.Value, s.Percent!.Value)))) return;
        db.RemoveRange(current.Where(c => wanted.All(w => w.UserId != c.UserId)));
        for (var i = 0; i < wanted.Length; i++)
        {
            var split = current.Find(c => c.UserId == wanted[i].UserId);
            if (split is null) db.Add(split = new DealSplit { DealId = deal.Id, UserId = wanted[i].UserId!.Value });
            (split.Position, split.Percent) = (i, wanted[i].Percent!.Value);
        }
        deal.UpdatedAt = db.Work.Clock.Now(); // the deal's version stands for its splits too
    }

    /// <summary>
    /// Writes a move and what follows from it: a won deal makes the property sold and the lead converted, all or nothing.
    /// </summary>
    public async Task RecordAsync(Deal deal, DealMove move, UserId by, CancellationToken ct)
    {
        db.Append(() => move);
        if (move.FromStage is { } from)
            db.Raise(() => new DealStageChanged(deal.Id, deal.PropertyId, deal.LeadId, deal.TeamId, from, deal.Stage, deal.Value,
                deal.AssignedTo, by));
        if (deal.ClosedAt is not { } closedAt) return;
        db.Raise(() => new DealClosed(
            deal.Id, deal.PropertyId, deal.LeadId, deal.ClientId, deal.TeamId, deal.Stage, deal.DealType, deal.Value, deal.Currency,
            Commission.Gross(deal.Value, deal.CommissionRate, deal.Currency), deal.AssignedTo, by, closedAt));
        if (deal.Stage != DealStage.ClosedWon) return;
        await db.SaveChangesAsync(ct); // the deal's row first: of two closings at once the later one stops here
        await WinPropertyAsync(deal, ct);
        if (deal.LeadId is { } lead) await leads.ConvertAsync(lead, $"Deal {deal.Id.Value} closed", ct);
    }

    /// <summary>
    /// Makes the property of a won deal sold or rented. While another sale (or lease) of it stands, it can't be won again unless it was
    /// reopened.
    /// </summary>
    public async Task WinPropertyAsync(Deal deal, CancellationToken ct)
    {
        if (await properties.MarkSoldAsync(deal.PropertyId, ct, deal.PropertyOutcome)) return;
        var rented = deal.PropertyOutcome == PropertyStatus.Rented;
        var standing = await db.Deals
            .Where(d => d.PropertyId == deal.PropertyId && d.Id != deal.Id && d.Stage == DealStage.ClosedWon)
            .Where(d => (d.DealType == DealType.Lease || d.DealType == DealType.Rental) == rented)
            .OrderByDescending(d => d.ClosedAt).Select(d => (DealId?)d.Id).FirstOrDefaultAsync(ct);
        if (standing is { } won)
            throw Problem.Conflict(
                $"Deal {won.Value} has won this property. Reopen that deal, or the property if it is on the market again (POST "
                    + $"/properties/{{id}}/reopen).",
                new Dictionary<string, object?> { ["won_by"] = won });
    }

    /// <summary>
    /// What a closed deal was closed with (<see cref="Settled"/>) changes only by who may reopen it. Called when the change is made and not
    /// yet saved.
    /// </summary>
    public async Task RequireReopenerAsync(Deal deal, CurrentUser user, CancellationToken ct)
    {
        var changed = Changed(deal).Intersect(Settled).ToArray();
        if (changed.Length == 0) return;
        if (!await db.DealsOf(user, DealsPermissions.Reopen).AnyAsync(d => d.Id == deal.Id, ct))
            throw Problem.Forbidden(DealsPermissions.Reopen, $"The deal is closed; its {string.Join(", ", changed)} can't change.");
        if (deal.Stage == DealStage.ClosedWon && changed.Any(c => c is "property_id" or "deal_type")) await WinPropertyAsync(deal, ct);
    }

    /// <summary>Saves, and announces what changed, if anything did.</summary>
    public async Task SaveAsync(Deal deal, UserId by, CancellationToken ct)
    {
        var changed = Changed(deal);
        if (changed.Length > 0)
            db.Raise(() => new DealUpdated(deal.Id, deal.PropertyId, deal.TeamId, deal.Stage, deal.AssignedTo, by, changed));
        await db.SaveChangesAsync(ct);
    }

    private string[] Changed(Deal deal)
    {
        var changed = db.ChangedMembers(deal);
        return changed.Contains("updated_at") ? [.. changed.Where(m => m != "updated_at"), "splits"] : changed;
    }

    private async Task RequireAgentsAsync(UserId[] agents, CancellationToken ct)
    {
        var known = await organizations.PeopleAsync(agents, ct);
        var errors = agents.Index().Where(a => !known.ContainsKey(a.Item))
            .Select(a => FieldError.Format($"splits[{a.Index}].user_id", "names no user of the organization")).ToArray();
        if (errors.Length > 0) throw Problem.Invalid(errors);
    }
}

internal static class DealScope
{
    /// <summary>
    /// With the <c>:own</c> scope deals are one's own that are assigned to one or were opened by one; who shares the commission may read
    /// them, too, and nothing more.
    /// </summary>
    public static IQueryable<Deal> DealsOf(this DealsDb db, CurrentUser user, string permission)
    {
        var reads = permission is DealsPermissions.Read or DealsPermissions.ReadTransactions;
        return db.Deals.VisibleTo(user, permission,
            me => d => d.AssignedTo == me || d.CreatedBy == me || (reads && db.Splits.Any(s => s.DealId == d.Id && s.UserId == me)));
    }

    /// <summary>The deal, if it exists and the user may do this to it.</summary>
    public static Task<Deal?> FindAsync(this DealsDb db, DealId id, CurrentUser user, string permission, CancellationToken ct) =>
        db.DealsOf(user, permission).FirstOrDefaultAsync(d => d.Id == id, ct);

    /// <summary>May the user see the deal?</summary>
    public static Task<bool> SeesAsync(this DealsDb db, DealId id, CurrentUser user, CancellationToken ct) =>
        db.DealsOf(user, DealsPermissions.Read).AnyAsync(d => d.Id == id, ct);
}
