using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Scoring;

/// <summary>Gathers the facts of leads and scores them; what is about to be saved counts already.</summary>
internal sealed class LeadScoring(LeadsDb db, IPropertyDirectory properties, IOrganizationDirectory organizations, TimeProvider clock)
{
    public Task ScoreAsync(Lead lead, CancellationToken ct) => ScoreAsync([lead], ct);

    public async Task ScoreAsync(IReadOnlyCollection<Lead> leads, CancellationToken ct)
    {
        var open = leads.Where(l => !l.ScoreIsManual).ToArray();
        if (open.Length == 0) return;
        var office = await organizations.DefaultsAsync(ct);
        var forSale = await properties.StockPricesAsync(office.Currency, null, ct);
        var forRent = open.Any(l => l.Intent == LeadIntent.Rent)
            ? await properties.StockPricesAsync(office.Currency, RentPeriods.UsualIn(office.Country), ct) : forSale;
        var known = open.Where(l => l.Id != default).Select(l => l.Id).ToArray();
        var tracked = db.ChangeTracker.Entries<LeadActivity>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified).ToArray();
        var changed = tracked.Where(e => e.State == EntityState.Modified).Select(e => e.Entity.Id).ToArray();
        // What was called off shows no interest.
        var saved = known.Length == 0 ? []
            : await db.Activities.Where(a => known.Contains(a.LeadId) && !a.IsCancelled && !changed.Contains(a.Id))
                .GroupBy(a => new { a.LeadId, a.ActivityType })
                .Select(g => new Done(g.Key.LeadId, g.Key.ActivityType, g.Count(), g.Max(a => a.CreatedAt))).ToListAsync(ct);
        var now = clock.Now();
        var fresh = tracked.Where(e => !AgendaEntry.CalledOff(e.Entity.Outcome))
            .Select(e => new Done(e.Entity.LeadId, e.Entity.ActivityType, 1, e.State == EntityState.Added ? now : e.Entity.CreatedAt));
        var done = saved.Concat(fresh).ToLookup(d => d.Lead);
        foreach (var lead in open)
            lead.Computed(LeadScore.Of(Facts(lead, lead.Intent == LeadIntent.Rent ? forRent : forSale, [.. done[lead.Id]], now), now));
    }

    private static LeadFacts Facts(Lead lead, StockPrices stock, Done[] done, DateTimeOffset now) => new(
        lead.Source, lead.Budget, stock,
        new[] { lead.Id == default ? now : lead.CreatedAt }.Concat(done.Select(d => d.Last)).Max(),
        done.GroupBy(d => d.Type).ToDictionary(g => g.Key, g => g.Sum(d => d.Count)),
        lead.EmailNormalised is not null, lead.Phone is not null, !string.IsNullOrWhiteSpace(lead.Timeline), lead.PropertyId is not null,
        lead.Area is not null || lead.PropertyType is not null || lead.PropertyId is not null);

    private sealed record Done(LeadId Lead, LeadActivityType Type, int Count, DateTimeOffset Last);
}
