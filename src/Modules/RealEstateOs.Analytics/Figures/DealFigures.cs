using System.Globalization;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Analytics.Figures;

/// <summary>Deals that were added during the period, of all time without one; won and lost ones by the day they closed.</summary>
public sealed record DealFiguresResponse : FigureResponse
{
    /// <summary>Deals that were added within the days.</summary>
    public required long TotalDeals { get; init; }
    /// <summary>Their values in <c>currency</c>, added up.</summary>
    public required decimal TotalValue { get; init; }
    /// <summary>Mean value of those in <c>currency</c>; null without any.</summary>
    public required decimal? AverageValue { get; init; }
    /// <summary>Deals by the stage that they stand on now.</summary>
    public required IReadOnlyDictionary<string, long> ByStage { get; init; }
    /// <summary>Deals by type; what does not occur is left out.</summary>
    public required IReadOnlyDictionary<string, long> ByType { get; init; }
    /// <summary>Value in each currency: they are never added.</summary>
    public required IReadOnlyDictionary<string, decimal> ByCurrency { get; init; }
    /// <summary>Closed as won in the period.</summary>
    public required long WonDeals { get; init; }
    /// <summary>Deals that closed as lost within the days.</summary>
    public required long LostDeals { get; init; }
    /// <summary>won / (won + lost); null where nothing closed.</summary>
    public required decimal? WinRate { get; init; }
    /// <summary>Values of the won deals in <c>currency</c>.</summary>
    public required decimal WonValue { get; init; }
    /// <summary>From entry to closing, of deals won in the period.</summary>
    public required decimal? AverageDaysToClose { get; init; }
    /// <summary>How long deals stood on each stage that they left in the period.</summary>
    public required IReadOnlyList<StageDuration> StageDurations { get; init; }
    /// <summary>What open deals are worth by how likely they are to be won, as it stands now, whatever the period.</summary>
    public required DealForecast Forecast { get; init; }

    internal override IEnumerable<(string Name, decimal? Value)> Main() =>
    [
        ("total_deals", TotalDeals), ("total_value", TotalValue), ("won_deals", WonDeals), ("lost_deals", LostDeals),
        ("win_rate", WinRate), ("won_value", WonValue),
        ("average_days_to_close", AverageDaysToClose),
    ];
}

/// <param name="Moves">How often a deal left it.</param>
/// <param name="AverageDays">Spent on it, of those that left.</param>
/// <param name="Stage">A stage of the pipeline, such as negotiation.</param>
public sealed record StageDuration(string Stage, long Moves, decimal? AverageDays);

/// <param name="ExpectedValue">The sum of value × probability of the open deals.</param>
/// <param name="ExpectedCommission">The sum of value × commission rate × probability of those with a rate.</param>
/// <param name="ByMonth">By the month of the expected closing; the null month has none.</param>
/// <param name="OpenDeals">Deals that are neither won nor lost now.</param>
/// <param name="OpenValue">Their values in the organization's currency, added up.</param>
public sealed record DealForecast(long OpenDeals, decimal OpenValue, decimal ExpectedValue, decimal ExpectedCommission,
    IReadOnlyList<ForecastMonth> ByMonth);

/// <param name="Month">Its first day; null for deals without an expected closing.</param>
/// <param name="Deals">Open deals that are expected to close in it.</param>
/// <param name="ExpectedValue">The sum of value × probability.</param>
/// <param name="ExpectedCommission">The sum of value × commission rate × probability.</param>
public sealed record ForecastMonth(DateOnly? Month, long Deals, decimal ExpectedValue, decimal ExpectedCommission);

internal sealed class DealFigures(FactReader facts, CurrentUser user)
{
    private static readonly string[] OpenStages = [.. Enum.GetValues<DealStage>()
        .Where(s => s is not (DealStage.ClosedWon or DealStage.ClosedLost)).Select(Vocabulary.Word)];

    public async Task<DealFiguresResponse> CountAsync(FigureContext context, CancellationToken ct)
    {
        var whose = context.Of(user, MayRead.Deals);
        var cells = await facts.ReadAsync(Fact.Deals, context.Span, whose, Cut.First | Cut.Second | Cut.Third, ct);
        var closed = await facts.ReadAsync(Fact.Closed, context.Span, whose, Cut.First | Cut.Third, ct);
        var (here, won) = (cells.Where(c => c.Third == context.Currency).Add(c => c.A),
            closed.Where(c => c.First == "closed_won").ToArray());
        var (wins, losses) = (won.Sum(c => c.Count), closed.Count("closed_lost"));
        return new()
        {
            Period = context.Shown, Currency = context.Currency, AsOf = context.Now, TotalDeals = cells.Sum(c => c.Count),
            TotalValue = here.Sum, AverageValue = here.Mean.Round(2),
            ByStage = cells.By(c => c.First, Vocabulary.WordsOf(typeof(DealStage))),
            ByType = cells.By(c => c.Second, Vocabulary.WordsOf(typeof(DealType))),
            ByCurrency = cells.ByCurrency(context.Currency, c => c.A), WonDeals = wins, LostDeals = losses,
            WinRate = Numbers.Rate(wins, wins + losses),
            WonValue = won.Where(c => c.Third == context.Currency).Add(c => c.A).Sum, AverageDaysToClose = won.Add(c => c.C).Days(),
            StageDurations = await StagesAsync(context, whose, ct), Forecast = await ForecastAsync(context, whose, ct),
            Notes = [.. Left.Out(cells, context, "deals", c => c.A), .. wins + losses == 0
                ? ["No deal was won or lost in the period: win_rate is null."] : Array.Empty<string>()],
        };
    }

    private async Task<IReadOnlyList<StageDuration>> StagesAsync(FigureContext context, Whose whose, CancellationToken ct)
    {
        var left = await facts.ReadAsync(Fact.StageMoves, context.Span, whose, Cut.First, ct);
        return [.. OpenStages.Select(stage =>
        {
            var moves = left.Where(c => c.First == stage).ToArray();
            return new StageDuration(stage, moves.Sum(c => c.Count), moves.Add(c => c.A).Days());
        })];
    }

    public async Task<DealForecast> ForecastAsync(FigureContext context, Whose whose, CancellationToken ct)
    {
        var open = await facts.ReadAsync(Fact.Open, null, whose, Cut.First | Cut.Third, ct);
        var here = open.Where(c => c.Third == context.Currency).OrderBy(c => c.First is null).ThenBy(c => c.First, StringComparer.Ordinal)
            .ToArray();
        return new(open.Sum(c => c.Count), here.Add(c => c.A).Sum, Math.Round(here.Add(c => c.B).Sum, 2),
            Math.Round(here.Add(c => c.C).Sum, 2),
            [.. here.Select(c => new ForecastMonth(c.First is null ? null : DateOnly.Parse(c.First, CultureInfo.InvariantCulture), c.Count,
                Math.Round(c.B.Sum, 2), Math.Round(c.C.Sum, 2)))]);
    }
}
