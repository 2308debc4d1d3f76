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
    public required PerformanceOverview PerformanceOverview { get; init; }
    /// <summary>null to whom the permission <c>cma:read</c> is missing.</summary>
    public required DashboardMarket? MarketInsights { get; init; }
    public required PersonalMetrics PersonalMetrics { get; init; }
    public required string Currency { get; init; }
    public required string? MarketData { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <param name="TotalVolume">Value of the deals won, in the organization's currency.</param>
/// <param name="AverageDaysToClose">From the deal's entry to its closing.</param>
/// <param name="ConversionRate">won ÷ (won + lost), 0 to 1.</param>
public sealed record PerformanceOverview(
    int TotalListings, int ActiveListings, int ClosedDeals, decimal TotalVolume, double? AverageDaysToClose, double? ConversionRate);

public sealed record DashboardMarket(
    IReadOnlyList<string> HotNeighborhoods, IReadOnlyDictionary<string, MarketPriceTrend> PriceTrends, string? InventoryStatus,
    string HotRule, string TrendRule);

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
