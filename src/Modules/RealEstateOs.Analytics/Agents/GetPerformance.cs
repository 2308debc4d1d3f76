using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Agents;

/// <summary>An agent's figures and how they stand in the brokerage, as AURA's example shows them.</summary>
public sealed record PerformanceResponse
{
    /// <summary>The person's own figures of the span.</summary>
    public required AgentPerformance AgentPerformance { get; init; }
    /// <summary>Against all active people of the organization.</summary>
    public required MarketComparison? MarketComparison { get; init; }
    public required Trending Trending { get; init; }
    /// <summary>The organization's; amounts in others are left out, and a note counts them.</summary>
    public required string Currency { get; init; }
    /// <summary>What the figures leave out and why some are null, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <param name="GrossCommission">The person's shares of value × rate; null where no deal carries a rate.</param>
/// <param name="DaysOnMarketAvg">From a property's entry to the closing of its won deal.</param>
/// <param name="ConversionRate">won ÷ (won + lost), 0 to 1.</param>
/// <param name="ListingsTaken">Properties assigned to the person that came in.</param>
/// <param name="PropertiesSold">Deals won.</param>
/// <param name="AverageListPrice">Mean asking price of the homes that the won deals are about; null without prices.</param>
/// <param name="AverageSalePrice">Mean value of the deals won; null without any.</param>
public sealed record AgentPerformance(int ListingsTaken, int PropertiesSold, decimal? GrossCommission, decimal? AverageListPrice,
    decimal? AverageSalePrice, double? DaysOnMarketAvg, double? ConversionRate);

/// <param name="RankInBrokerage">By deals won, then volume; null for who won none.</param>
/// <param name="PerformancePercentile">The share of the others who won fewer.</param>
/// <param name="AreasOfStrength">Figures at least a tenth better than the colleagues' mean.</param>
/// <param name="ImprovementOpportunities">Figures at least a tenth worse.</param>
/// <param name="TotalAgents">Active people of the organization, with the person.</param>
/// <param name="Rule">How rank and averages are made.</param>
public sealed record MarketComparison(int? RankInBrokerage, int TotalAgents, double? PerformancePercentile,
    IReadOnlyList<string> AreasOfStrength, IReadOnlyList<string> ImprovementOpportunities, string Rule);

/// <summary>
/// <c>up_18_percent</c>, <c>down_5_percent</c>, <c>unchanged</c>; null where the span before had nothing to compare with.
/// </summary>
/// <param name="Listings">Listings taken, against the span before.</param>
/// <param name="Sales">Deals won, against the span before.</param>
/// <param name="Commission">The person's commissions, against the span before.</param>
public sealed record Trending(string? Listings, string? Sales, string? Commission);

internal static class GetPerformance
{
    private const string Rule =
        "Rank by deals won in the span, then by their volume, among all active users; the percentile is the share of the others who won "
        + "fewer. A strength (or an opportunity) is a figure at least a tenth "
        + "better (or worse) than the mean of the colleagues who have one. Who won none has neither.";

    /// <summary>What an agent listed, sold and earned in a span. Beside it stand the colleagues and the span before.</summary>
    /// <param name="period">A span such as 30d, 90d, 12m or ytd; default 90d.</param>
    /// <param name="includeComparisons">Whether to compare with colleagues; default true. The trend against the span before is always
    /// there.</param>
    public static async Task<Results<Ok<PerformanceResponse>, NotFound>> Handle(
        UserId id, string? period, [FromQuery(Name = "include_comparisons")] bool? includeComparisons, CurrentUser user,
        OfficeFigures figures, IOrganizationDirectory organizations, TimeProvider clock, CancellationToken ct)
    {
        var office = await organizations.DefaultsAsync(ct);
        var (span, currency) = (Period.Read(period ?? "90d", clock.Now(), TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone)),
            office.Currency);
        if (!await Colleagues.SeesAsync(id, user, organizations, ct)) return TypedResults.NotFound();
        var everybody = (await organizations.ActiveUsersAsync(ct)).Append(id).Distinct().ToArray();
        var now = await figures.AgentsAsync(includeComparisons == false ? [id] : everybody, span, currency, ct);
        var before = (await figures.AgentsAsync([id], span.Before, currency, ct))[0];
        var agent = now.First(a => a.User == id);
        return TypedResults.Ok(new PerformanceResponse
        {
            AgentPerformance = new(agent.ListingsTaken, agent.Won, agent.Commission, agent.AverageListPrice, agent.AverageSalePrice,
                agent.DaysOnMarket, agent.Conversion),
            MarketComparison = includeComparisons == false ? null : Compare(agent, now),
            Trending = new(Change(agent.ListingsTaken, before.ListingsTaken), Change(agent.Won, before.Won),
                Change(agent.Commission, before.Commission)),
            Currency = currency,
            Notes =
            [
                "Amounts count deals won in the organization's currency; days_on_market_avg runs from the property's entry here to the "
                    + "deal's closing.",
                .. OfficeFigures.Notes(agent, currency),
                .. agent.CommissionsUnknown > 0
                    ? [$"{agent.CommissionsUnknown} of the deals won carry no commission rate: "
                        + "gross_commission is without them, null where none carries one."] : Array.Empty<string>(),
                .. before.ListingsTaken == 0 || before.Won == 0 || before.Commission is null or 0 || agent.Commission is null
                    ? ["A trend is null where the span before had nothing to compare with."] : Array.Empty<string>(),
            ],
        });
    }

    internal static MarketComparison Compare(AgentResults agent, IReadOnlyList<AgentResults> all)
    {
        var anybody = all.Any(a => a.Won > 0);
        var others = all.Where(a => a.User != agent.User).ToArray();
        int? rank = anybody && agent.Won > 0 ? 1 + others.Count(o => o.Won > agent.Won || (o.Won == agent.Won && o.Volume > agent.Volume))
            : null;
        double? percentile = rank is null || others.Length == 0 ? null
            : Math.Round((double)others.Count(o => o.Won < agent.Won) / others.Length, 4);
        List<string> strong = [], weak = [];
        void Judge(string name, Func<AgentResults, double?> figure, bool moreIsBetter)
        {
            if (figure(agent) is not { } own || others.Select(figure).OfType<double>().DefaultIfEmpty(double.NaN).Average() is var mean
                && (double.IsNaN(mean) || mean == 0)) return;
            var better = moreIsBetter ? own / mean - 1 : 1 - own / mean;
            if (better >= 0.1) strong.Add(name);
            else if (better <= -0.1) weak.Add(name);
        }
        Judge("conversion_rate", a => a.Conversion, true);
        Judge("deal_volume", a => a.Won > a.WonElsewhere ? (double)a.Volume : null, true);
        Judge("time_to_close", a => a.DaysToClose, false);
        Judge("listings", a => a.ListingsTaken, true);
        Judge("response_time", a => a.FirstResponseMinutes, false);
        return new(rank, all.Count, percentile, strong, weak, Rule);
    }

    internal static string? Change(decimal? now, decimal? before)
    {
        if (now is not { } today || before is not { } then || then == 0) return null;
        var percent = (int)Math.Round((today / then - 1) * 100);
        return percent switch { 0 => "unchanged", > 0 => $"up_{percent}_percent", _ => $"down_{-percent}_percent" };
    }
}
