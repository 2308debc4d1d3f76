using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.Cma.Analytics;

/// <summary>A person's figures beside the market's, as AURA's example shows them.</summary>
public sealed record DashboardResponse
{
    public required PerformanceOverview PerformanceOverview { get; init; }
    public required DashboardMarket MarketInsights { get; init; }
    public required PersonalMetrics PersonalMetrics { get; init; }
    public required string Currency { get; init; }
    public required string MarketData { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
}

public sealed record PerformanceOverview(int TotalListings, int ActiveListings, int ClosedDeals, decimal TotalVolume, double? AverageDaysToClose, double? ConversionRate);

public sealed record DashboardMarket(IReadOnlyList<string> HotNeighborhoods, IReadOnlyDictionary<string, PriceTrendOf> PriceTrends, string? InventoryStatus, string HotRule, string TrendRule);

/// <summary>up, stable or down, and what the trend of the last twelve months adds up to over a year.</summary>
public sealed record PriceTrendOf(string Trend, double? ChangePercent);

public sealed record PersonalMetrics(int ListingsThisMonth, int ShowingsScheduled, int LeadsGenerated, int FollowUpsDue);

internal static class GetDashboard
{
    /// <summary>What a person did in a span, what is due, and where the market stands.</summary>
    /// <param name="user_id">Whose figures; default one's own.</param>
    /// <param name="period">A span such as 7d, 30d, 90d, 12m or ytd; default 30d.</param>
    public static async Task<Results<Ok<DashboardResponse>, NotFound>> Handle(
        [FromQuery(Name = "user_id")] UserId? user_id, string? period, CurrentUser user, MarketHouse house, OfficeFigures figures, IOrganizationDirectory organizations, TimeProvider clock, CancellationToken ct)
    {
        var office = await organizations.DefaultsAsync(ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone);
        var span = Period.Read(period, clock.Now(), zone);
        var who = user_id ?? user.Id;
        if (!await Colleagues.SeesAsync(who, user, organizations, ct)) return TypedResults.NotFound();
        var agent = (await figures.AgentsAsync([who], span, office.Currency, ct))[0];
        var personal = await figures.PersonalAsync(who, span, zone, ct);
        var market = await house.GetAsync(null, ct);
        return TypedResults.Ok(new DashboardResponse
        {
            PerformanceOverview = new(agent.ListingsTotal, agent.ListingsActive, agent.Won, agent.Volume, agent.DaysToClose, agent.Conversion),
            MarketInsights = new([.. market.Hot.Take(5).Select(h => h.Area)], Trends(market), null, AreaRanking.HotRule, MarketStatistics.StatusRule),
            PersonalMetrics = new(personal.ListingsThisMonth, personal.ShowingsScheduled, personal.LeadsGenerated, personal.FollowUpsDue),
            Currency = office.Currency, MarketData = market.Label,
            Notes =
            [
                "inventory_status is null: a registry of sales records no listings.", "total_volume counts deals won in the organization's currency.",
                .. OfficeFigures.Notes(agent, office.Currency),
            ],
        });
    }

    private static Dictionary<string, PriceTrendOf> Trends(LoadedMarket market)
    {
        PriceTrendOf Of(PropertyKind kind)
        {
            var snapshot = market.Snapshot(null, [kind], 12);
            var trend = snapshot.Status switch { MarketStatus.Rising => "up", MarketStatus.Falling => "down", MarketStatus.Stable => "stable", _ => "too_few_sales" };
            return new(trend, snapshot.Trend is { } line ? Math.Round(Math.Pow(1 + line.PerMonth, 12) - 1, 4) : null);
        }
        var kinds = market.Code == "dubai" ? new[] { ("apartments", PropertyKind.Flat), ("villas", PropertyKind.Villa) } : [("houses", PropertyKind.House)];
        return kinds.ToDictionary(k => k.Item1, k => Of(k.Item2));
    }
}

internal static class Colleagues
{
    /// <summary>What an agent's figures are counted from: who sees a colleague's may read all of it.</summary>
    private static readonly string[] Counted = [CmaPermissions.Read, "deals:read", "leads:read", "properties:read"];

    /// <summary>Is it a person of this organization whose figures the user may see? One's own always.</summary>
    public static async Task<bool> SeesAsync(UserId who, CurrentUser user, IOrganizationDirectory organizations, CancellationToken ct) =>
        (who == user.Id || Counted.All(permission => user.ReachOf(permission) == Reach.All)) && (await organizations.PeopleAsync([who], ct)).ContainsKey(who);
}
