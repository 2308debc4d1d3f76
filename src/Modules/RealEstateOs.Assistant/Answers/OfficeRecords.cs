using System.Globalization;
using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Assistant.Answers;

/// <summary>A line about a record, and the record.</summary>
internal sealed record RecordFact(RecordLink Record, string Text);

/// <summary>
/// What the office's records say to the asker: through the readers of their modules, which show what the asker may see and nothing else.
/// </summary>
internal sealed class OfficeRecords(IPropertyReader properties, IClientReader clients, ILeadReader leads, IDealReader deals,
    IMarketReader market)
{
    public const int Candidates = 200;
    private const int MostPeople = 5, MostEvents = 8;

    /// <summary>
    /// Available listings that come into question, the newest first. A place named in Arabic is also looked for by its registered name.
    /// </summary>
    public async Task<IReadOnlyList<PropertySummary>> ListingsAsync(PropertyWish wish, CancellationToken ct)
    {
        var areas = wish.Areas.ToList();
        foreach (var place in wish.Areas.Where(a => Languages.Of(a) == Languages.Arabic))
            if (await market.PlaceAsync(place, ct) is { } known) areas.Add(known.Place);
        return await properties.CandidatesAsync(wish with { Areas = areas }, Candidates, ct);
    }

    public static RecordFact Of(PropertySummary p) =>
        new(new RecordLink("property", p.Id.Reference(), p.Address, $"{ApiGroup.Root}/properties/{p.Id.Value}"),
            $"{p.Id.Reference()}: {FactsOf(p)}");

    /// <summary>Null where the asker sees no such property.</summary>
    public async Task<RecordFact?> PropertyAsync(PropertyId id, CancellationToken ct) =>
        (await properties.SummariesAsync([id], ct)).TryGetValue(id, out var property) ? Of(property) : null;

    /// <summary>What a listing says of itself, in a line.</summary>
    public static string FactsOf(PropertySummary p) => Line(
        p.Address, p.Building, p.Community ?? p.City, p.PropertyType is { } type ? Words(type) : null,
        p.Bedrooms is { } beds ? $"{beds} bedroom{(beds == 1 ? "" : "s")}" : null,
        p.SquareFeet is { } area ? string.Create(CultureInfo.InvariantCulture, $"{area:#,0} sq ft") : null,
        p.Price is { } price ? Money(price, p.Currency) + (p.RentPeriod is { } period ? $" a {Words(period)}" : "") : null);

    /// <summary>Clients and leads by name, e-mail or phone; of a single one also deals and history.</summary>
    public async Task<IReadOnlyList<RecordFact>> PeopleAsync(string name, CancellationToken ct)
    {
        var (known, asking) = (await clients.FindAsync(name, MostPeople, ct), await leads.FindAsync(name, MostPeople, ct));
        // A client's lead is the same person.
        var others = asking.Where(l => known.All(c => c.LeadId != l.Id)).ToList();
        List<RecordFact> facts = [.. known.Select(Of), .. others.Select(Of)];
        if (facts.Count != 1) return facts;
        var (client, lead) = (known.Count == 1 ? known[0] : null, others.Count == 1 ? others[0].Id : known[0].LeadId);
        facts.AddRange((await deals.OfPeopleAsync(client is null ? [] : [client.Id], lead is { } id ? [id] : [], ct)).Take(MostPeople)
            .Select(Of));
        var history = client is not null
            ? (await clients.HistoryAsync(client.Id, MostEvents, ct)).Select(e => (e.CreatedAt, e.EventTitle, e.EventDescription))
            : (await leads.HistoryAsync(others[0].Id, MostEvents, ct)).Select(e => (e.CreatedAt, e.EventTitle, e.EventDescription));
        facts.AddRange(history.Select(
            e => new RecordFact(facts[0].Record, Line($"{e.CreatedAt:yyyy-MM-dd}", e.EventTitle, e.EventDescription))));
        return facts;
    }

    /// <summary>What a lead's score is made of; null where the asker sees no such lead.</summary>
    public async Task<RecordFact?> ScoreAsync(LeadId lead, CancellationToken ct)
    {
        if (!(await leads.SummariesAsync([lead], ct)).TryGetValue(lead, out var found) || await leads.ScoreAsync(lead, ct) is not { } score)
            return null;
        var parts = score.Parts.Select(p => $"{p.Factor} {p.Points} of {p.MaxPoints} ({p.Reason})");
        return new RecordFact(LinkOf(found),
            $"{lead.Reference()}: {found.FullName} has a score of {score.Score} of 100: {string.Join("; ", parts)}.");
    }

    /// <summary>What a property is likely to sell for; null where the asker may not see it or its value.</summary>
    public async Task<RecordFact?> ValueAsync(PropertyId property, CancellationToken ct)
    {
        if (await market.ValueAsync(property, ct) is not { } value) return null;
        var home = (await properties.SummariesAsync([property], ct))[property];
        var text = value.Fault ?? $"estimated at {Money(value.Estimate, value.Currency)} "
            + $"({Money(value.Low, value.Currency)} to {Money(value.High, value.Currency)}), from {value.Comparables} comparable sales"
            + (value.MedianComparable is { } median ? $" with a median of {Money(median, value.Currency)}" : "")
            + $", {SourceOf(value.MarketData, value.DataUntil)}; an estimate, not an appraisal.";
        return new RecordFact(Of(home).Record, $"{property.Reference()}, {home.Address}: {text}");
    }

    /// <summary>A year of a place's registered sales; null where none are known, or the asker may not see them.</summary>
    public async Task<RecordFact?> PlaceAsync(string place, CancellationToken ct)
    {
        if (await market.PlaceAsync(place, ct) is not { } figures) return null;
        var link = new RecordLink(
            "market", figures.Place, figures.Place, $"{ApiGroup.Root}/cma/market/snapshot?location={Uri.EscapeDataString(figures.Place)}");
        var prices = Line(
            figures.MedianPrice is { } price ? $"median price {Money(price, figures.Currency)}" : null,
            figures.MedianPricePerSqft is { } sqft ? $"median {Money(sqft, figures.Currency)} per sq ft" : null,
            $"prices {figures.Trend.Replace('_', ' ')}");
        return new RecordFact(link,
            $"{figures.Place}: {figures.Sales} sales in twelve months, {prices}; {SourceOf(figures.MarketData, figures.DataUntil)}.");
    }

    private static string SourceOf(string data, DateOnly until) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{(data == "sample" ? "INVENTED sample sales" : "registered sales")} until {until:yyyy-MM-dd}");

    private static RecordLink LinkOf(LeadSummary l) => new("lead", l.Id.Reference(), l.FullName, $"{ApiGroup.Root}/leads/{l.Id.Value}");

    private static RecordFact Of(ClientSummary c) => new(
        new RecordLink("client", c.Id.Reference(), c.FullName, $"{ApiGroup.Root}/clients/{c.Id.Value}"),
        $"{c.Id.Reference()}: " + Line(
            c.FullName, c.Type is { } type ? Words(type) : "client", c.Email, c.Phone,
            c.LastActivityAt is { } at ? $"last active {at:yyyy-MM-dd}" : null));

    public static RecordFact Of(LeadSummary l) => new(
        LinkOf(l),
        $"{l.Id.Reference()}: " + Line(
            l.FullName, $"lead, {Words(l.Status)}", l.Email, l.Phone, $"score {l.Score}", $"came by {Words(l.Source)}",
            l.Budget is { } budget ? string.Create(CultureInfo.InvariantCulture, $"budget {budget:#,0}") : null));

    private static RecordFact Of(DealSummary d) => new(
        new RecordLink("deal", d.Id.Reference(), d.Id.Reference(), $"{ApiGroup.Root}/deals/{d.Id.Value}"),
        $"{d.Id.Reference()}: " + Line(
            Words(d.DealType), Words(d.Stage), Money(d.Value, d.Currency),
            d.ClosedAt is { } closed ? $"closed {closed:yyyy-MM-dd}" : null));

    private static string Words<T>(T value) where T : struct, Enum => Vocabulary.Word(value).Replace('_', ' ');

    private static string Money(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture, $"{currency} {amount:#,0}");

    private static string Line(params string?[] parts) => string.Join(", ", parts.Where(t => !string.IsNullOrWhiteSpace(t)).Distinct());
}
