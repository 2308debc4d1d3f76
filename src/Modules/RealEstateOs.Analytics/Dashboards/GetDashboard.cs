using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Analytics.Dashboards;

/// <summary>The main figures of everything; a group that a permission is missing for is null, as its totals.</summary>
public sealed record OfficeDashboardResponse : FigureResponse
{
    /// <summary>As properties.total.</summary>
    public required long? TotalProperties { get; init; }
    /// <summary>As leads.total.</summary>
    public required long? TotalLeads { get; init; }
    /// <summary>As deals.total.</summary>
    public required long? TotalDeals { get; init; }
    /// <summary>As campaigns.total.</summary>
    public required long? TotalCampaigns { get; init; }
    /// <summary>As deals.total_value.</summary>
    public required decimal? TotalDealValue { get; init; }
    /// <summary>Properties that came in within the days; null without properties:read.</summary>
    public required PropertyGroup? Properties { get; init; }
    /// <summary>Leads that came in within the days; null without leads:read.</summary>
    public required LeadGroup? Leads { get; init; }
    /// <summary>Deals that were added within the days; null without deals:read.</summary>
    public required DealGroup? Deals { get; init; }
    /// <summary>What was earned and spent within the days; null to whom it is closed.</summary>
    public required RevenueGroup? Revenue { get; init; }
    /// <summary>Campaigns that were added within the days; null without campaigns:read.</summary>
    public required CampaignGroup? Campaigns { get; init; }

    internal override IEnumerable<(string Name, decimal? Value)> Main() =>
    [
        ("total_properties", TotalProperties), ("total_leads", TotalLeads), ("total_deals", TotalDeals),
        ("total_campaigns", TotalCampaigns),
        ("total_deal_value", TotalDealValue), ("total_commissions", Revenue?.TotalCommissions), ("won_deals", Deals?.Won),
    ];
}

/// <param name="TotalValue">Asking prices added up, of those in the organization's currency.</param>
/// <param name="ByCurrency">In each currency: they are never added.</param>
/// <param name="Total">That came in within the days.</param>
/// <param name="Available">Of these, those with this status now.</param>
/// <param name="Pending">Of these, those with this status now.</param>
/// <param name="UnderContract">Of these, those with this status now.</param>
/// <param name="Sold">Of these, those with this status now.</param>
/// <param name="Rented">Of these, those with this status now.</param>
public sealed record PropertyGroup(long Total, long Available, long Pending, long UnderContract, long Sold, long Rented,
    decimal TotalValue, IReadOnlyDictionary<string, decimal> ByCurrency);

/// <param name="Total">That came in.</param>
/// <param name="ConversionRate">Converted ÷ all, 0 to 1.</param>
/// <param name="AverageResponseMinutes">From entry to the first response, of those that got one.</param>
/// <param name="New">Of these, those that nobody has contacted yet.</param>
/// <param name="Qualified">Of these, those with this status now.</param>
/// <param name="Converted">Of these, those that became clients.</param>
public sealed record LeadGroup(long Total, long New, long Qualified, long Converted, decimal? ConversionRate,
    decimal? AverageResponseMinutes);

/// <param name="AverageValue">Of the deals in the organization's currency.</param>
/// <param name="WinRate">won ÷ (won + lost), 0 to 1.</param>
/// <param name="ByCurrency">Value in each currency: they are never added.</param>
/// <param name="Total">That were added within the days.</param>
/// <param name="TotalValue">Their values in the organization's currency, added up.</param>
/// <param name="ByStage">By the stage that they stand on now.</param>
/// <param name="Won">Deals that closed as won within the days.</param>
/// <param name="Lost">Deals that closed as lost within the days.</param>
public sealed record DealGroup(
    long Total, decimal TotalValue, decimal? AverageValue, IReadOnlyDictionary<string, long> ByStage, long Won, long Lost,
    decimal? WinRate, IReadOnlyDictionary<string, decimal> ByCurrency);

/// <param name="TotalCommissions">Of deals won in the period.</param>
/// <param name="ThisMonth">Of deals won since the first of this month.</param>
/// <param name="Expected">Commission of the open deals × their probability.</param>
/// <param name="ByCurrency">In each currency: they are never added.</param>
public sealed record RevenueGroup(decimal TotalCommissions, decimal ThisMonth, decimal Expected, IReadOnlyDictionary<string,
    decimal> ByCurrency);

/// <param name="OpenRate">Opened ÷ sent, 0 to 1.</param>
/// <param name="ClickRate">Clicked ÷ sent, 0 to 1.</param>
/// <param name="Total">That were added within the days.</param>
/// <param name="Sent">Messages of these that left.</param>
public sealed record CampaignGroup(long Total, long Sent, decimal? OpenRate, decimal? ClickRate);

internal sealed class OfficeDashboard(
    FactReader facts, PropertyFigures properties, LeadFigures leads, DealFigures deals, CampaignFigures campaigns, CurrentUser user)
{
    public async Task<OfficeDashboardResponse> CountAsync(FigureContext context, CancellationToken ct)
    {
        var p = user.May(MayRead.Properties) ? await properties.CountAsync(context, ct) : null;
        var l = user.May(MayRead.Leads) ? await leads.CountAsync(context, ct) : null;
        var d = user.May(MayRead.Deals) ? await deals.CountAsync(context, ct) : null;
        var c = user.May(MayRead.Campaigns) ? await campaigns.CountAsync(context, ct) : null;
        return new()
        {
            Period = context.Shown, Currency = context.Currency, AsOf = context.Now, TotalProperties = p?.TotalProperties,
            TotalLeads = l?.TotalLeads, TotalDeals = d?.TotalDeals,
            TotalCampaigns = c?.TotalCampaigns, TotalDealValue = d?.TotalValue,
            Properties = p is null ? null : new(
                p.TotalProperties, p.ByStatus["available"], p.ByStatus["pending"], p.ByStatus["under_contract"], p.ByStatus["sold"],
                p.ByStatus["rented"], p.TotalValue, p.ByCurrency),
            Leads = l is null ? null : new(l.TotalLeads, l.ByStatus["new"], l.ByStatus["qualified"], l.ByStatus["converted"],
                l.ConversionRate, l.ResponseTime.AverageMinutes),
            Deals = d is null ? null : new(d.TotalDeals, d.TotalValue, d.AverageValue, d.ByStage, d.WonDeals, d.LostDeals, d.WinRate,
                d.ByCurrency),
            Revenue = d is null ? null : await RevenueAsync(context, d, ct),
            Campaigns = c is null ? null : new(c.TotalCampaigns, c.TotalSent, c.OpenRate, c.ClickRate),
            Notes = [.. (p?.Notes ?? []).Concat(l?.Notes ?? []).Concat(d?.Notes ?? []), .. Missing()],
        };
    }

    private async Task<RevenueGroup> RevenueAsync(FigureContext context, DealFiguresResponse deals, CancellationToken ct)
    {
        var whose = context.Of(user, MayRead.Deals);
        var won = (await facts.ReadAsync(Fact.Closed, context.Span, whose, Cut.First | Cut.Third, ct)).Where(c =>
            c.First == "closed_won").ToArray();
        var month = (await facts.ReadAsync(Fact.Closed, context.Month, whose, Cut.First | Cut.Third, ct)).Where(c =>
            c.First == "closed_won");
        decimal Here(IEnumerable<Cell> cells) => cells.Where(c => c.Third == context.Currency).Add(c => c.B).Sum;
        return new(Here(won), Here(month), deals.Forecast.ExpectedCommission, won.ByCurrency(context.Currency, c => c.B));
    }

    private IEnumerable<string> Missing() => new[] { MayRead.Properties, MayRead.Leads, MayRead.Deals, MayRead.Campaigns }.Where(p =>
        !user.May(p))
        .Select(p => $"{p.Split(':')[0]} is null: it takes the permission {p}.");
}

internal static class GetDashboard
{
    /// <summary>How many properties, leads, deals and campaigns there are. What they are worth and what was earned.</summary>
    public static Task<Results<Ok<OfficeDashboardResponse>, NotFound>> Handle([AsParameters] FigureQuery query, FigureDesk desk,
        OfficeDashboard dashboard, CancellationToken ct) =>
        FigureEndpoints.AnswerAsync(desk, query, null, context => dashboard.CountAsync(context, ct), ct);

    /// <summary>The key figures of the period; default the last 30 days.</summary>
    public static Task<Results<Ok<OfficeDashboardResponse>, NotFound>> Summary([AsParameters] FigureQuery query, FigureDesk desk,
        OfficeDashboard dashboard, CancellationToken ct) =>
        FigureEndpoints.AnswerAsync(desk, query, "30d", context => dashboard.CountAsync(context, ct), ct);
}
