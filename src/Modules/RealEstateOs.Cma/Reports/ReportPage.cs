using RealEstateOs.Platform.Rendering;
using static RealEstateOs.Cma.Reports.ReportWriter;

namespace RealEstateOs.Cma.Reports;

/// <summary>The page of a report: what its PDF is printed from.</summary>
internal static class ReportPage
{
    public static string Of(ReportDocument d, ReportPictures pictures)
    {
        var w = ReportWords.Of(d.Language);
        return Html.Of($"""
            <!doctype html><html lang="{d.Language}" dir="{(w.IsArabic ? "rtl" : "ltr")}"><head><meta charset="utf-8"><title>{d.Title}: {d.Subject?.Address ?? d.Brand.Organization}</title>
            <style>{ReportStyle.Sheet}{BrandColours.Of(d.Brand.PrimaryColor, d.Brand.SecondaryColor)}</style></head>
            <body>{Cover(d, w, pictures)}{Sections(d, w)}</body></html>
            """).ToString();
    }

    /// <summary>Runs below every page of the PDF.</summary>
    public static string Footer(ReportDocument d)
    {
        var w = ReportWords.Of(d.Language);
        return Html.Of($"""<div dir="{(w.IsArabic ? "rtl" : "ltr")}" style="font:9px 'Noto Sans','DejaVu Sans',sans-serif;color:#64748b;width:100%;padding:0 14mm;display:flex;justify-content:space-between"><span>{d.Brand.Organization} · {d.Title}</span><span>{(d.MarketData == "sample" ? w["sample"].Split(':')[0] : "")}</span><span>{w["page"]} <span class="pageNumber"></span></span></div>""").ToString();
    }

    private static Html Cover(ReportDocument d, ReportWords w, ReportPictures pictures)
    {
        var s = d.Subject;
        List<(string Name, string Value)> facts = s is null ? [] : [(w["property_type"], w.Type(s.PropertyType)),
            (w["state"], s.OffPlan ? w["off_plan"] : w["ready"]), (w["area_sqft"], Amount((decimal)s.AreaSqft))];
        if (s?.Bedrooms is not null) facts.Insert(2, (w["bedrooms"], Bedrooms(s.Bedrooms, w)));
        if (s?.Bathrooms is { } baths) facts.Insert(facts.Count - 1, (w["bathrooms"], $"{baths:0.#}"));
        return Html.Of($"""
            <section class="cover">{(pictures.Cover is { } photo ? Html.Of($"""<div class="photo"><img src="{photo}" alt=""></div>""") : Html.Empty)}<header><div class="brand">{(pictures.Logo is { } logo ? Html.Of($"""<img src="{logo}" alt="">""") : Html.Empty)}<span>{d.Brand.Organization}</span></div><div class="kind">{d.Title}</div></header>
            <div class="middle"><h1>{s?.Address ?? d.Title}</h1><p class="place">{(s?.Neighborhood is { } area && s.Address.Contains(area, StringComparison.OrdinalIgnoreCase) ? "" : s?.Neighborhood)}</p>
            <dl class="facts">{facts.Select(f => Html.Of($"<div><dt>{f.Name}</dt><dd>{f.Value}</dd></div>"))}</dl>
            {(d.Valuation is { } v ? Html.Of($"""<div class="price"><span>{w["recommended"]}</span><strong>{M(v.EstimatedValue, d)}</strong><span>{Span(v.ValueRange.Low, v.ValueRange.High, d)}</span></div>""") : Html.Empty)}</div>
            <footer><div><b>{w["prepared_by"]}</b><br>{d.Brand.AgentName ?? d.Brand.Organization}{Line(d.Brand.AgentName is null ? null : d.Brand.Organization)}{Line(d.Brand.AgentPhone)}{Line(d.Brand.AgentEmail)}{Line(d.Brand.Orn is { } orn ? $"ORN {orn}" : null)}{Line(d.Brand.Address)}</div>
            <div><b>{w["effective"]}</b><br><bdi>{w.Day(d.EffectiveDate)}</bdi><br><b>{w["data_until"]}</b><br><bdi>{w.Day(d.DataUntil)}</bdi></div></footer>
            {(d.MarketData == "sample" ? Html.Of($"""<p class="sample">{w["sample"]}</p>""") : Html.Empty)}</section>
            """);
    }

    private static Html Sections(ReportDocument d, ReportWords w) =>
        Html.Join([Summary(d, w), Comparables(d, w), Map(d, w), Market(d, w), Pricing(d, w), .. d.Tables.Select(Table), Closing(d, w)]);

    private static Html Summary(ReportDocument d, ReportWords w) => d.Valuation is not { } v ? Html.Empty : Html.Of($"""
        <section><h2>{w["summary"]}</h2>
        <div class="cards"><div class="card main"><span>{w["recommended"]}</span><strong>{M(v.EstimatedValue, d)}</strong></div>
        <div class="card"><span>{w["per_sqft"]}</span><strong>{M(v.PricePerSqft, d)}</strong></div>
        <div class="card"><span>{w["confidence"]}</span><strong>{w.Class(v.ConfidenceClass)}</strong></div>
        <div class="card"><span>{w["market_status"]}</span><strong>{w.Status(v.MarketStatus)}</strong></div></div>
        <h3>{w["range"]}</h3>{ReportCharts.Range(v.ValueRange.Low, v.EstimatedValue, v.ValueRange.High, x => Money(x, d.Currency), w.IsArabic)}
        <p>{w.Say("confidence_text", Percent(v.ConfidenceLevel), Amount(v.ConfidenceCases))}</p>
        {(v.Rental is { } r ? Html.Of($"""<div class="cards"><div class="card"><span>{w["rent"]}</span><strong>{M(r.AnnualRent, d)}</strong><small>{Span(r.Range.Low, r.Range.High, d)}</small></div><div class="card"><span>{w["yield"]}</span><strong><bdi>{(r.GrossYield is { } y ? Percent(y) : "–")}</bdi></strong><small>{w.Say("rent_basis", Amount(r.Contracts))}</small></div></div>""") : Html.Empty)}
        {(d.Explanation.Count > 1 ? Html.Of($"""<h3>{w["how"]}</h3>{ReportCharts.Waterfall([.. d.Explanation.Where((e, i) => i == 0 || e.Amount != 0).Select(e => (e.Name, e.Amount))], w["estimate"], Amount, w.IsArabic)}""") : Html.Empty)}
        {List(w["notes"], d.Notes)}</section>
        """);

    private static Html Comparables(ReportDocument d, ReportWords w)
    {
        if (d.ComparableSummary is not { } sum) return Html.Empty;
        var rows = d.Comparables.Select((c, i) => Html.Of($"""
            <tr><td class="n">{i + 1}</td><td>{c.Project ?? c.Area}<small>{w["match." + c.Match]}</small></td><td><bdi>{w.Day(c.SoldOn)}</bdi></td><td class="n">{Bedrooms(c.Bedrooms, w)}</td><td class="n">{Amount(c.AreaSqft)}</td>
            <td class="n">{Amount(c.Price)}<small>{Amount(c.PricePerSqft)}</small></td><td>{c.Adjustments.Select(a => Html.Of($"""<div class="adjust"><span>{w.Adjustment(a.Name)}</span><bdi>{Signed(a.Amount)}</bdi></div>"""))}</td><td class="n"><b>{Amount(c.AdjustedPrice)}</b></td><td class="n"><bdi>{Percent(c.Similarity)}</bdi></td></tr>
            """));
        var v = d.Valuation!;
        return Html.Of($"""
            <section><h2>{w["comparables"]}</h2><p>{w.Say("comparables_text", sum.Count, Money(sum.MedianAdjustedPrice, d.Currency))}</p>
            <table><thead><tr><th class="n">#</th><th>{w["project"]}</th><th>{w["sold"]}</th><th class="n">{w["beds"]}</th><th class="n">{w["area_sqft"]}</th><th class="n">{w["price"]} ({d.Currency})<small>{w["per_sqft"]}</small></th><th>{w["adjustments"]}</th><th class="n">{w["adjusted"]}</th><th class="n">{w["likeness"]}</th></tr></thead><tbody>{rows}</tbody></table>
            <figure><h3>{w["adjusted_chart"]}</h3>{ReportCharts.Dots([.. d.Comparables.Select(c => c.AdjustedPrice)], Amount, (v.ValueRange.Low, v.EstimatedValue, v.ValueRange.High), w.IsArabic)}</figure></section>
            <section class="flow"><figure><h3>{w["sqft_chart"]}</h3>{ReportCharts.Bars([.. d.Comparables.Select(c => c.PricePerSqft)], Amount, w.IsArabic)}</figure></section>
            """);
    }

    private static Html Map(ReportDocument d, ReportWords w)
    {
        var placed = d.Comparables.Select((c, i) => (Label: $"{i + 1}", c.Latitude, c.Longitude)).Where(
            c => c.Latitude is not null && c.Longitude is not null).Select(c => (c.Label, c.Latitude!.Value, c.Longitude!.Value)).ToList();
        if (placed.Count < 2) return Html.Empty;
        (double, double)? home = d.Subject is { Latitude: { } latitude, Longitude: { } longitude } ? (latitude, longitude) : null;
        return Html.Of($"""<section class="next"><figure><h2>{w["location"]}</h2><p>{w.Say("location_text", d.MapRingKm)} {w[home is null ? "location_unknown" : "location_known"]}</p>{ReportCharts.Map(placed, home, d.MapRingKm ?? 1)}</figure></section>""");
    }

    private static Html Market(ReportDocument d, ReportWords w)
    {
        if (d.MarketTrends is not { } m) return Html.Empty;
        var trend = m.PriceTrend is { } t
            ? Html.Of($"""<strong><bdi>{Percent(t.PerMonth)}</bdi></strong><small>{w.Say("trend_interval", Percent(t.Low), Percent(t.High))}</small>""") : Html.Of($"<strong>–</strong>");
        var ahead = d.Forecast?.Months ?? [];
        var forecast = d.Forecast is { } f
            ? Html.Of($"""<table><thead><tr><th>{w["month"]}</th><th class="n">{w["forecast"]} ({d.Currency})</th><th class="n">{w["low"]}</th><th class="n">{w["high"]}</th></tr></thead><tbody>{f.Months.Select(x => Html.Of($"""<tr><td>{w.Month(x.Month)}</td><td class="n">{Amount(x.PricePerSqft)}</td><td class="n">{Amount(x.Low)}</td><td class="n">{Amount(x.High)}</td></tr>"""))}</tbody></table><p class="small">{w.Say("forecast_text", f.Backtests, Percent(f.BacktestMedianError), Percent(f.NoChangeMedianError))}</p>""")
            : Html.Of($"""<p class="small">{w["no_forecast"]}</p>""");
        var alike = d.ComparableNeighborhoods.Count == 0 ? Html.Empty
            : Html.Of($"""<figure><h3>{w["alike"]}</h3><table><thead><tr><th></th><th class="n">{w["median_sqft"]} ({d.Currency})</th><th class="n">{w["off_plan_share"]}</th><th class="n">{w["sales"]}</th></tr></thead><tbody>{d.ComparableNeighborhoods.Select(a => Html.Of($"""<tr><td>{a.Area}</td><td class="n">{Amount(a.MedianPricePerSqft)}</td><td class="n"><bdi>{Percent(a.OffPlanShare)}</bdi></td><td class="n">{Amount(a.Sales)}</td></tr>"""))}</tbody></table></figure>""");
        var charts = !d.IncludeCharts ? Html.Empty : Html.Of($"""
            <figure><h3>{w["price_chart"]}</h3>{ReportCharts.Trend([.. m.Months.Where(x => ahead.Count == 0 || x.Month < ahead[0].Month).Select(x => (w.Month(x.Month), x.MedianPricePerSqft))], [.. ahead.Select(x => (w.Month(x.Month), x.PricePerSqft, x.Low, x.High))], Amount, w.IsArabic)}</figure>
            <figure><h3>{w["sales_chart"]}</h3>{ReportCharts.Months([.. m.Months.Select(x => (w.Month(x.Month), x.Sales))], w.IsArabic)}</figure>
            """);
        return Html.Of($"""
            <section><h2>{w["market"]}</h2><p>{w.Say("market_text", Amount(m.Sales), m.Location ?? w["whole_market"], m.Months.Count, w.Type(d.Subject?.PropertyType).ToLowerInvariant(), w.Day(m.DataUntil))}</p>
            <div class="cards"><div class="card"><span>{w["median_price"]}</span><strong>{(m.MedianPrice is { } p ? M(p, d) : Html.Text("–"))}</strong></div><div class="card"><span>{w["median_sqft"]}</span><strong>{(m.MedianPricePerSqft is { } q ? M(q, d) : Html.Text("–"))}</strong></div>
            <div class="card"><span>{w["off_plan_share"]}</span><strong><bdi>{(m.OffPlanShare is { } o ? Percent(o) : "–")}</bdi></strong></div><div class="card"><span>{w["trend"]}</span>{trend}</div></div>
            {charts}<figure><h3>{w["forecast"]}</h3>{forecast}</figure>{alike}</section>
            """);
    }

    private static Html Pricing(ReportDocument d, ReportWords w) => d.PricingRecommendation is not { } p ? Html.Empty : Html.Of($"""
        <section class="{(d.ComparableNeighborhoods.Count > 0 ? "next" : "own")}"><h2>{w["pricing"]}</h2><table class="roomy"><thead><tr><th>{w["strategy"]}</th><th class="n">{w["asking"]} ({d.Currency})</th><th class="n">{w["per_sqft"]}</th><th class="n">{w["against"]}</th></tr></thead>
        <tbody>{p.Strategies.Select(s => Html.Of($"""<tr><td><b>{s.Name}</b><small>{s.Description}</small></td><td class="n big">{Amount(s.AskingPrice)}</td><td class="n">{Amount(s.PricePerSqft)}</td><td class="n"><bdi>{SignedPercent(s.AgainstEstimate)}</bdi></td></tr>"""))}</tbody></table>
        <p class="small">{p.Rule} {p.Note}</p>{List(w["marketing"], d.MarketingStrategy)}</section>
        """);

    private static Html Table(FigureTable t) => Html.Of($"""
        <section class="next"><figure><h2>{t.Title}</h2><table><thead><tr>{t.Columns.Select((c, i) => Html.Of($"""<th class="{(i == 0 ? "" : "n")}">{c}</th>"""))}</tr></thead><tbody>{t.Rows.Select(r => Html.Of($"""<tr>{r.Select((c, i) => Html.Of($"""<td class="{(i == 0 ? "" : "n")}"><bdi>{c}</bdi></td>"""))}</tr>"""))}</tbody></table>{(t.Note is null ? Html.Empty : Html.Of($"""<p class="small">{t.Note}</p>"""))}</figure></section>
        """);

    private static Html Closing(ReportDocument d, ReportWords w) =>
        Html.Of($"""<section class="next fine">{(d.Valuation is null ? List(w["notes"], d.Notes) : Html.Empty)}{List(w["method"], d.Method)}{List(w["disclaimer"], d.Disclaimers)}</section>""");

    private static Html List(string title, IReadOnlyList<string> lines) =>
        lines.Count == 0 ? Html.Empty
            : Html.Of($"<div class=\"list\"><h3>{title}</h3><ul>{lines.Select(l => Html.Of($"<li>{l}</li>"))}</ul></div>");

    private static Html M(decimal value, ReportDocument d) => Html.Of($"""<bdi class="money">{Money(value, d.Currency)}</bdi>""");

    // A range runs from left to right, low before high, in a page of either direction.
    private static Html Span(decimal low, decimal high, ReportDocument d) =>
        Html.Of($"""<bdi dir="ltr" class="money">{Money(low, d.Currency)} – {Money(high, d.Currency)}</bdi>""");

    private static Html Line(string? text) => text is null ? Html.Empty : Html.Of($"<br><bdi>{text}</bdi>");

    private static string Bedrooms(int? count, ReportWords w) => count switch { null => "–", 0 => w["studio"], { } n => $"{n}" };

    private static string Signed(decimal value) => (value >= 0 ? "+" : "−") + Amount(Math.Abs(value));

    private static string SignedPercent(double share) => share == 0 ? Percent(0) : (share > 0 ? "+" : "−") + Percent(Math.Abs(share));
}
