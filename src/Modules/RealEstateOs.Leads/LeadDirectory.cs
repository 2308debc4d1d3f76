using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads;

/// <summary>Answers other modules as the office; hands over the open leads of who leaves.</summary>
internal sealed class LeadDirectory(LeadsDb db) : ILeadDirectory, IOpenWork
{
    public string Kind => "leads";

    public Task<IReadOnlyDictionary<LeadId, LeadSummary>> SummariesAsync(IReadOnlyCollection<LeadId> leads, CancellationToken ct) =>
        db.Leads.SummariesAsync(leads, ct);

    public async Task<IReadOnlyList<MessageChannel>> RefusedByAsync(LeadId lead, CancellationToken ct)
    {
        var asked = lead;
        while (await db.Leads.WithDeleted().Where(l => l.Id == asked).Select(l => new { l.Consent, l.MergedIntoId }).FirstOrDefaultAsync(ct)
            is { } said)
        {
            if (said.MergedIntoId is not { } into) return said.Consent.Refused();
            asked = into;
        }
        return [];
    }

    public async Task<int> HandOverAsync(UserId from, UserId to, CancellationToken ct)
    {
        LeadStatus[] ended = [LeadStatus.Converted, LeadStatus.Lost, LeadStatus.Unqualified];
        var open = await db.Leads.Where(l => l.AssignedTo == from && !ended.Contains(l.Status)).ToListAsync(ct);
        foreach (var lead in open) db.Assign(lead, to, "handed_over");
        await db.SaveChangesAsync(ct);
        return open.Count;
    }
}
