using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Records;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Leads.Duplicates;

/// <summary>A lead as a refusal shows it.</summary>
internal sealed record ExistingLead(LeadId Id, string Name, LeadStatus Status, string[] MatchedOn);

/// <summary>The same mailbox or the same number within the organization is the same person.</summary>
internal static class DuplicateLeads
{
    /// <summary>
    /// The living leads that share an address or a number, the oldest first. The keys stay locked until the transaction ends, so
    /// that of many identical submissions at once one is new and all others find it.
    /// </summary>
    public static async Task<IReadOnlyList<Lead>> LikeAsync(this LeadsDb db, Lead lead, CancellationToken ct, bool toMerge = false)
    {
        var (email, phone) = (lead.EmailNormalised, lead.PhoneE164);
        if (email is null && phone is null) return [];
        var alike = db.Leads.Where(l => l.Id != lead.Id && ((email != null && l.EmailNormalised == email) || (phone != null && l.PhoneE164 == phone)))
            .OrderBy(l => l.CreatedAt).ThenBy(l => l.Id);
        // Who is refused anyway need not queue for the lock.
        if (!toMerge && await alike.ToListAsync(ct) is { Count: > 0 } known) return known;
        await db.LockAsync([.. new[] { email, phone }.OfType<string>()], ct);
        return await alike.ToListAsync(ct);
    }

    /// <summary>Refuses where there is such a lead.</summary>
    public static async Task RequireNewAsync(this LeadsDb db, Lead lead, CurrentUser user, CancellationToken ct)
    {
        if (await db.LikeAsync(lead, ct) is { Count: > 0 } existing) throw await db.RefusalAsync(lead, existing, user, ct);
    }

    /// <summary>Shows the oldest of the leads that the user may see; of others it says no more than what is the same.</summary>
    public static async Task<Problem> RefusalAsync(this LeadsDb db, Lead submitted, IReadOnlyList<Lead> existing, CurrentUser user, CancellationToken ct)
    {
        var ids = existing.Select(l => l.Id).ToArray();
        var visible = await db.Leads.VisibleTo(user, LeadsPermissions.Read).Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct);
        var shown = existing.FirstOrDefault(l => visible.Contains(l.Id));
        var matched = MatchedOn(submitted, shown ?? existing[0]);
        var words = $"A lead with this {string.Join(" and ", matched)} already exists";
        return shown is null
            ? Problem.AlreadyExists($"{words}.", new { matched_on = matched })
            : Problem.AlreadyExists($"{words}: {shown.FullName}.", new ExistingLead(shown.Id, shown.FullName, shown.Status, matched));
    }

    public static string[] MatchedOn(Lead submitted, Lead existing) =>
    [
        .. submitted.EmailNormalised is { } email && email == existing.EmailNormalised ? ["email"] : Array.Empty<string>(),
        .. submitted.PhoneE164 is { } phone && phone == existing.PhoneE164 ? ["phone"] : Array.Empty<string>(),
    ];

    // In one order for everybody, so that two submissions never wait for each other.
    private static Task LockAsync(this LeadsDb db, string[] keys, CancellationToken ct)
    {
        var names = keys.Select(key => $"lead:{db.CurrentOrganization.Value}:{key}").Order(StringComparer.Ordinal).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest({names}) with ordinality as keys(name, place) order by place", ct);
    }
}
