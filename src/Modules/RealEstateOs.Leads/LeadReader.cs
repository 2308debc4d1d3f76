using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Leads;

/// <summary>Answers other modules what the signed-in user may see.</summary>
internal sealed class LeadReader(LeadsDb db, CurrentUser user) : ILeadReader
{
    private IQueryable<Lead> Visible => db.Leads.VisibleTo(user, LeadsPermissions.Read);

    public Task<IReadOnlyDictionary<LeadId, LeadSummary>> SummariesAsync(IReadOnlyCollection<LeadId> leads, CancellationToken ct) =>
        Visible.SummariesAsync(leads, ct);

    public async Task<LeadId?> RequireAsync(LeadId? lead, CancellationToken ct, string member = "lead_id")
    {
        if (lead is not { } id) return null;
        if (await db.StandingAsync(id, ct) is { Id: var standing } && await Visible.AnyAsync(l => l.Id == standing, ct)) return standing;
        throw Problem.Invalid(FieldError.Format(member, "names no lead of the organization"));
    }

    public async Task<IReadOnlyList<LeadHistoryEntry>> HistoryAsync(LeadId lead, int limit, CancellationToken ct) =>
        await db.Timeline.AsNoTracking().Where(e => e.RecordId == lead && Visible.Any(l => l.Id == e.RecordId)).OrderByDescending(e => e.Id)
            .Take(limit)
            .Select(e => new LeadHistoryEntry(e.EventType, e.EventTitle, e.EventDescription, e.CreatedBy, e.CreatedAt)).ToListAsync(ct);

    public async Task<IReadOnlyList<LeadSummary>> FindAsync(string words, int limit, CancellationToken ct) =>
        await Visible.AsNoTracking().Where(WordSearch.Matches<Lead>(l => l.SearchVector, l => l.PhoneE164, words, beginnings: false))
            .OrderByDescending(l => l.Id).Take(limit).Select(LeadSummaries.Projection).ToListAsync(ct);

    public async Task<ExplainedScore?> ScoreAsync(LeadId lead, CancellationToken ct)
    {
        var found = await Visible.AsNoTracking().Where(l => l.Id == lead).Select(l => new { l.Score, l.ScoreIsManual, l.ScoreReasons })
            .FirstOrDefaultAsync(ct);
        return found is null ? null
            : new(found.Score, found.ScoreIsManual,
                [.. found.ScoreReasons.Select(r => new ScorePart(r.Factor, r.Points, r.MaxPoints, r.Reason))]);
    }
}

/// <summary>Leads as other modules see them; whoever asks says of which.</summary>
internal static class LeadSummaries
{
    public static readonly Expression<Func<Lead, LeadSummary>> Projection = l => new LeadSummary(
        l.Id, (l.FirstName + " " + l.LastName).Trim(), l.Email, l.Phone, l.Status, l.Source, l.Score, l.Budget, l.AssignedTo, l.PropertyId)
    {
        FirstName = l.FirstName, LastName = l.LastName, Area = l.Area, PropertyType = l.PropertyType, Intent = l.Intent,
        Bedrooms = l.Bedrooms,
    };

    public static async Task<IReadOnlyDictionary<LeadId, LeadSummary>> SummariesAsync(this IQueryable<Lead> leads,
        IReadOnlyCollection<LeadId> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<LeadId, LeadSummary>();
        return await leads.AsNoTracking().Where(l => wanted.Contains(l.Id)).Select(Projection).ToDictionaryAsync(l => l.Id, ct);
    }
}
