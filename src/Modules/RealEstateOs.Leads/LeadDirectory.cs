using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Records;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads;

/// <summary>Answers other modules within the current organization and the caller's transaction.</summary>
internal sealed class LeadDirectory(LeadsDb db, LeadScoring scoring, TimeProvider clock) : ILeadDirectory, IOpenWork
{
    public string Kind => "leads";

    public async Task<IReadOnlyDictionary<LeadId, LeadSummary>> SummariesAsync(IReadOnlyCollection<LeadId> leads, CancellationToken ct)
    {
        var wanted = leads.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<LeadId, LeadSummary>();
        return await db.Leads.AsNoTracking().Where(l => wanted.Contains(l.Id))
            .Select(l => new LeadSummary(l.Id, (l.FirstName + " " + l.LastName).Trim(), l.Email, l.Phone, l.Status, l.Source, l.Score, l.Budget, l.AssignedTo, l.PropertyId))
            .ToDictionaryAsync(l => l.Id, ct);
    }

    public async Task RequireAsync(LeadId? lead, CancellationToken ct, string member = "lead_id")
    {
        if (lead is { } id && !await db.Leads.AnyAsync(l => l.Id == id, ct)) throw Problem.Invalid(FieldError.Format(member, "names no lead of the organization"));
    }

    public async Task ConvertAsync(LeadId lead, string reason, CancellationToken ct)
    {
        if (await db.Leads.FirstOrDefaultAsync(l => l.Id == lead, ct) is not { } converted) return;
        if (converted.MoveTo(LeadStatus.Converted, db.Work.Tenant.User, clock.Now()) is not { } move) return;
        db.Record(converted, move, reason);
        await db.SaveAsync(converted, scoring, ct);
    }

    public async Task<IReadOnlyList<LeadHistoryEntry>> HistoryAsync(LeadId lead, int limit, CancellationToken ct) =>
        await db.Timeline.AsNoTracking().Where(e => e.LeadId == lead).OrderByDescending(e => e.Id).Take(limit)
            .Select(e => new LeadHistoryEntry(e.EventType, e.EventTitle, e.EventDescription, e.CreatedBy, e.CreatedAt)).ToListAsync(ct);

    public async Task<int> HandOverAsync(UserId from, UserId to, CancellationToken ct)
    {
        LeadStatus[] ended = [LeadStatus.Converted, LeadStatus.Lost, LeadStatus.Unqualified];
        var open = await db.Leads.Where(l => l.AssignedTo == from && !ended.Contains(l.Status)).ToListAsync(ct);
        foreach (var lead in open) db.Assign(lead, to, "handed_over");
        await db.SaveChangesAsync(ct);
        return open.Count;
    }
}
