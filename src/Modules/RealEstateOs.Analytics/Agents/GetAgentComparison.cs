using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Analytics.Agents;

/// <summary>A person's figures of the running quarter against colleagues, as AURA's example shows them.</summary>
public sealed record AgentComparisonResponse
{
    /// <summary>The person's own figures of this quarter.</summary>
    public required AgentMetrics AgentMetrics { get; init; }
    /// <summary>Against the active people of the person's team, or of the brokerage where that is asked for; null with
    /// <c>include_team_comparison=false</c>.</summary>
    public required TeamComparison? TeamComparison { get; init; }
    /// <summary>Against all active people; null with include_team_comparison=false.</summary>
    public required BrokerageComparison? BrokerageComparison { get; init; }
    public required MarketBenchmarks? MarketBenchmarks { get; init; }
    /// <summary>Advice as sentences; empty where no figure is a tenth worse than the colleagues'.</summary>
    public required IReadOnlyList<string> ImprovementRecommendations { get; init; }
    /// <summary>The same with the rule and the measured gap behind each.</summary>
    public required IReadOnlyList<Recommendation> RecommendationDetails { get; init; }
    public required SpanResponse Period { get; init; }
    /// <summary>The organization's; amounts in others are left out, and a note counts them.</summary>
    public required string Currency { get; init; }
    /// <summary>What the figures leave out and why some are null, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <param name="ClientSatisfaction">From recorded feedback; null, as none is recorded.</param>
/// <param name="ListingsThisQuarter">Properties assigned to the person that came in.</param>
/// <param name="SalesThisQuarter">Deals won.</param>
/// <param name="CommissionThisQuarter">The person's shares of the commissions; null where no deal carries a rate.</param>
/// <param name="ConversionRate">won ÷ (won + lost), 0 to 1; null where none closed.</param>
/// <param name="AvgDaysOnMarket">From a property's entry to the closing of its won deal; null without one.</param>
public sealed record AgentMetrics(
    int ListingsThisQuarter, int SalesThisQuarter, decimal? CommissionThisQuarter, double? ConversionRate, double? AvgDaysOnMarket,
    decimal? ClientSatisfaction);

/// <param name="Percentile">The share of the others who won fewer deals.</param>
/// <param name="AboveTeamAverage">Figures at least a tenth better than the mean of the others who have one.</param>
/// <param name="Rank">By deals won, then volume; null for who won none.</param>
/// <param name="TotalTeamMembers">Active people of the team, with the person.</param>
/// <param name="BelowTeamAverage">Figures at least a tenth worse than the mean of the others who have one.</param>
/// <param name="Rule">How rank and averages are made.</param>
public sealed record TeamComparison(
    int? Rank, int TotalTeamMembers, double? Percentile, IReadOnlyList<string> AboveTeamAverage, IReadOnlyList<string> BelowTeamAverage,
    string Rule);

/// <param name="Rank">By deals won, then volume; null for who won none.</param>
/// <param name="TotalAgents">Active people of the organization, with the person.</param>
/// <param name="Percentile">The share of the others who won fewer deals; null for who won none.</param>
public sealed record BrokerageComparison(int? Rank, int TotalAgents, double? Percentile);

/// <summary>A registry of sales knows no agents and no listings: what others convert, and how long they take, nobody publishes.</summary>
/// <param name="MarketAvgConversion">Always null: nobody publishes it.</param>
/// <param name="MarketAvgDaysOnMarket">Always null: nobody publishes it.</param>
/// <param name="PerformanceVsMarket">Its members are null, as nothing can be compared.</param>
public sealed record MarketBenchmarks(double? MarketAvgConversion, double? MarketAvgDaysOnMarket, PerformanceVsMarket PerformanceVsMarket);

/// <param name="ConversionRate">Always null: there is nothing to compare with.</param>
/// <param name="DaysOnMarket">Always null: there is nothing to compare with.</param>
/// <param name="OverallPerformance">Always null: there is nothing to compare with.</param>
public sealed record PerformanceVsMarket(string? ConversionRate, string? DaysOnMarket, string? OverallPerformance);

internal static class GetAgentComparison
{
    /// <summary>
    /// What a person listed, sold and earned in this quarter. How that stands in the team and in the brokerage, and what to do about the
    /// gaps.
    /// </summary>
    /// <param name="id">Whose figures.</param>
    /// <param name="includeTeamComparison">Default true.</param>
    /// <param name="includeMarketBenchmarks">Default true.</param>
    public static async Task<Results<Ok<AgentComparisonResponse>, NotFound>> Handle(
        UserId id, [FromQuery(Name = "include_team_comparison")] bool? includeTeamComparison,
        [FromQuery(Name = "include_market_benchmarks")] bool? includeMarketBenchmarks,
        CurrentUser user, FigureDesk desk, OfficeFigures figures, Teams teams, IOrganizationDirectory organizations, CancellationToken ct)
    {
        if (!await Colleagues.SeesAsync(id, user, organizations, ct)) return TypedResults.NotFound();
        var context = (await desk.OpenAsync(new FigureQuery(), null, ct))!;
        var span = Goals.Goal.SpanOf(Goals.GoalPeriod.Quarter, context.Today, context.Zone);
        var everybody = (await organizations.ActiveUsersAsync(ct)).Append(id).Distinct().ToArray();
        var all = await figures.AgentsAsync(everybody, span.Moments, context.Currency, ct);
        var agent = all.First(a => a.User == id);
        var mates = await teams.MatesAsync(id, ct);
        var team = all.Where(a => a.User == id || mates.Contains(a.User)).ToArray();
        var (inTeam, inOffice) = (GetPerformance.Compare(agent, team), GetPerformance.Compare(agent, all));
        var advice = Recommendations.Of(agent, team.Length > 1 ? team : all);
        return TypedResults.Ok(new AgentComparisonResponse
        {
            AgentMetrics = new(agent.ListingsTaken, agent.Won, agent.Commission, agent.Conversion, agent.DaysOnMarket, null),
            TeamComparison = includeTeamComparison == false ? null
                : new(inTeam.RankInBrokerage, inTeam.TotalAgents, inTeam.PerformancePercentile, inTeam.AreasOfStrength,
                    inTeam.ImprovementOpportunities, inTeam.Rule),
            BrokerageComparison = includeTeamComparison == false ? null : new(inOffice.RankInBrokerage, inOffice.TotalAgents,
                inOffice.PerformancePercentile),
            MarketBenchmarks = includeMarketBenchmarks == false ? null : new(null, null, new(null, null, null)),
            ImprovementRecommendations = [.. advice.Select(a => a.Text)], RecommendationDetails = advice,
            Period = new(span.From, span.To, span.Zone.Id), Currency = context.Currency,
            Notes =
            [
                "client_satisfaction is null: no feedback of clients is recorded.",
                "market_benchmarks are null: a registry of sales knows neither agents nor listings, "
                    + "so nobody can say what others convert or how long they take. See /analytics/benchmarks.",
                .. OfficeFigures.Notes(agent, context.Currency),
            ],
        });
    }
}
