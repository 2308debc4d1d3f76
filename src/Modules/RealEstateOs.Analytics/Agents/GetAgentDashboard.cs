using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Agents;

/// <summary>A person's figures beside the market's, as AURA's example shows them.</summary>
public sealed record DashboardResponse
{
    /// <summary>The person's figures of the span.</summary>
    public required PerformanceOverview PerformanceOverview { get; init; }
    /// <summary>null to whom the permission <c>cma:read</c> is missing.</summary>
    public required DashboardMarket? MarketInsights { get; init; }
    /// <summary>What the person has to do.</summary>
    public required PersonalMetrics PersonalMetrics { get; init; }
    /// <summary>The organization's; amounts in others are left out, and a note counts them.</summary>
    public required string Currency { get; init; }
    /// <summary>sample (invented), dld (Dubai Land Department) or imported; null without market_insights.</summary>
    public required string? MarketData { get; init; }
    /// <summary>What the figures leave out and why some are null, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <param name="TotalVolume">Value of the deals won, in the organization's currency.</param>
/// <param name="AverageDaysToClose">From the deal's entry to its closing.</param>
/// <param name="ConversionRate">won ÷ (won + lost), 0 to 1.</param>
/// <param name="TotalListings">Properties assigned to the person, of all time.</param>
/// <param name="ActiveListings">Of these, those available, pending or under contract now.</param>
/// <param name="ClosedDeals">Deals won in the span.</param>
public sealed record PerformanceOverview(
    int TotalListings, int ActiveListings, int ClosedDeals, decimal TotalVolume, double? AverageDaysToClose, double? ConversionRate);

/// <param name="HotNeighborhoods">Up to five areas in demand, the most first.</param>
/// <param name="PriceTrends">Trend of the last twelve months by kind of home.</param>
/// <param name="InventoryStatus">Always null: a registry of sales records no listings.</param>
/// <param name="HotRule">By which rule an area is hot.</param>
/// <param name="TrendRule">By which rule a trend is told.</param>
public sealed record DashboardMarket(
    IReadOnlyList<string> HotNeighborhoods, IReadOnlyDictionary<string, MarketPriceTrend> PriceTrends, string? InventoryStatus,
    string HotRule, string TrendRule);

/// <param name="ListingsThisMonth">Properties assigned to the person that came in since the first of the month.</param>
/// <param name="ShowingsScheduled">Viewings from now on that are neither done nor called off.</param>
/// <param name="LeadsGenerated">Leads assigned to the person that came in during the span.</param>
/// <param name="FollowUpsDue">Planned activities that are due and not done.</param>
public sealed record PersonalMetrics(int ListingsThisMonth, int ShowingsScheduled, int LeadsGenerated, int FollowUpsDue);

internal static class GetAgentDashboard
{
    /// <summary>What a person did in a span, what is due, and where the market stands.</summary>
    /// <param name="user_id">Whose figures; default one's own.</param>
    /// <param name="period">A span such as 7d, 30d, 90d, 12m or ytd; default 30d.</param>
    public static async Task<Results<Ok<DashboardResponse>, NotFound>> Handle(
        [FromQuery(Name = "user_id")] UserId? user_id, string? period, CurrentUser user, IMarketOverview markets, OfficeFigures figures,
        IOrganizationDirectory organizations, TimeProvider clock, CancellationToken ct)
    {
        var office = await organizations.DefaultsAsync(ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone);
        var span = Period.Read(period, clock.Now(), zone);
        var who = user_id ?? user.Id;
        if (!await Colleagues.SeesAsync(who, user, organizations, ct)) return TypedResults.NotFound();
        var agent = (await figures.AgentsAsync([who], span, office.Currency, ct))[0];
        var personal = await figures.PersonalAsync(who, span, zone, ct);
        var market = user.May("cma:read") ? await markets.ReadAsync(ct) : null;
        return TypedResults.Ok(new DashboardResponse
        {
            PerformanceOverview = new(agent.ListingsTotal, agent.ListingsActive, agent.Won, agent.Volume, agent.DaysToClose,
                agent.Conversion),
            MarketInsights = market is null ? null : new([.. market.HotAreas.Take(5)], market.Trends, null, market.HotRule,
                market.TrendRule),
            PersonalMetrics = new(personal.ListingsThisMonth, personal.ShowingsScheduled, personal.LeadsGenerated, personal.FollowUpsDue),
            Currency = office.Currency, MarketData = market?.MarketData,
            Notes =
            [
                market is null ? "market_insights takes the permission cma:read."
                    : "inventory_status is null: a registry of sales records no listings.",
                "total_volume counts deals won in the organization's currency.",
                .. OfficeFigures.Notes(agent, office.Currency),
            ],
        });
    }
}
