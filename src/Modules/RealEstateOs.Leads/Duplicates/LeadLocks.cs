using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Duplicates;

/// <summary>
/// Merges against everybody else. A merge locks its leads; who writes something that names a lead holds it. So a merge waits for what is
/// being written, and takes it along; who comes after it reads where the lead went.
/// </summary>
internal static class LeadLocks
{
    /// <summary>Locks leads for a merge, in the order of their ids. Read them afterwards.</summary>
    public static Task LockAsync(this LeadsDb db, IEnumerable<LeadId> leads, CancellationToken ct)
    {
        var ids = leads.Select(l => l.Value).Distinct().ToArray();
        return db.Database.ExecuteSqlAsync($"select from leads.leads where id = any({ids}) order by id for update", ct);
    }

    /// <summary>Waits until nobody else is changing the lead; who only names it goes on. Read it afterwards.</summary>
    public static Task QueueForAsync(this LeadsDb db, LeadId lead, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select from leads.leads where id = {lead.Value} for no key update", ct);

    /// <summary>The lead, deleted or not, held until the transaction ends. Other changes of it go on.</summary>
    public static IQueryable<Lead> Held(this LeadsDb db, LeadId id) =>
        db.Leads.FromSql($"select *, xmin from leads.leads where id = {id.Value} for key share").WithDeleted();

    /// <summary>The lead, or the one that it was merged into, held; null where it doesn't exist or was deleted.</summary>
    public static async Task<Lead?> StandingAsync(this LeadsDb db, LeadId id, CancellationToken ct)
    {
        for (LeadId? next = id; next is { } asked;)
        {
            var lead = await db.Held(asked).FirstOrDefaultAsync(ct);
            if (lead is { DeletedAt: null }) return lead;
            next = lead?.MergedIntoId;
        }
        return null;
    }
}
