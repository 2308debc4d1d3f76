using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Analytics.Reports;

/// <summary>The figures that a report may be made of; each is defined in docs/metrics.md.</summary>
internal sealed class MetricCatalogue(
    FactReader facts, WonDeals sold, LeadFigures leads, DealFigures deals, RevenueFigures revenue, IMarketOverview markets,
    CurrentUser user)
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["listings_taken"] = "count", ["properties_sold"] = "count", ["deals_lost"] = "count", ["gross_commission"] = "currency",
        ["sales_volume"] = "currency",
        ["average_sale_price"] = "currency", ["conversion_rate"] = "fraction", ["market_share"] = "fraction",
        ["average_days_to_close"] = "days",
        ["average_days_on_market"] = "days", ["total_leads"] = "count", ["lead_conversion_rate"] = "fraction",
        ["response_rate"] = "fraction",
        ["average_response_minutes"] = "minutes", ["total_deals"] = "count", ["total_revenue"] = "currency",
        ["total_expenses"] = "currency", ["net_revenue"] = "currency",
    };

    public static IReadOnlyCollection<string> Names => Units.Keys;

    public static string UnitOf(string metric) => Units[metric];

    /// <summary>What of a report's figures the user lacks a permission for.</summary>
    public static IEnumerable<string> Needed(IEnumerable<string> metrics) => metrics.Select(m => m switch
    {
        "listings_taken" => MayRead.Properties,
        "total_leads" or "lead_conversion_rate" or "response_rate" or "average_response_minutes" => MayRead.Leads,
        _ => MayRead.Deals,
    }).Distinct();

    /// <summary>The values by name; null where nothing was measured.</summary>
    public async Task<IReadOnlyDictionary<string, decimal?>> ReadAsync(IReadOnlyCollection<string> metrics, FigureContext context,
        CancellationToken ct)
    {
        var found = new Dictionary<string, decimal?>(StringComparer.Ordinal);
        bool Asked(params IEnumerable<string> names) => names.Any(metrics.Contains);
        if (Asked("listings_taken"))
            found["listings_taken"] = (await facts.ReadAsync(Fact.Properties, context.Span, context.Of(user, MayRead.Properties), Cut.None,
                ct)).Sum(c => c.Count);
        if (Asked("total_leads", "lead_conversion_rate", "response_rate", "average_response_minutes"))
        {
            var l = await leads.CountAsync(context, ct);
            (found["total_leads"], found["lead_conversion_rate"]) = (l.TotalLeads, l.ConversionRate);
            (found["response_rate"], found["average_response_minutes"]) = (l.ResponseTime.ResponseRate, l.ResponseTime.AverageMinutes);
        }
        var d = await deals.CountAsync(context, ct);
        (found["total_deals"], found["properties_sold"], found["deals_lost"], found["conversion_rate"]) = (d.TotalDeals, d.WonDeals,
            d.LostDeals, d.WinRate);
        (found["sales_volume"], found["average_days_to_close"]) = (d.WonValue, d.AverageDaysToClose);
        if (Asked("gross_commission", "average_sale_price"))
        {
            var won = (await facts.ReadAsync(Fact.Closed, context.Span, context.Of(user, MayRead.Deals), Cut.First | Cut.Third,
                ct)).Where(c => c.First == "closed_won" && c.Third == context.Currency).ToArray();
            (found["gross_commission"], found["average_sale_price"]) = (won.Add(c => c.B).Sum, won.Add(c => c.A).Mean.Round(2));
        }
        if (Asked("average_days_on_market")) found["average_days_on_market"] = await sold.DaysOnMarketAsync(context.Span,
            context.Of(user, MayRead.Deals), ct);
        if (Asked("total_revenue", "total_expenses", "net_revenue"))
        {
            var r = await revenue.CountAsync(context, ct);
            (found["total_revenue"], found["total_expenses"], found["net_revenue"]) = (r.TotalRevenue, r.TotalExpenses, r.NetRevenue);
        }
        if (Asked("market_share"))
            found["market_share"] = await markets.SalesAsync(context.Span!.Value.From, context.Span.Value.To, ct) is > 0 and var sales
                ? Math.Round((decimal)d.WonDeals / sales, 6) : null;
        return found.Where(f => metrics.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value);
    }
}
