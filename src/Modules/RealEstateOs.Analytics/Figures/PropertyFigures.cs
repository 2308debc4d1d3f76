using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Analytics.Figures;

/// <summary>Properties that came in during the period, of all time without one.</summary>
public sealed record PropertyFiguresResponse : FigureResponse
{
    /// <summary>Properties that came in within the days.</summary>
    public required long TotalProperties { get; init; }
    /// <summary>Available, pending or under contract.</summary>
    public required long ActiveListings { get; init; }
    /// <summary>By type; <c>unknown</c> where none was given.</summary>
    public required IReadOnlyDictionary<string, long> ByType { get; init; }
    /// <summary>Properties by their status now; what does not occur is left out.</summary>
    public required IReadOnlyDictionary<string, long> ByStatus { get; init; }
    /// <summary>The asking prices added up.</summary>
    public required decimal TotalValue { get; init; }
    /// <summary>Mean asking price of those that have one.</summary>
    public required decimal? AveragePrice { get; init; }
    /// <summary>The asking prices by currency.</summary>
    public required IReadOnlyDictionary<string, decimal> ByCurrency { get; init; }
    /// <summary>Mean days from the property's entry to the closing of its won deal, of deals closed in the period.</summary>
    public required decimal? AverageDaysOnMarket { get; init; }
    /// <summary>By the month in which they came in, the oldest first.</summary>
    public required IReadOnlyList<MonthlyCount> ByMonth { get; init; }

    internal override IEnumerable<(string Name, decimal? Value)> Main() =>
    [
        ("total_properties", TotalProperties), ("active_listings", ActiveListings), ("total_value", TotalValue),
        ("average_price", AveragePrice),
        ("average_days_on_market", AverageDaysOnMarket),
    ];
}

/// <param name="Month">Its first day.</param>
/// <param name="Count">How many came in.</param>
public sealed record MonthlyCount(DateOnly Month, long Count);

internal sealed class PropertyFigures(FactReader facts, WonDeals sold, CurrentUser user)
{
    public static readonly string[] Active = [Word(PropertyStatus.Available), Word(PropertyStatus.Pending),
        Word(PropertyStatus.UnderContract)];

    public async Task<PropertyFiguresResponse> CountAsync(FigureContext context, CancellationToken ct)
    {
        var whose = context.Of(user, MayRead.Properties);
        var cells = await facts.ReadAsync(Fact.Properties, context.Span, whose, Cut.First | Cut.Second | Cut.Third | Cut.Month, ct,
            context.Zone);
        var here = cells.Where(c => c.Third == context.Currency).Add(c => c.A);
        var days = user.May(MayRead.Deals) ? await sold.DaysOnMarketAsync(context.Span, context.Of(user, MayRead.Deals), ct) : null;
        return new()
        {
            Period = context.Shown, Currency = context.Currency, AsOf = context.Now, TotalProperties = cells.Sum(c => c.Count),
            ActiveListings = cells.Count(Active),
            ByType = cells.By(c => c.Second), ByStatus = cells.By(c => c.First, Vocabulary.WordsOf(typeof(PropertyStatus))),
            TotalValue = here.Sum,
            AveragePrice = here.Mean.Round(2), ByCurrency = cells.ByCurrency(context.Currency, c => c.A), AverageDaysOnMarket = days,
            ByMonth = Months(cells, context),
            Notes = [.. Left.Out(cells, context, "properties", c => c.A), .. days is null
                ? ["No deal was won in the period: average_days_on_market is null."] : Array.Empty<string>()],
        };
    }

    /// <summary>A count for each month of the period; of all time, for each that had one.</summary>
    internal static IReadOnlyList<MonthlyCount> Months(IEnumerable<Cell> cells, FigureContext context)
    {
        var counts = cells.GroupBy(c => c.Bucket!.Value).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
        return [.. (context.Span?.Months() ?? counts.Keys.Order()).Select(month => new MonthlyCount(month,
            counts.GetValueOrDefault(month)))];
    }

    private static string Word(PropertyStatus status) => Vocabulary.Word(status);
}

/// <summary>The permissions of other modules whose records are counted here.</summary>
internal static class MayRead
{
    public const string Properties = "properties:read", Leads = "leads:read", Deals = "deals:read", Campaigns = "campaigns:read",
        Marketing = "marketing:read",
        Social = "social:read", Workflows = "workflows:read", Assistant = "assistant:use", AssistantUsage = "assistant:usage",
        Transactions = "transactions:read", Clients = "clients:read", Communications = "communications:read", Market = "cma:read";
}

/// <summary>Says what an amount leaves out.</summary>
internal static class Left
{
    public static IEnumerable<string> Out(IEnumerable<Cell> cells, FigureContext context, string noun, Func<Cell, Measure> amount)
    {
        var elsewhere = cells.Where(c => c.Third != context.Currency && amount(c).Known > 0).Sum(c => c.Count);
        if (elsewhere > 0)
            yield return $"{elsewhere} of the {noun} are not in {context.Currency}: they are counted, "
                + "but their amounts stand in by_currency alone.";
    }
}
