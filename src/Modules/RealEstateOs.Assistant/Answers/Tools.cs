using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RealEstateOs.Assistant.Retrieval;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Assistant.Answers;

/// <summary>
/// Something that the assistant suggests to do, as the request that would do it. Nothing is done until a person sends it, under their own
/// permissions.
/// </summary>
/// <param name="Title">What it would do, for the person who confirms.</param>
/// <param name="Method">POST, PATCH …</param>
/// <param name="Url">Path of the request, such as /api/v1/leads/12/activities.</param>
/// <param name="Body">JSON body of the request.</param>
public sealed record ProposedAction(string Title, string Method, string Url, JsonElement Body);

/// <summary>
/// What a model may use for one answer. All of it looks things up as the asker, through the same readers as any page of theirs; nothing
/// changes anything. What a tool finds becomes a source with a number.
/// </summary>
internal sealed class Tools(OfficeRecords records, Retriever retriever, ILeadReader leads, CurrentUser user, Sources sources)
{
    private const int MostLetters = 6_000, MostListings = 10, MostPassages = 5;

    private readonly List<ProposedAction> actions = [];

    public IReadOnlyList<ProposedAction> Actions => actions;

    /// <summary>Those that the asker has any permission for.</summary>
    public IList<AITool> Offered() =>
    [
        .. Offer("documents:read", SearchDocumentsAsync, "search_documents"),
        .. Offer("properties:read", FindListingsAsync, "find_listings"),
        .. Offer("properties:read", ReadPropertyAsync, "read_property"),
        .. user.May("clients:read") || user.May("leads:read") ? [Tool(FindPeopleAsync, "find_people")] : Array.Empty<AITool>(),
        .. Offer("leads:read", ExplainScoreAsync, "explain_lead_score"),
        .. user.May("properties:read") ? Offer("cma:read", ValueAsync, "value_property") : [],
        .. Offer("cma:read", PlaceAsync, "market_figures"), .. Offer("leads:update", ProposeTaskAsync, "propose_task"),
    ];

    /// <summary>The result as text. A call that arrived in pieces or names what there is not does nothing.</summary>
    public async Task<string> RunAsync(FunctionCallContent call, IList<AITool> offered, CancellationToken ct)
    {
        if (call.Exception is not null || call.Arguments is null) return "The arguments of this call could not be read; nothing was done.";
        if (offered.OfType<AIFunction>().FirstOrDefault(t => t.Name == call.Name) is not { } tool) return "There is no such tool.";
        try
        {
            var result = (await tool.InvokeAsync(new AIFunctionArguments(call.Arguments), ct))?.ToString() ?? "";
            return result.Shortened(MostLetters);
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException or InvalidOperationException
            or FormatException or Problem)
        {
            return $"This call can't be answered: {fault.Message}";
        }
    }

    [Description("Finds passages of the office's documents.")]
    private async Task<string> SearchDocumentsAsync([Description("What to look for, in a few words")] string query, CancellationToken ct)
    {
        var found = await retriever.FindAsync(query, MostPassages, ct);
        return Lines(found.Relevant.Select(
            p => $"[{sources.Add(p)}] {p.Title}{(p.Page is { } page ? $", page {page}" : "")}: {p.Content}"));
    }

    [Description("Finds available listings of the office.")]
    private async Task<string> FindListingsAsync(
        [Description("A city, community or building")] string? place = null,
        [Description("apartment, villa, townhouse, office …")] string? property_type = null,
        int? bedrooms = null, decimal? min_price = null, decimal? max_price = null,
        [Description("sale or rent")] string? purpose = null, CancellationToken ct = default)
    {
        ListingPurpose offered = default;
        if (purpose is { Length: > 0 } && !Vocabulary.TryRead(purpose, out offered))
            return $"purpose {Vocabulary.Explain(typeof(ListingPurpose))}";
        PropertyType type = default;
        if (property_type is { Length: > 0 } && !Vocabulary.TryRead(property_type, out type))
            return $"property_type {Vocabulary.Explain(typeof(PropertyType))}";
        var found = await records.ListingsAsync(new PropertyWish
        {
            Areas = place is { Length: > 0 } ? [place] : [], Types = property_type is { Length: > 0 } ? [type] : [], MinPrice = min_price,
            MaxPrice = max_price, Purpose = purpose is { Length: > 0 } ? offered : null,
            MinBedrooms = bedrooms,
        }, ct);
        var fitting = found.Where(p => bedrooms is null || p.Bedrooms == bedrooms).ToList();
        var count = sources.Add(new RecordFact(
            new RecordLink("listings", "properties", "Available listings", $"{ApiGroup.Root}/properties"),
            $"{fitting.Count} available listings fit."));
        return Lines([$"[{count}] {fitting.Count} available listings fit.",
            .. Numbered(fitting.Take(MostListings).Select(OfficeRecords.Of))]);
    }

    [Description("Says what is recorded of a property.")]
    private async Task<string> ReadPropertyAsync([Description("Reference of the property, such as prop_5")] string property,
        CancellationToken ct) =>
            One(PropertyId.TryParse(property, null, out var id) ? await records.PropertyAsync(id, ct) : null);

    [Description("Finds clients and leads, with deals and history where it is one person.")]
    private async Task<string> FindPeopleAsync([Description("Name, e-mail address or phone number")] string name, CancellationToken ct) =>
        Lines(Numbered(await records.PeopleAsync(name, ct)));

    [Description("Says what the score of a lead is made of.")]
    private async Task<string> ExplainScoreAsync([Description("Reference of the lead, such as lead_5")] string lead,
        CancellationToken ct) =>
            One(LeadId.TryParse(lead, null, out var id) ? await records.ScoreAsync(id, ct) : null);

    [Description("Estimates what a property of the office would sell for, from comparable sales.")]
    private async Task<string> ValueAsync([Description("Reference of the property, such as prop_5")] string property,
        CancellationToken ct) =>
            One(PropertyId.TryParse(property, null, out var id) ? await records.ValueAsync(id, ct) : null);

    [Description("Figures of the registered sales of a place in the last twelve months.")]
    private async Task<string> PlaceAsync([Description("An area or a project")] string place, CancellationToken ct) =>
        One(await records.PlaceAsync(place, ct));

    [Description("Suggests a task about a lead. It is shown to the person who asked, who may confirm it; nothing is done by itself.")]
    private async Task<string> ProposeTaskAsync(
        [Description("Reference of the lead, such as lead_5")] string lead, [Description("What to do, in a line")] string subject,
        [Description("When it is due, ISO 8601 with offset")] string due_at, CancellationToken ct)
    {
        if (!LeadId.TryParse(lead, null, out var id) || !(await leads.SummariesAsync([id], ct)).TryGetValue(id, out var found))
            return "There is no such lead.";
        if (!DateTimeOffset.TryParse(due_at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var due))
            return "due_at is no time.";
        var line = subject.ReplaceLineEndings(" ").Trim();
        var body = new { activity_type = LeadActivityType.Task, subject = line.Shortened(300), description = line,
            scheduled_at = due };
        actions.Add(new ProposedAction(
            $"Task for {found.FullName}, {due:yyyy-MM-dd HH:mm}: {body.subject}", "POST", $"{ApiGroup.Root}/leads/{id.Value}/activities",
            JsonSerializer.SerializeToElement(body, Json.Options)));
        return $"[{sources.Add(OfficeRecords.Of(found))}] The task is suggested to who asked. Say that it waits for their confirmation.";
    }

    private IEnumerable<string> Numbered(IEnumerable<RecordFact> facts) => facts.Select(f => $"[{sources.Add(f)}] {f.Text}");

    private string One(RecordFact? fact) => Lines(Numbered(fact is null ? [] : [fact]));

    private static string Lines(IEnumerable<string> lines) =>
        string.Join('\n', lines.Select(Prompt.Inert)) is { Length: > 0 } text ? text : "Nothing was found.";

    private IEnumerable<AITool> Offer(string permission, Delegate run, string name) => user.May(permission) ? [Tool(run, name)] : [];

    private static AIFunction Tool(Delegate run, string name) =>
        AIFunctionFactory.Create(run, new AIFunctionFactoryOptions { Name = name });
}
