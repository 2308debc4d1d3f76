using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Leads;

/// <summary>Viewings, calls and follow-ups that are planned with an agent's leads.</summary>
internal sealed class LeadAgenda(LeadsDb db, CurrentUser user, IPropertyReader properties) : IAgendaSource
{
    public async Task<IReadOnlyList<AgendaEntry>> EntriesAsync(AgendaSpan span, CancellationToken ct)
    {
        var planned = await db.Activities.AsNoTracking()
            .Where(a => a.ScheduledAt >= span.From && a.ScheduledAt < span.To)
            .Join(db.Leads.VisibleTo(user, LeadsPermissions.Read).Where(l => l.AssignedTo == span.Agent), a => a.LeadId, l => l.Id,
                (a, l) => new
                {
                    a.Id, a.ActivityType, a.Subject, a.Description, a.ScheduledAt, a.CompletedAt, a.IsCancelled, a.UpdatedAt, a.LeadId,
                    Name = (l.FirstName + " " + l.LastName).Trim(), l.Phone, PropertyId = a.PropertyId ?? l.PropertyId,
                })
            .OrderBy(a => a.ScheduledAt).ThenBy(a => a.Id).Take(span.Limit).ToListAsync(ct);
        var places = await properties.SummariesAsync([.. planned.Select(a => a.PropertyId).OfType<PropertyId>().Distinct()], ct);
        return [.. planned.Select(a => new AgendaEntry
        {
            Reference = $"{a.LeadId.Reference()}/{a.Id.Reference()}", Kind = KindOf(a.ActivityType),
            Title = $"{a.Subject ?? a.ActivityType.ToString()}: {a.Name}", Details = a.Description,
            Place = a.PropertyId is { } id && places.TryGetValue(id, out var place) ? $"{place.Address}, {place.City}" : null,
            At = a.ScheduledAt, About = a.LeadId.Reference(), AboutName = a.Name, Phone = a.Phone, IsDone = a.CompletedAt is not null,
            IsCancelled = a.IsCancelled, ChangedAt = a.UpdatedAt,
        })];
    }

    private static AgendaKind KindOf(LeadActivityType type) => type switch
    {
        LeadActivityType.Viewing => AgendaKind.Viewing, LeadActivityType.Call => AgendaKind.Call, LeadActivityType.Meeting =>
            AgendaKind.Meeting,
        LeadActivityType.Email => AgendaKind.Email, LeadActivityType.Sms => AgendaKind.Sms, LeadActivityType.Task => AgendaKind.Task, _ =>
            AgendaKind.Other,
    };
}
