using System.Globalization;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Analytics.Reports;

/// <summary>The page of a report of figures: what its PDF is printed from.</summary>
internal static class FigurePage
{
    private const string Sheet =
        """
        @page { size: A4; margin: 16mm 14mm 18mm } * { box-sizing: border-box } body { font: 11px/1.5 'Noto Sans','Noto Naskh Arabic','DejaVu Sans',sans-serif; color: #1c2733; margin: 0 }
        h1 { font-size: 24px; margin: 0 0 2mm } h2 { font-size: 15px; margin: 9mm 0 3mm; border-bottom: 1px solid #d5dde5; padding-bottom: 1mm; break-after: avoid }
        .quiet { color: #64748b } table { width: 100%; border-collapse: collapse } th { text-align: left; color: #64748b; font-weight: 600 } td, th { padding: 1.3mm 2mm; border-bottom: 1px solid #edf1f5 }
        .number { text-align: right; font-variant-numeric: tabular-nums } svg { width: 100%; margin-top: 3mm } section { break-inside: auto } tr { break-inside: avoid }
        """;

    public static string Of(ReportContent content) => Html.Of($"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>{content.Title}</title>
        <style>{Html.Trusted(Sheet)}{PageFoot.Of($"{content.Organization} · {content.Title}", "Page {0} of {1}", rightToLeft: false)}</style></head><body>
        <h1>{content.Title}</h1><p class="quiet">{content.Organization} · {Day(content.From)} – {Day(content.To)} ({content.TimeZone}) · amounts in {content.Currency}</p>
        <h2>Executive summary</h2><ul>{content.Metrics.Select(Sentence)}</ul>
        <h2>Performance metrics</h2>{Metrics(content)}{content.Tables.Select(t => Section(t, content))}
        <h2>Recommendations</h2>{(content.Recommendations.Count == 0 ? Html.Of($"<p>No figure is a tenth worse than what it was compared with.</p>") : Html.Of($"<ul>{content.Recommendations.Select(r => Html.Of($"<li>{r}</li>"))}</ul>"))}
        {(content.Notes.Count == 0 ? Html.Empty : Html.Of($"""<h2>Notes</h2><ul class="quiet">{content.Notes.Select(n => Html.Of($"<li>{n}</li>"))}</ul>"""))}</body></html>
        """).ToString();

    private static Html Sentence(MetricRow m)
    {
        var change = m.Compared.FirstOrDefault(c => c.Value.Ratio is not null);
        return Html.Of($"<li>{Words(m.Metric)}: <b>{Shown(m.Value, m.Unit)}</b>{(change.Key is null ? "" : string.Create(CultureInfo.InvariantCulture, $" ({change.Value.Ratio:+0.0 %;-0.0 %;0 %} against {Words(change.Key).ToLowerInvariant()})"))}</li>");
    }

    private static Html Metrics(ReportContent content)
    {
        var names = content.Metrics.SelectMany(m => m.Compared.Keys).Distinct().ToArray();
        return Html.Of($"""
            <table><tr><th>Metric</th><th class="number">Value</th>{names.Select(n => Html.Of($"""<th class="number">{Words(n)}</th><th class="number">Change</th>"""))}</tr>
            {content.Metrics.Select(m => Html.Of($"""<tr><td>{Words(m.Metric)}</td><td class="number">{Shown(m.Value, m.Unit)}</td>{names.Select(n => m.Compared.GetValueOrDefault(n) is { } c ? Html.Of($"""<td class="number">{Shown(c.Previous, m.Unit)}</td><td class="number">{Shown(c.Ratio, "fraction")}</td>""") : Html.Empty)}</tr>"""))}</table>
            """);
    }

    private static Html Section(ReportTable table, ReportContent content) => Html.Of($"""
        <section><h2>{Words(table.Title)}</h2>{(content.WithCharts ? Bars(table) : Html.Empty)}{(content.WithTables ? Table(table) : Html.Empty)}</section>
        """);

    private static Html Table(ReportTable table) => Html.Of($"""
        <table><tr><th></th>{table.Columns.Select(c => Html.Of($"""<th class="number">{Words(c)}</th>"""))}</tr>
        {table.Rows.Select(r => Html.Of($"""<tr><td>{Words(r.Label)}</td>{r.Values.Select(v => Html.Of($"""<td class="number">{Shown(v, "count")}</td>"""))}</tr>"""))}</table>
        """);

    /// <summary>A bar for each row, of its first column.</summary>
    private static Html Bars(ReportTable table)
    {
        var rows = table.Rows.Take(20).ToArray();
        if (rows.Length == 0) return Html.Of($"""<p class="quiet">Nothing in the period.</p>""");
        const int left = 170, width = 400, height = 20;
        var most = Math.Max(1, rows.Max(r => r.Values[0] ?? 0));
        return Html.Of($"""<svg viewBox="0 0 640 {rows.Length * height + 4}" role="img" xmlns="http://www.w3.org/2000/svg">{rows.Select((r, i) => Bar(r, i * height))}</svg>""");

        Html Bar(ReportRow row, int top)
        {
            var wide = Math.Round(width * (row.Values[0] ?? 0) / most, 2);
            return Html.Of($"""
                <text x="{left - 8}" y="{top + 14}" text-anchor="end" font-size="11" fill="#64748b">{Words(row.Label)}</text><rect x="{left}" y="{top + 3}" width="{wide}" height="14" rx="2" fill="#1f6f8b"/>
                <text x="{left + wide + 6}" y="{top + 14}" font-size="11" font-weight="700" fill="#1c2733">{Shown(row.Values[0], "count")}</text>
                """);
        }
    }

    private static string Words(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Shown(decimal? value, string unit) => value is not { } known ? "–" : unit switch
    {
        "fraction" => known.ToString("0.0 %", CultureInfo.InvariantCulture), _ => known.ToString("#,0.##", CultureInfo.InvariantCulture),
    };
}
