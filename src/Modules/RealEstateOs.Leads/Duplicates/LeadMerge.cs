using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Leads.Notes;
using RealEstateOs.Leads.Records;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Duplicates;

/// <summary>Two records of one person become one: what the older one lacks it takes, and both histories stay.</summary>
internal static class LeadMerge
{
    /// <summary>A second submission goes into the lead there is; what it said stands in the timeline word for word.</summary>
    public static async Task<Lead> MergeSubmissionAsync(this LeadsDb db, IReadOnlyList<Lead> existing, Lead submitted, string? country, LeadScoring scoring, CancellationToken ct)
    {
        var lead = existing[0];
        foreach (var other in existing.Skip(1)) await db.TakeOverAsync(lead, other, country, ct);
        lead.FillFrom(submitted, country);
        db.KeepNotes(lead, submitted);
        db.Note(lead, "duplicate_merged", "Submitted Again", Describe(submitted));
        await db.SaveAsync(lead, scoring, ct);
        return lead;
    }

    /// <summary>Another lead's activities, notes, documents and timeline move over; the other one is deleted and points here.</summary>
    public static async Task TakeOverAsync(this LeadsDb db, Lead lead, Lead other, string? country, CancellationToken ct)
    {
        await db.Activities.Where(a => a.LeadId == other.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LeadId, lead.Id), ct);
        await db.Notes.Where(n => n.LeadId == other.Id).ExecuteUpdateAsync(set => set.SetProperty(n => n.LeadId, lead.Id), ct);
        await db.Documents.Where(d => d.LeadId == other.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.LeadId, lead.Id), ct);
        await db.Timeline.Where(e => e.LeadId == other.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.LeadId, lead.Id), ct);
        await db.StatusMoves.Where(m => m.LeadId == other.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeadId, lead.Id), ct);
        (other.DeletedAt, other.MergedIntoId) = (db.Work.Clock.Now(), lead.Id);
        await db.SaveChangesAsync(ct); // first, or the number of both would be there twice
        lead.FillFrom(other, country);
        lead.TakeContactsOf(other);
        db.KeepNotes(lead, other);
        db.Note(lead, "lead_merged", "Merged With Another Lead", $"Lead {other.Id.Value}: {Describe(other)}");
    }

    private static void FillFrom(this Lead lead, Lead other, string? country)
    {
        if (lead.Email is null) lead.WriteTo(other.Email);
        if (lead.Phone is null) lead.Call(other.Phone, country);
        lead.Company ??= other.Company;
        lead.Budget ??= other.Budget;
        lead.Timeline ??= other.Timeline;
        lead.Area ??= other.Area;
        lead.PropertyType ??= other.PropertyType;
        lead.PropertyId ??= other.PropertyId;
        lead.Consent ??= other.Consent;
        lead.ExternalId ??= other.ExternalId;
        lead.Tags = [.. lead.Tags.Union(other.Tags, StringComparer.OrdinalIgnoreCase)];
        lead.Metadata = Together(lead.Metadata, other.Metadata);
    }

    private static void KeepNotes(this LeadsDb db, Lead lead, Lead other)
    {
        if (string.IsNullOrWhiteSpace(other.Notes) || other.Notes == lead.Notes) return;
        if (string.IsNullOrWhiteSpace(lead.Notes)) lead.Notes = other.Notes;
        else db.Add(new LeadNote { LeadId = lead.Id, Content = other.Notes });
    }

    private static JsonElement? Together(JsonElement? kept, JsonElement? added)
    {
        if (kept is not { ValueKind: JsonValueKind.Object } first || added is not { ValueKind: JsonValueKind.Object } second) return kept ?? added;
        var both = JsonSerializer.SerializeToNode(second)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(first)!.AsObject()) both[name] = value?.DeepClone();
        return JsonSerializer.SerializeToElement<JsonNode>(both);
    }

    private static string Describe(Lead lead)
    {
        (string Word, object? Value)[] said =
        [
            ("name", lead.FullName), ("e-mail", lead.Email), ("phone", lead.Phone), ("company", lead.Company), ("source", Vocabulary.Word(lead.Source)), ("budget", lead.Budget),
            ("timeline", lead.Timeline), ("area", lead.Area), ("property", lead.PropertyId?.Value), ("notes", lead.Notes),
        ];
        return string.Join("; ", said.Where(s => s.Value is not (null or "")).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Word} {s.Value}")));
    }
}
