using System.Globalization;
using System.Text.Json;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Analytics.Reports;

/// <summary>Counts what a report asks for.</summary>
internal sealed class FigureReportWriter(FigureDesk desk, MetricCatalogue catalogue, Segments segments, FactReader facts,
    IMarketOverview markets, CurrentUser user)
{
    public static readonly string[] Sections = ["executive_summary", "performance_metrics", "market_analysis", "trend_analysis",
        "recommendations"];

    private const decimal Gap = 0.1m;

    // Fewer of these is better.
    private static readonly string[] Falling = ["deals_lost", "average_days_to_close", "average_days_on_market",
        "average_response_minutes", "total_expenses"];

    public async Task<ReportContent> WriteAsync(FigureReport report, CancellationToken ct)
    {
        if (!user.IsSignedIn) throw Problem.Invalid(FieldError.Format("created_by", "no longer works here"));
        var asked = report.Request.Deserialize<FigureReportRequest>(Json.Options)!;
        foreach (var permission in MetricCatalogue.Needed(asked.Metrics!)) desk.For(permission);
        var query = asked.DateRange is { } days
            ? new FigureQuery { StartDate = days.Start!.Value.ToString("O", CultureInfo.InvariantCulture),
                EndDate = days.End!.Value.ToString("O", CultureInfo.InvariantCulture) } : new FigureQuery();
        var context = (await desk.OpenAsync(query, "30d", ct))!;
        var (metrics, words) = (await MetricsAsync(asked, context, ct), FigureWords.Of(context.Office.Locale));
        var tables = new List<ReportTable>();
        foreach (var segment in (asked.Segments ?? []).Distinct())
            tables.Add(await segments.ReadAsync(segment, words.Name(segment), context, ct));
        var notes = new List<string>();
        if (asked.Metrics!.Contains("market_share") && metrics.First(m => m.Metric == "market_share").Value is null)
            notes.Add(words["no_share"]);
        if (user.May(MayRead.Market)) tables.Add(await MarketAsync(words, ct));
        tables.Add(await TrendAsync(words["trend_by_month"], context, ct));
        return new(
            report.Name, context.Span!.Value.From, context.Span.Value.To, context.Zone.Id, context.Currency, context.Office.Name, metrics,
            tables, [.. Advice(metrics, words)], notes,
            asked.Visualization != "tables", asked.Visualization != "charts") { Language = words.Language };
    }

    private async Task<IReadOnlyList<MetricRow>> MetricsAsync(FigureReportRequest asked, FigureContext context, CancellationToken ct)
    {
        var names = asked.Metrics!.Distinct().ToArray();
        var now = await catalogue.ReadAsync(names, context, ct);
        var others = new Dictionary<string, IReadOnlyDictionary<string, decimal?>>();
        foreach (var comparison in (asked.Comparisons ?? []).Distinct())
            others[comparison] = await catalogue.ReadAsync(names,
                context with { Asked = context.Asked with { Span = Comparisons.Of(comparison, context.Span!.Value) } }, ct);
        return [.. names.Select(n => new MetricRow(n, MetricCatalogue.UnitOf(n), now[n],
            others.ToDictionary(o => o.Key, o => Change.Of(now[n], o.Value[n]))))];
    }

    private async Task<ReportTable> MarketAsync(FigureWords words, CancellationToken ct)
    {
        var market = await markets.ReadAsync(ct);
        return new("market", words.Say("market", words.Or("data." + market.MarketData, market.MarketData), words.Day(market.DataUntil)),
            ["change_percent"],
            [.. market.Trends.Select(t => new ReportRow($"{t.Key}: {t.Value.Trend}",
                [t.Value.ChangePercent is { } change ? Math.Round((decimal)change * 100, 2) : null]))]);
    }

    private async Task<ReportTable> TrendAsync(string title, FigureContext context, CancellationToken ct)
    {
        var won = (await facts.ReadAsync(Fact.Closed, context.Span, context.Of(user, MayRead.Deals), Cut.First | Cut.Third | Cut.Month,
            ct)).Where(c => c.First == "closed_won").ToArray();
        return new("trend", title, ["won", "volume", "gross_commission"], [.. context.Span!.Value.Months().Select(month =>
        {
            var here = won.Where(c => c.Bucket == month && c.Third == context.Currency).ToArray();
            return new ReportRow(month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                [won.Where(c => c.Bucket == month).Sum(c => c.Count), here.Add(c => c.A).Sum, here.Add(c => c.B).Sum]);
        })]);
    }

    /// <summary>Each figure that is at least a tenth worse than what it was compared with, with both.</summary>
    private static IEnumerable<string> Advice(IReadOnlyList<MetricRow> metrics, FigureWords words) =>
        from metric in metrics
        from compared in metric.Compared
        where compared.Value.Ratio is { } change && (Falling.Contains(metric.Metric) ? change >= Gap : change <= -Gap)
        select words.Say("look", words.Within(metric.Metric), words.Isolated(words.Number(metric.Value, metric.Unit)),
            words.Isolated(words.Number(compared.Value.Previous, metric.Unit)), words.Within(compared.Key));
}
