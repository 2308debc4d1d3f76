using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Notes;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

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
        db.AddTimeline(lead, "duplicate_merged", "Submitted Again", Describe(submitted));
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
            db.AddTimeline(lead, "lead_merged", "Merged With Another Lead", $"Lead {other.Id.Value}: {Describe(other)}");
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

    /// <summary>What the lead lacks it takes from the other; differing notes become a note.</summary>
    public async Task FillAsync(Lead lead, Lead other, bool withAddresses, CancellationToken ct)
    {
        var country = (await organizations.DefaultsAsync(ct)).Country;
        if (withAddresses && lead.Email is null) lead.SetEmail(other.Email);
        if (withAddresses && lead.Phone is null) lead.SetPhone(other.Phone, country);
        lead.Company ??= other.Company;
        lead.Intent ??= other.Intent;
        lead.Budget ??= other.Budget;
        lead.Timeline ??= other.Timeline;
        lead.Area ??= other.Area;
        lead.PropertyType ??= other.PropertyType;
        lead.PropertyId ??= other.PropertyId;
        lead.Consent = Consents.Together(lead.Consent, other.Consent);
        lead.ExternalId ??= other.ExternalId;
        lead.Bedrooms ??= other.Bedrooms;
        if (lead.Portal is null) (lead.Portal, lead.PortalReference) = (other.Portal, lead.PortalReference ?? other.PortalReference);
        if (lead.Message is null) lead.Message = other.Message;
        else if (!string.IsNullOrWhiteSpace(other.Message) && other.Message != lead.Message)
            db.Add(new LeadNote { LeadId = lead.Id, Content = other.Message });
        lead.Tags = [.. lead.Tags.Union(other.Tags, StringComparer.OrdinalIgnoreCase).Take(LeadFields.MostTags)];
        lead.Metadata = Together(lead.Metadata, other.Metadata);
        if (string.IsNullOrWhiteSpace(other.Notes) || other.Notes == lead.Notes) return;
        if (string.IsNullOrWhiteSpace(lead.Notes)) lead.Notes = other.Notes;
        else db.Add(new LeadNote { LeadId = lead.Id, Content = other.Notes });
    }

    private static string[] Others(IEnumerable<string?> addresses, string? own) =>
        [.. addresses.OfType<string>().Where(a => a != own).Distinct()];

    private static JsonElement? Together(JsonElement? kept, JsonElement? added)
    {
        if (kept is not { ValueKind: JsonValueKind.Object } first || added is not { ValueKind: JsonValueKind.Object } second)
            return kept ?? added;
        var both = JsonSerializer.SerializeToNode(second)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(first)!.AsObject()) both[name] = value?.DeepClone();
        var whole = JsonSerializer.SerializeToElement<JsonNode>(both);
        // However often a form is sent, a lead stays as small as one request may make it.
        return whole.GetRawText().Length <= BodyLimits.FreeObject ? whole : kept;
    }

    private static string Describe(Lead lead)
    {
        (string Word, object? Value)[] said =
        [
            ("name", lead.FullName), ("e-mail", lead.Email), ("phone", lead.Phone), ("company", lead.Company),
            ("source", Vocabulary.Word(lead.Source)), ("wants to", lead.Intent is { } intent ? Vocabulary.Word(intent) : null),
            ("budget", lead.Budget),
            ("timeline", lead.Timeline), ("area", lead.Area), ("property", lead.PropertyId?.Value), ("portal", lead.Portal),
            ("reference", lead.PortalReference), ("message", lead.Message), ("notes", lead.Notes),
        ];
        return string.Join("; ",
            said.Where(s => s.Value is not (null or "")).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Word} {s.Value}")));
    }
}
