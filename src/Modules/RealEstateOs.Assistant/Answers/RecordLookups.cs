using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Assistant.Answers;

/// <summary>"Why does Lina Khan have this score?", "Explain the score of lead_5."</summary>
internal sealed partial class ScoreLookup(OfficeRecords office, ILeadReader leads) : ILookup
{
    private const string Label = "From the lead's record, by the office's rules for scores";

    public async Task<LookedUp?> TryAsync(Question question, CancellationToken ct)
    {
        if (!Asks().IsMatch(question.Text)) return null;
        LeadId? lead = Reference().Match(question.Text) is { Success: true } named && LeadId.TryParse(named.Value, null, out var id)
            ? id : null;
        if (lead is null && PersonName.In(question.Text) is { } name) lead = (await leads.FindAsync(name, 1, ct)).FirstOrDefault()?.Id;
        return lead is { } known && await office.ScoreAsync(known, ct) is { } fact ? new LookedUp(fact.Text, Label, [fact.Record]) : null;
    }

    [GeneratedRegex(@"\bscore[ds]?\b|درجة|نقاط", RegexOptions.IgnoreCase)]
    private static partial Regex Asks();

    [GeneratedRegex(@"\blead_\d+\b", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}

/// <summary>"What is prop_5 worth?", or the same about the property that a chat is about.</summary>
internal sealed partial class ValueLookup(OfficeRecords office) : ILookup
{
    private const string Label = "Estimated from comparable sales";

    public async Task<LookedUp?> TryAsync(Question question, CancellationToken ct)
    {
        if (!Asks().IsMatch(question.Text)) return null;
        var property = Reference().Match(question.Text) is { Success: true } named && PropertyId.TryParse(named.Value, null, out var id)
            ? id : question.Property?.Id;
        return property is { } known && await office.ValueAsync(known, ct) is { } fact
            ? new LookedUp(fact.Text, Label, [fact.Record]) : null;
    }

    [GeneratedRegex(@"\b(worth|valu(e|ed|ation)|estimate[ds]?|sell for|fetch|comparables?)\b|قيمة|تساوي|يساوي", RegexOptions.IgnoreCase)]
    private static partial Regex Asks();

    [GeneratedRegex(@"\bprop_\d+\b", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}

/// <summary>"Describe prop_5", or the property that a chat is about.</summary>
internal sealed partial class PropertyLookup(OfficeRecords office) : ILookup
{
    private const string Label = "From the property's record";

    public async Task<LookedUp?> TryAsync(Question question, CancellationToken ct)
    {
        if (!Asks().IsMatch(question.Text)) return null;
        var property = Reference().Match(question.Text) is { Success: true } named && PropertyId.TryParse(named.Value, null, out var id)
            ? id : question.Property?.Id;
        return property is { } known && await office.PropertyAsync(known, ct) is { } fact
            ? new LookedUp(fact.Text, Label, [fact.Record]) : null;
    }

    [GeneratedRegex(@"\b(describe|description|facts|details|tell me about|know about)\b|صف|وصف|تفاصيل", RegexOptions.IgnoreCase)]
    private static partial Regex Asks();

    [GeneratedRegex(@"\bprop_\d+\b", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}

/// <summary>"What are median prices in Dubai Marina?"</summary>
internal sealed partial class PlaceLookup(OfficeRecords office) : ILookup
{
    private const string Label = "From registered sales";

    public async Task<LookedUp?> TryAsync(Question question, CancellationToken ct) =>
        Asks().Match(question.Text) is { Success: true } asks && await office.PlaceAsync(asks.Groups["place"].Value.Trim(), ct) is { } fact
            ? new LookedUp(fact.Text, Label, [fact.Record]) : null;

    [GeneratedRegex(
        @"\b(?:(?:median|average|mean|typical|usual)\s+(?:sales?\s+)?prices?|prices?\s+per\s+sq|prices|market|price trend)\b"
            + @"[^?.]*?\b(?:in|of|for)\s+(?:the\s+)?(?<place>\p{Lu}[\p{L}\d' -]*?)"
            + @"(?=\s+(?:now|today|like|doing|developing|this|going)\b|[?.,!]|$)")]
    private static partial Regex Asks();
}

/// <summary>"How do I reach Fatima Zanzibari?", "Who is Omar Said?"</summary>
internal sealed partial class PeopleLookup(OfficeRecords office) : ILookup
{
    private const string Label = "From the office's clients and leads";

    public async Task<LookedUp?> TryAsync(Question question, CancellationToken ct)
    {
        if (!Asks().IsMatch(question.Text) || PersonName.In(question.Text) is not { } name) return null;
        var facts = await office.PeopleAsync(name, ct);
        // Nobody of that name: perhaps a document knows.
        return facts.Count == 0 ? null
            : new LookedUp(string.Join('\n', facts.Select(f => $"- {f.Text}")), Label, [.. facts.Select(f => f.Record).Distinct()]);
    }

    [GeneratedRegex(
        @"\b(who is|who's|reach|contact|call|phone|number|e-?mail|address|"
            + @"history|budget|status|tell me about|know about|deals? (of|with)|client|lead)\b|من هو|من هي|هاتف|رقم",
        RegexOptions.IgnoreCase)]
    private static partial Regex Asks();
}

/// <summary>The name in a question: the last two words or more that begin with a capital.</summary>
internal static partial class PersonName
{
    public static string? In(string question) => Name().Matches(question) is { Count: > 0 } names ? names[^1].Value : null;

    [GeneratedRegex(@"\p{Lu}[\p{L}'’-]+(?:\s+(?:al|bin|bint|de|van|von|el)?[\s-]?\p{Lu}[\p{L}'’-]+)+")]
    private static partial Regex Name();
}
