using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Deals;

/// <summary>The days on which an agent's open deals are expected to close; lost ones as cancelled.</summary>
internal sealed class DealAgenda(DealsDb db, CurrentUser user, IPropertyReader properties) : IAgendaSource
{
    public async Task<IReadOnlyList<AgendaEntry>> EntriesAsync(AgendaSpan span, CancellationToken ct)
    {
        var (first, last) = (DateOnly.FromDateTime(span.From.UtcDateTime), DateOnly.FromDateTime(span.To.AddTicks(-1).UtcDateTime));
        var closing = await db.DealsOf(user, DealsPermissions.Read).AsNoTracking()
            .Where(d => d.AssignedTo == span.Agent && (d.ClosedAt == null || d.Stage == DealStage.ClosedLost)
                && d.ExpectedCloseDate >= first && d.ExpectedCloseDate <= last)
            .OrderBy(d => d.ExpectedCloseDate).ThenBy(d => d.Id).Take(span.Limit)
            .Select(d => new { d.Id, d.PropertyId, d.ExpectedCloseDate, d.Stage, d.UpdatedAt }).ToListAsync(ct);
        var homes = await properties.SummariesAsync([.. closing.Select(d => d.PropertyId).Distinct()], ct);
        return [.. closing.Select(d =>
        {
            var home = homes.GetValueOrDefault(d.PropertyId);
            var name = home?.Address ?? d.PropertyId.Reference();
            return new AgendaEntry
            {
                Reference = d.Id.Reference(), Kind = AgendaKind.Closing, Title = $"Closing: {name}",
                Place = home is null ? null : $"{home.Address}, {home.City}", Day = d.ExpectedCloseDate,
                About = d.Id.Reference(), AboutName = name, IsDone = false, IsCancelled = d.Stage == DealStage.ClosedLost,
                ChangedAt = d.UpdatedAt,
            };
        })];
    }
}
