using System.Globalization;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Analytics.Reports;

/// <summary>The page of a report of figures: what its PDF is printed from.</summary>
internal sealed class FigurePage(ReportContent content, OrganizationBrand brand)
{
    private const string Sheet =
        """
        @page{size:A4;margin:16mm 14mm 18mm}*{box-sizing:border-box}html{-webkit-print-color-adjust:exact}
        body{font:11px/1.5 'Noto Sans','Noto Naskh Arabic','DejaVu Sans',sans-serif;color:#1c2733;margin:0}
        html[dir=rtl] body{font-family:'Noto Naskh Arabic','Noto Sans Arabic','Noto Sans','DejaVu Sans',sans-serif;font-size:12px}
        header{border-top:1.2mm solid var(--accent);padding-top:5mm}h1{font-size:24px;line-height:1.25;margin:0 0 2mm;color:var(--ink)}
        h2{font-size:15px;margin:9mm 0 3mm;border-bottom:1px solid #d5dde5;padding-bottom:1mm;break-after:avoid;color:var(--ink)}
        .quiet{color:#5b6776}table{width:100%;border-collapse:collapse}
        th{text-align:start;color:#5b6776;font-weight:600;vertical-align:bottom}
        td,th{padding:1.3mm 2mm;border-bottom:1px solid #edf1f5}.number{text-align:end;font-variant-numeric:tabular-nums}
        ul{padding-inline-start:5mm}svg{width:100%;margin-top:3mm}rect{fill:var(--accent)}tr,svg{break-inside:avoid}
        """;

    private readonly FigureWords w = FigureWords.Of(content.Language);

    public string Markup => Html.Of($"""
        <!doctype html><html lang="{w.Language}" dir="{w.Direction}"><head><meta charset="utf-8"><title>{content.Title}</title>
        <style>{Html.Trusted(Sheet)}{BrandColours.Of(brand.PrimaryColor, brand.SecondaryColor)}{Foot}</style></head><body>
        <header><h1><bdi>{content.Title}</bdi></h1><p class="quiet"><bdi>{content.Organization}</bdi> ·
        {w.Say("span", w.Day(content.From), w.Day(content.To))} (<bdi>{content.TimeZone}</bdi>) ·
        {w.Say("amounts", content.Currency)}</p></header>
        <h2>{w["summary"]}</h2><ul>{content.Metrics.Select(Sentence)}</ul>
        <h2>{w["metrics"]}</h2>{Metrics}{content.Tables.Select(Section)}
        <h2>{w["recommendations"]}</h2>{(content.Recommendations.Count == 0 ? Html.Of($"<p>{w["none_worse"]}</p>")
            : Html.Of($"<ul>{content.Recommendations.Select(r => Html.Of($"<li>{r}</li>"))}</ul>"))}
        {(content.Notes.Count == 0 ? Html.Empty
            : Html.Of($"""<h2>{w["notes"]}</h2><ul class="quiet">{content.Notes.Select(n => Html.Of($"<li>{n}</li>"))}</ul>"""))}
        </body></html>
        """).ToString();

    private Html Foot => PageFoot.Of($"{content.Organization} · {content.Title}", w["page"], w.IsArabic);

    private Html Sentence(MetricRow m)
    {
        var compared = m.Compared.FirstOrDefault(c => c.Value.Ratio is not null);
        var change = compared.Key is null ? "" : " (" + w.Say("against",
            w.Isolated(string.Create(CultureInfo.InvariantCulture, $"{compared.Value.Ratio:+0.0 %;-0.0 %;0 %}")),
            w.Within(compared.Key)) + ")";
        return Html.Of($"<li>{w.Name(m.Metric)}: <b>{Number(m.Value, m.Unit)}</b>{change}</li>");
    }

    private Html Metrics
    {
        get
        {
            var names = content.Metrics.SelectMany(m => m.Compared.Keys).Distinct().ToArray();
            return Html.Of($"""
                <table><tr><th>{w["metric"]}</th>{Head(w["value"])}
                {names.Select(n => Html.Of($"{Head(w.Name(n))}{Head(w["change"])}"))}</tr>
                {content.Metrics.Select(m => Html.Of($"""
                <tr><td>{w.Name(m.Metric)}</td>{Cell(m.Value, m.Unit)}{names.Select(n => m.Compared.GetValueOrDefault(n) is { } c
                    ? Html.Of($"{Cell(c.Previous, m.Unit)}{Cell(c.Ratio, "fraction")}") : Html.Empty)}</tr>
                """))}</table>
                """);
        }
    }

    private Html Section(ReportTable table) => Html.Of($"""
        <section><h2>{table.Title}</h2>{(content.WithCharts ? Bars(table) : Html.Empty)}{(content.WithTables ? Table(table) : Html.Empty)}
        </section>
        """);

    private Html Table(ReportTable table) => Html.Of($"""
        <table><tr><th></th>{table.Columns.Select(c => Head(w.Name(c)))}</tr>
        {table.Rows.Select(r => Html.Of($"""
        <tr><td><bdi>{w.Label(table.Name, r.Label)}</bdi></td>{r.Values.Select(v => Cell(v, "count"))}</tr>
        """))}</table>
        """);

    private static Html Head(string text) => Html.Of($"""<th class="number">{text}</th>""");

    private Html Cell(decimal? value, string unit) => Html.Of($"""<td class="number">{Number(value, unit)}</td>""");

    private Html Number(decimal? value, string unit) => Html.Of($"""<bdi dir="ltr">{w.Number(value, unit)}</bdi>""");

    /// <summary>A bar for each row, of its first column, in the direction of reading.</summary>
    private Html Bars(ReportTable table)
    {
        var rows = table.Rows.Take(20).ToArray();
        if (rows.Length == 0) return Html.Of($"""<p class="quiet">{w["nothing"]}</p>""");
        const int whole = 640, label = 170, width = 400, height = 20;
        var most = Math.Max(1, rows.Max(r => Math.Abs(r.Values[0] ?? 0)));
        var (before, after) = w.IsArabic ? ("start", "end") : ("end", "start");
        return Html.Of($"""
            <svg viewBox="0 0 {whole} {rows.Length * height + 4}" direction="ltr" role="img" xmlns="http://www.w3.org/2000/svg">
            {rows.Select((r, i) => Bar(r, i * height))}</svg>
            """);

        decimal At(decimal x) => w.IsArabic ? whole - x : x;

        Html Bar(ReportRow row, int top)
        {
            var wide = Math.Round(width * Math.Abs(row.Values[0] ?? 0) / most, 2);
            return Html.Of($"""
                <text x="{At(label - 8)}" y="{top + 14}" text-anchor="{before}" font-size="11"
                fill="#5b6776">{w.Label(table.Name, row.Label)}</text>
                <rect x="{At(w.IsArabic ? label + wide : label)}" y="{top + 3}" width="{wide}" height="14" rx="2"/>
                <text x="{At(label + wide + 6)}" y="{top + 14}" text-anchor="{after}" font-size="11" font-weight="700"
                fill="#1c2733">{w.Number(row.Values[0], "count")}</text>
                """);
        }
    }
}
