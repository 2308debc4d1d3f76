using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Leads.Duplicates;

/// <summary>A lead as a refusal shows it.</summary>
internal sealed record ExistingLead(LeadId Id, string Name, LeadStatus Status, string[] MatchedOn);

/// <summary>Finds the leads that are the same person as another one, also by an address that a merge took from them.</summary>
internal static class DuplicateLeads
{
    /// <summary>
    /// The living leads that share an address or a number, the oldest first. To merge them, they are locked as <see cref="LeadLocks"/> does
    /// it.
    /// </summary>
    public static async Task<IReadOnlyList<Lead>> LikeAsync(this LeadsDb db, Lead lead, CancellationToken ct, bool toMerge = false)
    {
        var alike = db.Alike(lead);
        if (toMerge && (lead.EmailNormalised ?? lead.PhoneE164) is not null)
        {
            await db.LockPeopleAsync([lead.EmailNormalised, lead.PhoneE164], ct);
            await db.LockAsync(await alike.Select(l => l.Id).ToListAsync(ct), ct);
        }
        return await db.LikeAsync([lead.EmailNormalised, lead.PhoneE164], alike, toMerge, ct);
    }

    /// <summary>Refuses where there is such a lead.</summary>
    public static async Task RequireNewAsync(this LeadsDb db, Lead lead, CurrentUser user, CancellationToken ct)
    {
        if (await db.LikeAsync(lead, ct) is { Count: > 0 } existing) throw await db.RefusalAsync(lead, existing, user, ct);
    }

    /// <summary>Shows the oldest of the leads that the user may see; of others it says no more than what is the same.</summary>
    public static async Task<Problem> RefusalAsync(this LeadsDb db, Lead submitted, IReadOnlyList<Lead> existing, CurrentUser user,
        CancellationToken ct)
    {
        var ids = existing.Select(l => l.Id).ToArray();
        var visible = await db.Leads.VisibleTo(user, LeadsPermissions.Read).Where(l => ids.Contains(l.Id)).Select(l => l.Id)
            .ToListAsync(ct);
        var shown = existing.FirstOrDefault(l => visible.Contains(l.Id));
        var matched = SamePerson.MatchedOn(submitted, shown ?? existing[0]);
        var words = $"A lead with this {string.Join(" and ", matched)} already exists";
        return shown is null
            ? Problem.AlreadyExists($"{words}.", new { matched_on = matched })
            : Problem.AlreadyExists($"{words}: {shown.FullName}.", new ExistingLead(shown.Id, shown.FullName, shown.Status, matched));
    }

    // Two halves, each by its own indexes.
    private static IQueryable<Lead> Alike(this LeadsDb db, Lead lead)
    {
        var (id, email, phone) = (lead.Id, lead.EmailNormalised, lead.PhoneE164);
        string[] keys = [.. new[] { email, phone }.OfType<string>()];
        var now = db.Leads.Where(l => (email != null && l.EmailNormalised == email) || (phone != null && l.PhoneE164 == phone));
        var before = db.FormerContacts.Where(f => keys.Contains(f.Address)).Join(db.Leads, f => f.LeadId, l => l.Id, (f, l) => l);
        return now.Concat(before).Where(l => l.Id != id).OrderBy(l => l.CreatedAt).ThenBy(l => l.Id);
    }
}
