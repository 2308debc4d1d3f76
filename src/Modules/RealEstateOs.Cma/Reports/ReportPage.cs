using RealEstateOs.Platform.Rendering;
using static RealEstateOs.Cma.Reports.ReportWriter;

namespace RealEstateOs.Cma.Reports;

/// <summary>The page of a report: what its PDF is printed from.</summary>
internal static class ReportPage
{
    public static string Of(ReportDocument d, ReportPictures pictures)
    {
        var w = ReportWords.Of(d.Language);
        var foot = PageFoot.Of($"{d.Brand.Organization} · {d.Title}", w["page"], w.IsArabic, withoutFirst: true,
            d.MarketData == "sample" ? w["sample"].Split(':')[0] : null);
        return Html.Of($"""
            <!doctype html><html lang="{d.Language}" dir="{(w.IsArabic ? "rtl" : "ltr")}"><head><meta charset="utf-8">
            <title>{d.Title}: {d.Subject?.Address ?? d.Brand.Organization}</title>
            <style>{ReportStyle.Sheet}{BrandColours.Of(d.Brand.PrimaryColor, d.Brand.SecondaryColor)}{foot}</style></head>
            <body><main>{ReportCover.Of(d, w, pictures)}{Summary(d, w)}{Comparables(d, w)}{Map(d, w)}
            {ReportMarketPage.Of(d, w)}{Pricing(d, w)}{d.Tables.Select(Table)}{Closing(d, w)}</main></body></html>
            """).ToString();
    }

    private static Html Summary(ReportDocument d, ReportWords w)
    {
        if (d.Valuation is not { } v) return Html.Empty;
        string Label(decimal amount) => w.Isolated(w.Money(amount, d.Currency));
        var steps = d.Explanation.Where((e, i) => i == 0 || e.Amount != 0).Select(e => (e.Name, e.Amount)).ToArray();
        return Html.Of($"""
            <section class="summary"><div><h2>{w["summary"]}</h2>
            <div class="cards">{Card(w["recommended"], Money(v.EstimatedValue, d, w), main: true)}
            {Card(w["per_sqft"], Money(v.PricePerSqft, d, w))}{Card(w["confidence"], Html.Text(w.Class(v.ConfidenceClass)))}
            {Card(w["market_status"], Html.Text(w.Status(v.MarketStatus)))}</div></div>
            <div><h3>{w["range"]}</h3>
            {ReportCharts.Range(v.ValueRange.Low, v.EstimatedValue, v.ValueRange.High, Label, w.IsArabic)}
            <p>{w.Say("confidence_text", Percent(v.ConfidenceLevel), Amount(v.ConfidenceCases))}</p></div>
            {(v.Rental is { } r ? Html.Of($"""
                <div class="cards">{Card(w["rent"], Money(r.AnnualRent, d, w), w.Span(r.Range.Low, r.Range.High, d.Currency))}
                {Card(w["yield"], Figure(r.GrossYield is { } y ? Percent(y) : "–"), w.Say("rent_basis", Amount(r.Contracts)))}</div>
                """) : Html.Empty)}
            {(steps.Length > 1 ? Html.Of($"""
                <div><h3>{w["how"]}</h3>{ReportCharts.Steps(steps, w["estimate"], Amount, w.IsArabic)}</div>
                """) : Html.Empty)}
            {List(w["notes"], d.Notes)}</section>
            """);
    }

    private static Html Comparables(ReportDocument d, ReportWords w)
    {
        if (d.ComparableSummary is not { } sum) return Html.Empty;
        var (v, currency) = (d.Valuation!, w.Currency(d.Currency));
        var rows = d.Comparables.Select((c, i) => Html.Of($"""
            <tr><td class="n">{i + 1}</td><td><bdi>{w.Place(c.Project ?? c.Area)}</bdi><small>{Where(c, d, w)}</small></td>
            <td class="day"><bdi>{w.Day(c.SoldOn)}</bdi></td><td class="n">{ReportCover.Bedrooms(c.Bedrooms, w)}</td>
            <td class="n">{Amount(c.AreaSqft)}</td><td class="n">{Amount(c.Price)}<small>{Amount(c.PricePerSqft)}</small></td>
            <td>{c.Adjustments.Select(a => Html.Of($"""
                <div class="adjust"><span>{w.Adjustment(a.Name)}</span><bdi dir="ltr">{Signed(a.Amount)}</bdi></div>
                """))}</td>
            <td class="n"><b>{Amount(c.AdjustedPrice)}</b></td><td class="n"><bdi>{c.Similarity * 100:0.0}&nbsp;%</bdi></td></tr>
            """));
        return Html.Of($"""
            <section><h2>{w["comparables"]}</h2>
            <p>{w.Say("comparables_text", sum.Count, w.Money(sum.MedianAdjustedPrice, d.Currency))}</p>
            <table><thead><tr><th class="n">#</th><th>{w["project"]}</th><th>{w["sold"]}</th><th class="n">{w["beds"]}</th>
            <th class="n">{w["area_sqft"]}</th><th class="n">{w["price"]} ({currency})<small>{w["per_sqft"]}</small></th>
            <th>{w["adjustments"]}</th><th class="n">{w["adjusted"]}</th><th class="n">{w["likeness"]}</th></tr></thead>
            <tbody>{rows}</tbody></table>
            <figure><h3>{w["adjusted_chart"]} ({currency})</h3>{ReportCharts.Dots([.. d.Comparables.Select(c => c.AdjustedPrice)], Amount,
                (v.ValueRange.Low, v.EstimatedValue, v.ValueRange.High), w.IsArabic)}</figure></section>
            """);
    }

    // The name of a project says nothing of where it is, unless it is the subject's own.
    private static string Where(Estimates.ComparableResponse c, ReportDocument d, ReportWords w) =>
        c.Project is null ? w["unnamed"] : c.Match == "project" ? w["match.project"]
        : c.Area == d.Subject?.Neighborhood ? w["match.area"] : w.Place(c.Area);

    private static Html Map(ReportDocument d, ReportWords w)
    {
        var placed = d.Comparables.Select((c, i) => (Label: $"{i + 1}", c.Latitude, c.Longitude))
            .Where(c => c.Latitude is not null && c.Longitude is not null)
            .Select(c => (c.Label, c.Latitude!.Value, c.Longitude!.Value)).ToList();
        if (placed.Count < 2) return Html.Empty;
        (double, double)? home = d.Subject is { Latitude: { } latitude, Longitude: { } longitude } ? (latitude, longitude) : null;
        return Html.Of($"""
            <section class="next"><figure><h2>{w["location"]}</h2>
            <p>{w.Say("location_text", d.MapRingKm)} {w[home is null ? "location_unknown" : "location_known"]}</p>
            {ReportCharts.Map(placed, home, d.MapRingKm ?? 1)}</figure></section>
            """);
    }

    private static Html Pricing(ReportDocument d, ReportWords w)
    {
        if (d.PricingRecommendation is not { } p) return Html.Empty;
        var rows = (p.AskedToday is { } asked ? p.Strategies.Append(asked) : p.Strategies).Select(s => Html.Of($"""
            <tr><td><b>{s.Name}</b><small>{s.Description}</small></td><td class="n big">{Amount(s.AskingPrice)}</td>
            <td class="n">{Amount(s.PricePerSqft)}</td><td class="n">{Figure(SignedPercent(s.AgainstEstimate))}</td></tr>
            """));
        return Html.Of($"""
            <section class="next"><figure><h2>{w["pricing"]}</h2>
            <table class="roomy"><thead><tr><th>{w["strategy"]}</th><th class="n">{w["asking"]} ({w.Currency(d.Currency)})</th>
            <th class="n">{w["per_sqft"]}</th><th class="n">{w["against"]}</th></tr></thead><tbody>{rows}</tbody></table>
            <p class="small">{p.Rule} {p.Note}</p></figure>{List(w["marketing"], d.MarketingStrategy)}</section>
            """);
    }

    private static Html Table(FigureTable t)
    {
        static Html Style(int column) => Html.Of($"{(column == 0 ? "" : "n")}");
        return Html.Of($"""
            <section class="next"><figure><h2>{t.Title}</h2><table>
            <thead><tr>{t.Columns.Select((c, i) => Html.Of($"""<th class="{Style(i)}">{c}</th>"""))}</tr></thead>
            <tbody>{t.Rows.Select(r => Html.Of($"""
                <tr>{r.Select((c, i) => Html.Of($"""<td class="{Style(i)}"><bdi>{c}</bdi></td>"""))}</tr>
                """))}</tbody></table>
            {(t.Note is null ? Html.Empty : Html.Of($"""<p class="small">{t.Note}</p>"""))}</figure></section>
            """);
    }

    private static Html Closing(ReportDocument d, ReportWords w) => Html.Of($"""
        <section class="next fine">{(d.Valuation is null ? List(w["notes"], d.Notes) : Html.Empty)}{List(w["method"], d.Method)}
        {List(w["disclaimer"], d.Disclaimers)}</section>
        """);

    public static Html Card(string title, Html figure, string? small = null, bool main = false) => Html.Of($"""
        <div class="card{(main ? " main" : "")}"><span>{title}</span><strong>{figure}</strong>{(small is null ? Html.Empty
            : Html.Of($"<small>{small}</small>"))}</div>
        """);

    private static Html List(string title, IReadOnlyList<string> lines) => lines.Count == 0 ? Html.Empty
        : Html.Of($"<div class=\"list\"><h3>{title}</h3><ul>{lines.Select(l => Html.Of($"<li>{l}</li>"))}</ul></div>");

    public static Html Money(decimal value, ReportDocument d, ReportWords w) =>
        Html.Of($"""<bdi class="money">{w.Money(value, d.Currency)}</bdi>""");

    /// <summary>A figure reads from left to right in a page of either direction.</summary>
    public static Html Figure(string text) => Html.Of($"""<bdi dir="ltr">{text}</bdi>""");

    private static string Signed(decimal value) => (value >= 0 ? "+" : "−") + Amount(Math.Abs(value));

    public static string SignedPercent(double share) => share >= 0.0005 ? "+" + Percent(share) : Percent(share);
}
