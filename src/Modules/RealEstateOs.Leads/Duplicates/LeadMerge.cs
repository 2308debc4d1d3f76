using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Notes;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Duplicates;

/// <summary>
/// Records of one person become one: what the one that stays lacks it takes, and all histories stay. The leads are locked
/// (<see cref="LeadLocks"/>).
/// </summary>
internal sealed class LeadMerge(
    LeadsDb db, LeadScoring scoring, IOrganizationDirectory organizations, IEnumerable<ILeadMergeFollower> followers, TimeProvider clock)
{
    /// <summary>
    /// A second submission goes into the lead there is; what it said stands in the timeline word for word. Leads that share it become one,
    /// or stay apart with <paramref name="intoOne"/>: then the oldest takes no address from it, which may be another's.
    /// </summary>
    public async Task<Lead> SubmitAsync(IReadOnlyList<Lead> existing, Lead submitted, CancellationToken ct, bool intoOne = false)
    {
        var lead = existing[0];
        if (existing.Count > 1 && !intoOne) await TakeOverAsync(lead, [.. existing.Skip(1)], ct);
        await FillAsync(lead, submitted, existing.Count == 1 || !intoOne, ct);
        db.AddTimeline(lead, "duplicate_merged", "Submitted Again", MergedMember.Describe(submitted));
        await db.SaveAsync(lead, scoring, ct);
        return lead;
    }

    /// <summary>Everything of other leads moves over, in this module and all others; they are deleted and point here.</summary>
    public async Task TakeOverAsync(Lead lead, IReadOnlyList<Lead> others, CancellationToken ct)
    {
        var (gone, now, by) = (others.Select(o => o.Id).ToArray(), clock.Now(), db.Work.Tenant.User);
        await MoveAsync(lead.Id, gone, ct);
        foreach (var other in others) (other.DeletedAt, other.MergedIntoId) = (now, lead.Id);
        lead.UpdatedAt = now; // a new version in any case: who deletes or merges this lead at the same time must hear of it
        await db.SaveChangesAsync(ct); // first, or the number of both would be there twice
        foreach (var other in others)
        {
            await FillAsync(lead, other, withAddresses: true, ct);
            lead.TakeContactsOf(other);
            if (other.Status == LeadStatus.Converted && lead.MoveTo(LeadStatus.Converted, by, now) is { } move)
                db.Record(lead, move, $"Lead {other.Id.Value} was");
            db.AddTimeline(lead, "lead_merged", "Merged With Another Lead", $"Lead {other.Id.Value}: {MergedMember.Describe(other)}");
        }
        var emails = Others(others.Select(o => o.EmailNormalised), lead.EmailNormalised);
        var phones = Others(others.Select(o => o.PhoneE164), lead.PhoneE164);
        db.AddRange(emails.Concat(phones).Select(address => new FormerContact { LeadId = lead.Id, Address = address }));
        db.Raise(() => new LeadsMerged(lead.Id, gone, lead.TeamId, lead.AssignedTo, by));
        var merge = new LeadsBecameOne(lead.Id, gone, lead.EmailNormalised, lead.PhoneE164, emails, phones)
        {
            MailRefused = lead.Consent.Refuses("email"), TextRefused = lead.Consent.Refuses("sms"),
        };
        foreach (var follower in followers) await follower.FollowAsync(merge, ct);
    }

    private async Task MoveAsync(LeadId to, LeadId[] gone, CancellationToken ct)
    {
        await db.Activities.Where(a => gone.Contains(a.LeadId)).ExecuteUpdateAsync(set => set.SetProperty(a => a.LeadId, to), ct);
        await db.Notes.Where(n => gone.Contains(n.LeadId)).ExecuteUpdateAsync(set => set.SetProperty(n => n.LeadId, to), ct);
        await db.Documents.Where(d => gone.Contains(d.LeadId)).ExecuteUpdateAsync(set => set.SetProperty(d => d.LeadId, to), ct);
        await db.Timeline.Where(e => gone.Contains(e.RecordId)).ExecuteUpdateAsync(set => set.SetProperty(e => e.RecordId, to), ct);
        await db.StatusMoves.Where(m => gone.Contains(m.LeadId)).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeadId, to), ct);
        await db.Enquiries.Where(e => gone.Contains(e.LeadId)).ExecuteUpdateAsync(set => set.SetProperty(e => e.LeadId, to), ct);
        await db.FormerContacts.Where(f => gone.Contains(f.LeadId)).ExecuteUpdateAsync(set => set.SetProperty(f => f.LeadId, to), ct);
        await db.Leads.WithDeleted().Where(l => l.MergedIntoId != null && gone.Contains(l.MergedIntoId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.MergedIntoId, to), ct);
    }

    /// <summary>
    /// What the lead lacks it takes from the other (<see cref="MergedMember"/>); differing messages and notes become notes.
    /// </summary>
    public async Task FillAsync(Lead lead, Lead other, bool withAddresses, CancellationToken ct)
    {
        if (withAddresses)
        {
            if (lead.Email is null) lead.SetEmail(other.Email);
            if (lead.Phone is null) lead.SetPhone(other.Phone, (await organizations.DefaultsAsync(ct)).Country);
        }
        foreach (var member in MergedMember.All) member.Take?.Invoke(lead, other);
        lead.Message = Text(lead, lead.Message, other.Message);
        lead.Notes = Text(lead, lead.Notes, other.Notes);
        if (lead.AssignedTo is null && other.AssignedTo is { } agent) db.Assign(lead, agent, "merged", other.AssignedByRule);
    }

    private string? Text(Lead lead, string? kept, string? added)
    {
        if (string.IsNullOrWhiteSpace(added) || added == kept) return kept;
        if (string.IsNullOrWhiteSpace(kept)) return added;
        db.Add(new LeadNote { LeadId = lead.Id, Content = added });
        return kept;
    }

    private static string[] Others(IEnumerable<string?> addresses, string? own) =>
        [.. addresses.OfType<string>().Where(a => a != own).Distinct()];
}
