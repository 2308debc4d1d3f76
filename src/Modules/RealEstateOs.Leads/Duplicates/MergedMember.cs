using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Leads.Duplicates;

/// <summary>
/// A member of a lead in a merge: how the timeline says it, and how the lead that stays takes it. Those without <see cref="Take"/> go by
/// rules of their own, or stay as they are.
/// </summary>
internal sealed record MergedMember(string Word, Func<Lead, object?> Said, Action<Lead, Lead>? Take = null)
{
    public static readonly MergedMember[] All =
    [
        new("name", l => l.FullName, TakeLastName),
        new("e-mail", l => l.Email),
        new("phone", l => l.Phone),
        new("company", l => l.Company, (l, other) => l.Company ??= other.Company),
        new("source", l => Vocabulary.Word(l.Source)),
        new("status", l => l.Status == LeadStatus.New ? null : Vocabulary.Word(l.Status)),
        new("score by hand", l => l.ScoreIsManual ? l.Score : null),
        new("wants to", l => WordOf(l.Intent), (l, other) => l.Intent ??= other.Intent),
        new("budget", l => l.Budget, (l, other) => l.Budget ??= other.Budget),
        new("timeline", l => l.Timeline, (l, other) => l.Timeline ??= other.Timeline),
        new("area", l => l.Area, (l, other) => l.Area ??= other.Area),
        new("property type", l => WordOf(l.PropertyType), (l, other) => l.PropertyType ??= other.PropertyType),
        new("bedrooms", l => l.Bedrooms, (l, other) => l.Bedrooms ??= other.Bedrooms),
        new("property", l => l.PropertyId?.Value, (l, other) => l.PropertyId ??= other.PropertyId),
        new("portal", l => l.Portal, TakePortal),
        new("reference", l => l.PortalReference),
        new("team", l => l.TeamId?.Value, (l, other) => l.TeamId ??= other.TeamId),
        new("agent", l => l.AssignedTo?.Value),
        new("external id", l => l.ExternalId, (l, other) => l.ExternalId ??= other.ExternalId),
        new("tags", l => string.Join(", ", l.Tags),
            (l, other) => l.Tags = [.. l.Tags.Union(other.Tags, StringComparer.OrdinalIgnoreCase).Take(LeadFields.MostTags)]),
        new("consent", l => l.Consent, (l, other) => l.Consent = Consents.Together(l.Consent, other.Consent)),
        new("metadata", l => l.Metadata, (l, other) => l.Metadata = Together(l.Metadata, other.Metadata)),
        new("message", l => l.Message),
        new("notes", l => l.Notes),
    ];

    /// <summary>What the lead says, word for word.</summary>
    public static string Describe(Lead lead) => string.Join("; ",
        All.Select(m => (m.Word, Text: Text(m.Said(lead)))).Where(m => m.Text is { Length: > 0 }).Select(m => $"{m.Word} {m.Text}"));

    private static string? Text(object? said) => said switch
    {
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        JsonElement json => json.GetRawText(),
        _ => Convert.ToString(said, CultureInfo.InvariantCulture),
    };

    private static string? WordOf<T>(T? value) where T : struct, Enum => value is { } known ? Vocabulary.Word(known) : null;

    // Two first names are two spellings, or two people with one telephone.
    private static void TakeLastName(Lead lead, Lead other)
    {
        if (lead.LastName.Length == 0 && lead.FirstName.Equals(other.FirstName, StringComparison.OrdinalIgnoreCase))
            lead.LastName = other.LastName;
    }

    // A reference means nothing without its portal.
    private static void TakePortal(Lead lead, Lead other)
    {
        lead.Portal ??= other.Portal;
        if (lead.Portal == other.Portal) lead.PortalReference ??= other.PortalReference;
    }

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
}
