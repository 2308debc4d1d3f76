using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Analytics.Dashboards;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Analytics.Agents;

/// <summary>How the office, or one person, performed.</summary>
public sealed record OfficePerformanceResponse : FigureResponse
{
    /// <summary>Converted leads as a fraction of those that came in.</summary>
    public required decimal? LeadConversionRate { get; init; }
    /// <summary>won / (won + lost) deals.</summary>
    public required decimal? WinRate { get; init; }
    /// <summary>Leads that got a response as a fraction of those that came in.</summary>
    public required decimal? ResponseRate { get; init; }
    /// <summary>From entry to the first response, of the leads that got one.</summary>
    public required decimal? AverageResponseMinutes { get; init; }
    /// <summary>From a deal's entry to its closing, mean of the won deals.</summary>
    public required decimal? AverageDaysToClose { get; init; }
    /// <summary>From a property's entry to the closing of its won deal, mean.</summary>
    public required decimal? AverageDaysOnMarket { get; init; }
    /// <summary>Deals that closed as won within the days.</summary>
    public required long DealsWon { get; init; }
    /// <summary>Values of the won deals in <c>currency</c>.</summary>
    public required decimal TotalVolume { get; init; }
    /// <summary>value × rate of the won deals that carry one, before it is split.</summary>
    public required decimal GrossCommission { get; init; }
    /// <summary>Work done, by type.</summary>
    public required IReadOnlyDictionary<string, long> Activities { get; init; }
    /// <summary>null to whom the permission <c>workflows:read</c> is missing.</summary>
    public required WorkflowFigures? Workflows { get; init; }
    /// <summary>Everybody who works here, the most deals first; null to whom colleagues' figures are closed.</summary>
    public required IReadOnlyList<RankedAgent>? Agents { get; init; }

    internal override IEnumerable<(string Name, decimal? Value)> Main() =>
    [
        ("lead_conversion_rate", LeadConversionRate), ("win_rate", WinRate), ("response_rate", ResponseRate),
        ("average_response_minutes", AverageResponseMinutes),
        ("deals_won", DealsWon), ("total_volume", TotalVolume), ("gross_commission", GrossCommission),
    ];
}

/// <param name="Percentile">The share of the others who won fewer.</param>
/// <param name="Rank">By deals won, then volume; who won none has none.</param>
/// <param name="Volume">Value of the deals won, in the organization's currency.</param>
/// <param name="WinRate">won ÷ (won + lost), 0 to 1.</param>
/// <param name="GrossCommission">The person's shares; null where no deal carries a rate.</param>
/// <param name="FirstResponseMinutes">Mean, of the leads that got a response.</param>
/// <param name="Name">Full name.</param>
/// <param name="DealsWon">Deals that closed as won within the days.</param>
/// <param name="ListingsTaken">Properties assigned to the person that came in within the days.</param>
public sealed record RankedAgent(
    UserId UserId, string Name, int? Rank, double? Percentile, int DealsWon, decimal Volume, decimal? GrossCommission, double? WinRate,
    int ListingsTaken, double? FirstResponseMinutes);

internal sealed class OfficePerformance(
    FactReader facts, WonDeals sold, ActivityFigures activities, AutomationFigures automation, PeopleResults results,
    IOrganizationDirectory organizations, CurrentUser user)
{
    public async Task<OfficePerformanceResponse> CountAsync(FigureContext context, CancellationToken ct)
    {
        var deals = context.Of(user, MayRead.Deals);
        var leads = await facts.ReadAsync(Fact.Leads, context.Span, context.Of(user, MayRead.Leads), Cut.First, ct);
        var closed = await facts.ReadAsync(Fact.Closed, context.Span, deals, Cut.First | Cut.Third, ct);
        var won = closed.Where(c => c.First == "closed_won").ToArray();
        var here = won.Where(c => c.Third == context.Currency).ToArray();
        var (total, wins, responses) = (leads.Sum(c => c.Count), won.Sum(c => c.Count),
            LeadFigures.Responses(leads, leads.Sum(c => c.Count)));
        return new()
        {
            Period = context.Shown, Currency = context.Currency, AsOf = context.Now,
            LeadConversionRate = Numbers.Rate(leads.Count("converted"), total),
            WinRate = Numbers.Rate(wins, closed.Sum(c => c.Count)), ResponseRate = responses.ResponseRate,
            AverageResponseMinutes = responses.AverageMinutes,
            AverageDaysToClose = won.Add(c => c.C).Days(), AverageDaysOnMarket = await sold.DaysOnMarketAsync(context.Span, deals, ct),
            DealsWon = wins,
            TotalVolume = here.Add(c => c.A).Sum, GrossCommission = here.Add(c => c.B).Sum,
            Activities = await activities.DoneAsync(context, ct), Workflows = await automation.WorkflowsAsync(context, ct),
            Agents = context.Asked.Person is null && Colleagues.MayLookAt(user) ? await RankAsync(context, ct) : null,
            Notes = [.. Left.Out(won, context, "won deals", c => c.A), .. total == 0
                ? ["No lead came in during the period: lead_conversion_rate and response_rate are null."] : Array.Empty<string>()],
        };
    }

    private async Task<IReadOnlyList<RankedAgent>> RankAsync(FigureContext context, CancellationToken ct)
    {
        var ids = await organizations.ActiveUsersAsync(ct);
        var people = await organizations.PeopleAsync(ids, ct);
        var all = await results.OfAsync(ids, context.Span!.Value, context.Currency, ct);
        return [.. all.OrderByDescending(a => a.Won).ThenByDescending(a => a.Volume).ThenBy(a => a.User.Value).Select(a =>
        {
            var stands = GetPerformance.Compare(a, all);
            return new RankedAgent(
                a.User, people[a.User].FullName, stands.RankInBrokerage, stands.PerformancePercentile, a.Won, a.Volume, a.Commission,
                a.Conversion, a.ListingsTaken, a.FirstResponseMinutes);
        })];
    }
}

/// <summary>The office beside its market and beside itself.</summary>
public sealed record BenchmarksResponse
{
    public required SpanResponse Period { get; init; }
    /// <summary>Mean and middle of the office's people; null under five of them, so that nobody's figures show through.</summary>
    public required OfficeBenchmark? Office { get; init; }
    /// <summary>What the registered sales say; null to whom <c>cma:read</c> is missing.</summary>
    public required MarketOverview? Market { get; init; }
    public required OfficePerformanceResponse Own { get; init; }
    /// <summary>What the figures leave out and why some are null, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <param name="MedianDealsWon">Of all people who work here, also those who won none.</param>
/// <param name="Agents">People who were compared.</param>
/// <param name="MeanDealsWon">Deals won within the days ÷ people.</param>
/// <param name="MeanWinRate">Mean over the people with closed deals, 0 to 1; null without any.</param>
/// <param name="MeanFirstResponseMinutes">Mean over the people who answered leads; null without any.</param>
public sealed record OfficeBenchmark(int Agents, double MeanDealsWon, double MedianDealsWon, double? MeanWinRate,
    double? MeanFirstResponseMinutes);

internal static class PerformanceEndpoints
{
    private const int LeastAgents = 5;

    /// <summary>Conversion, win and response rates, times, volume and commission. With everybody's rank; default the last 30
    /// days.</summary>
    public static Task<Results<Ok<OfficePerformanceResponse>, NotFound>> Handle([AsParameters] FigureQuery query, FigureDesk desk,
        OfficePerformance performance, CancellationToken ct) =>
        FigureEndpoints.AnswerAsync(desk, query, "30d", context => performance.CountAsync(context, ct), ct);

    /// <summary>Own figures beside the office's and the market's; default the last 90 days.</summary>
    public static async Task<Results<Ok<BenchmarksResponse>, NotFound>> Benchmarks(
        [AsParameters] FigureQuery query, FigureDesk desk, OfficePerformance performance, PeopleResults results,
        IOrganizationDirectory organizations, IMarketOverview markets,
        CurrentUser user, CancellationToken ct)
    {
        if (await desk.OpenAsync(query, "90d", ct) is not { } context) return TypedResults.NotFound();
        var ids = await organizations.ActiveUsersAsync(ct);
        var all = ids.Count < LeastAgents ? [] : await results.OfAsync(ids, context.Span!.Value, context.Currency, ct);
        double? Mean(Func<AgentResults, double?> figure) => all.Select(figure).OfType<double>().ToArray() is { Length: > 0 } known
            ? Math.Round(known.Average(), 4) : null;
        var won = all.Select(a => (double)a.Won).Order().ToArray();
        return TypedResults.Ok(new BenchmarksResponse
        {
            Period = context.Shown!, Own = await performance.CountAsync(context, ct), Market = user.May(MayRead.Market)
                ? await markets.ReadAsync(ct) : null,
            Office = won.Length == 0 ? null : new(won.Length, Mean(a => a.Won)!.Value,
                (won[(won.Length - 1) / 2] + won[won.Length / 2]) / 2, Mean(a => a.Conversion), Mean(a => a.FirstResponseMinutes)),
            Notes =
            [
                .. won.Length == 0 ? [$"office is null: under {LeastAgents} people a mean tells one person's figures."]
                    : Array.Empty<string>(),
                "market holds what the registry of sales knows: prices and where demand grows. "
                    + "Nobody publishes what other brokerages convert or how long their listings take.",
            ],
        });
    }
}
