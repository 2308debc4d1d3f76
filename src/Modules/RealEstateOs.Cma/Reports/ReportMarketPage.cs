using RealEstateOs.Cma.Insights;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Valuation.MarketData;
using static RealEstateOs.Cma.Reports.ReportPage;
using static RealEstateOs.Cma.Reports.ReportWriter;

namespace RealEstateOs.Cma.Reports;

/// <summary>What the market does: its figures, its months, what may come, and places like it.</summary>
internal static class ReportMarketPage
{
    public static Html Of(ReportDocument d, ReportWords w)
    {
        if (d.MarketTrends is not { } m) return Html.Empty;
        var (sales, place, months, latest) = (Amount(m.Sales), w.Place(m.Location), m.Months.Count, w.Day(m.DataUntil));
        var kinds = MarketKinds.Of(m);
        var built = kinds?.All(k => k == PropertyKind.Land) == true ? "" : w["built"];
        var about = w.Say("market_text", sales, place, months, w.Kinds(kinds), latest, built);
        var trend = m.PriceTrend is { } t
            ? Card(w["trend"], Figure(SignedPercent(t.PerMonth)), w.Say("trend_interval", SignedPercent(t.Low), SignedPercent(t.High)))
            : Card(w["trend"], Html.Text("–"));
        return Html.Of($"""
            <section{(d.Comparables.Any(c => c.Latitude is not null) ? Html.Of($" class=\"next\"") : Html.Empty)}><h2>{w["market"]}</h2>
            <p>{about}</p>
            <div class="cards">{Card(w["median_price"], m.MedianPrice is { } p ? Money(Thousands(p), d, w) : Html.Text("–"))}
            {Card(w["median_sqft"], m.MedianPricePerSqft is { } q ? Money(q, d, w) : Html.Text("–"))}
            {Card(w["off_plan_share"], Figure(m.OffPlanShare is { } o ? Percent(o) : "–"))}{trend}</div>
            {(d.IncludeCharts ? Charts(d, w) : Html.Empty)}{Forecast(d, w)}{Alike(d, w)}</section>
            """);
    }

    private static Html Charts(ReportDocument d, ReportWords w)
    {
        var (months, ahead) = (d.MarketTrends!.Months, d.Forecast?.Months ?? []);
        var known = months.Where(x => ahead.Count == 0 || x.Month < ahead[0].Month).Select(x => (w.Month(x.Month), x.MedianPricePerSqft));
        return Html.Of($"""
            <figure><h3>{w[ahead.Count > 0 ? "price_chart_ahead" : "price_chart"]} ({w.Currency(d.Currency)})</h3>
            {ReportCharts.Trend([.. known], [.. ahead.Select(x => (w.Month(x.Month), x.PricePerSqft, x.Low, x.High))], Amount,
                w.IsArabic)}</figure>
            <figure><h3>{w["sales_chart"]}</h3>
            {ReportCharts.Months([.. months.Select(x => (w.Month(x.Month), x.Sales))], w.IsArabic)}</figure>
            """);
    }

    private static Html Forecast(ReportDocument d, ReportWords w)
    {
        if (d.Forecast is not { } f) return Html.Of($"""<p class="small">{w["no_forecast"]}</p>""");
        return Html.Of($"""
            <figure><h3>{w["forecast"]}</h3><table><thead><tr><th>{w["month"]}</th>
            <th class="n">{w["forecast"]} ({w.Currency(d.Currency)})</th><th class="n">{w["low"]}</th>
            <th class="n">{w["high"]}</th></tr></thead>
            <tbody>{f.Months.Select(x => Html.Of($"""
                <tr><td>{w.Month(x.Month)}</td><td class="n">{Amount(x.PricePerSqft)}</td><td class="n">{Amount(x.Low)}</td>
                <td class="n">{Amount(x.High)}</td></tr>
                """))}</tbody></table>
            <p class="small">{w.Say("forecast_text", f.Backtests, Percent(f.BacktestMedianError), Percent(f.NoChangeMedianError))}</p>
            </figure>
            """);
    }

    private static Html Alike(ReportDocument d, ReportWords w) => d.ComparableNeighborhoods.Count == 0 ? Html.Empty : Html.Of($"""
        <figure><h3>{w["alike"]}</h3><table><thead><tr><th>{w["neighbourhood"]}</th>
        <th class="n">{w["median_sqft"]} ({w.Currency(d.Currency)})</th>
        <th class="n">{w["off_plan_share"]}</th><th class="n">{w["sales"]}</th></tr></thead>
        <tbody>{d.ComparableNeighborhoods.Select(a => Html.Of($"""
            <tr><td><bdi>{w.Place(a.Area)}</bdi></td><td class="n">{Amount(a.MedianPricePerSqft)}</td>
            <td class="n">{Figure(Percent(a.OffPlanShare))}</td><td class="n">{Amount(a.Sales)}</td></tr>
            """))}</tbody></table></figure>
        """);
}
