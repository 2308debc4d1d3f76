using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Cma;

/// <summary>How an office uses valuations and reports, counted again from what was put in.</summary>
public sealed class UsageTests(Server server)
{
    private const string Usage = "/api/v1/cma/analytics/summary";

    [Fact]
    public async Task Usage_is_what_a_recount_of_the_rows_gives_and_currencies_are_not_mixed()
    {
        var office = await server.NewOfficeAsync();
        (string Area, string Currency, decimal Estimate, double Confidence, int DaysAgo)[] asked =
        [
            ("Dubai Marina", "AED", 2_000_000, 0.6, 0), ("Dubai Marina", "AED", 2_500_001, 0.7, 29),
            ("Dubai Marina", "AED", 3_000_000, 0.5, 31), ("Springfield", "AED", 900_000, 0.4, 3),
            ("Springfield", "USD", 300_000, 0.9, 400), ("Springfield", "USD", 310_000, 0.9, 1), ("", "AED", 1, 0.1, 1),
        ];
        foreach (var a in asked)
            await server.ExecuteAsync(
                "insert into cma.asked_valuations (organization_id, market, area, kind, estimate, currency, confidence, market_data, "
                    + "model_id, asked_at) values ($1, 'm', $2, 'flat', $3, $4, $5, 'sample', 1, now() - make_interval(days => $6))",
                office.OrganizationId, a.Area, a.Estimate, a.Currency, a.Confidence, a.DaysAgo);
        (string Status, int Seconds, int DaysAgo)[] made = [("completed", 8, 0), ("completed", 13, 40), ("failed", 99, 1),
            ("processing", 0, 2)];
        foreach (var (status, seconds, days) in made)
            await server.ExecuteAsync(
                """
                insert into cma.reports (organization_id, kind, title, language, status, market_data, request, sections, currency,
                    completed_at, created_at, updated_at)
                select $1, 'cma', 't', 'en', $2, 'sample', '{}', '{}', 'AED', case
                    when $2 = 'completed' then made + make_interval(secs => $3) end, made, made
                    from (select now() - make_interval(days => $4) as made) x
                """, office.OrganizationId, status, (double)seconds, days);
        var usage = (await office.Admin.GetAsync(Usage)).Must(200);
        var reports = usage.At("reports");
        Assert.Equal((4, 2, 1, 1, 3),
            (reports.Long("total_reports"), reports.Long("completed"), reports.Long("processing"), reports.Long("failed"),
                reports.Long("last30_days")));
        Assert.Equal(10.5m, reports.Number("average_seconds_to_complete"));
        Assert.Equal((asked.Length, asked.Count(a => a.DaysAgo < 30)),
            ((int)usage.Long("valuations.total_valuations"), (int)usage.Long("valuations.last30_days")));
        Assert.Equal(Math.Round(asked.Average(a => a.Confidence), 3), (double)usage.Number("valuations.average_confidence"), 1e-9);
        var expected = asked.Where(a => a.Area.Length > 0).GroupBy(a => (a.Area, a.Currency)).OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key.Area, StringComparer.Ordinal)
            .Select(g => (g.Key.Area, g.Key.Currency, (long)g.Count(), Math.Round(g.Average(a => a.Estimate))));
        Assert.Equal(expected, usage.At("top_areas").Items()
            .Select(a => (a.Text("area")!, a.Text("currency")!, a.Long("valuations"), a.Number("average_estimate"))));
    }
}
