using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Crm.Clients;

/// <summary>What is planned with an agent's clients.</summary>
internal sealed class ClientAgenda(CrmDb db, CurrentUser user, IPropertyReader properties) : IAgendaSource
{
    public async Task<IReadOnlyList<AgendaEntry>> EntriesAsync(AgendaSpan span, CancellationToken ct)
    {
        var planned = await db.Activities.AsNoTracking()
            .Where(a => a.ScheduledAt >= span.From && a.ScheduledAt < span.To)
            .Join(db.Clients.VisibleTo(user, CrmPermissions.Read).Where(c => c.AssignedAgentId == span.Agent), a => a.ClientId, c => c.Id,
                (a, c) => new
                {
                    a.Id, a.ActivityType, a.Subject, a.Description, a.ScheduledAt, a.CompletedAt, a.IsCancelled, a.UpdatedAt, a.ClientId,
                    Name = (c.FirstName + " " + c.LastName).Trim(), c.Phone, a.PropertyId,
                })
            .OrderBy(a => a.ScheduledAt).ThenBy(a => a.Id).Take(span.Limit).ToListAsync(ct);
        var places = await properties.SummariesAsync([.. planned.Select(a => a.PropertyId).OfType<PropertyId>().Distinct()], ct);
        return [.. planned.Select(a => new AgendaEntry
        {
            Reference = $"{a.ClientId.Reference()}/{a.Id.Reference()}",
            Kind = ClientActivity.KindOf(a.ActivityType), Title = $"{a.Subject ?? a.ActivityType}: {a.Name}", Details = a.Description,
            Place = a.PropertyId is { } id && places.TryGetValue(id, out var place) ? $"{place.Address}, {place.City}" : null,
            At = a.ScheduledAt, About = a.ClientId.Reference(), AboutName = a.Name, Phone = a.Phone,
            IsDone = a.CompletedAt is not null, IsCancelled = a.IsCancelled, ChangedAt = a.UpdatedAt,
        })];
    }
}
