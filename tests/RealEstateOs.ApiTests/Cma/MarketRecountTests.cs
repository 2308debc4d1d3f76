using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Cma;

/// <summary>
/// Snapshot, analysis, insights and ordered reports of a market against a plain recount over the sales that were brought in.
/// </summary>
public sealed class MarketRecountTests(Server server)
{
    private const string Snapshot = "/api/v1/cma/market/snapshot", Analysis = "/api/v1/cma/market/analysis",
        Insights = "/api/v1/analytics/insights/market", Reports = "/api/v1/cma/analytics/reports";

    [Theory]
    [InlineData(null, null, 12)]
    [InlineData(Slopes.Upper, null, 24)]
    [InlineData(Slopes.Lower, "apartment", 7)]
    [InlineData(Slopes.Middle, "villa", 2)]
    [InlineData(Slopes.Middle, "hotel_apartment", 120)]
    public async Task Volumes_medians_and_off_plan_shares_of_every_month_equal_a_recount(string? place, string? type, int months)
    {
        var office = await OpenAsync();
        var only = $"{(place is null ? "" : $"&location={place}")}{(type is null ? "" : $"&property_type={type}")}";
        var answer = (await office.Admin.GetAsync($"{Snapshot}?market={Slopes.Market}&time_frame_months={months}{only}")).Must(200);
        var oldest = Slopes.Sales.Min(s => s.Date);
        // Nothing is known of the months before the first sale: they are not shown as months without.
        var shown = Math.Min(months, Recount.Month(oldest, Slopes.Until) + 1);
        var first = new DateOnly(Slopes.Until.Year, Slopes.Until.Month, 1).AddMonths(1 - shown);
        var sales = Of(place, type).Where(s => s.Date >= first).ToList();
        Assert.Equal(shown, answer.At("months").Items().Length);
        Assert.Equal(sales.Count, answer.At("months").Items().Sum(m => m.Long("sales")));
        MustEqual(sales, answer);
        foreach (var (month, i) in answer.At("months").Items().Select((m, i) => (m, i)))
        {
            Assert.Equal($"{first.AddMonths(i):yyyy-MM-dd}", month.Text("month"));
            MustEqual([.. sales.Where(s => Recount.Month(first, s.Date) == i)], month);
        }
    }

    [Theory]
    [InlineData(Slopes.Upper, "rising", "upward", 1)]
    [InlineData(Slopes.Lower, "falling", "downward", -1)]
    [InlineData(Slopes.Middle, "stable", "flat", 0)]
    public async Task A_trend_has_the_sign_and_the_size_that_the_prices_were_given(string place, string status, string direction, int sign)
    {
        var office = await OpenAsync();
        var answer = (await office.Admin.GetAsync($"{Snapshot}?market={Slopes.Market}&location={place}&time_frame_months=12")).Must(200);
        var first = First(12);
        var trend = answer.At("price_trend");
        Assert.Equal(Math.Exp(Recount.Slope(Recount.EqualMix([.. Of(place).Where(s => s.Date >= first)], first, 12))) - 1,
            (double)trend.Number("per_month"), 0.0001);
        Assert.InRange(trend.Number("per_month"), trend.Number("low"), trend.Number("high"));
        Assert.Equal((sign != 0, status), (trend.IsTrue("is_certain"), answer.Text("market_status")));
        Assert.Equal(0.01 * sign, (double)trend.Number("per_month"), 0.003);
        var insights = (await office.Admin.GetAsync($"{Insights}?market={Slopes.Market}&location={place}")).Must(200);
        Assert.Equal((status, direction),
            (insights.Text("market_insights.current_market_status"), insights.Text("market_insights.price_trend")));
        var (recent, before) = (Of(place).Count(s => DaysAgo(s) < 90), Of(place).Count(s => DaysAgo(s) is >= 90 and < 180));
        Assert.Equal((recent, before),
            ((int)insights.Long("market_dynamics.demand.sales_last_90_days"),
                (int)insights.Long("market_dynamics.demand.sales_previous_90_days")));
        Assert.Equal(recent > before * 1.15 ? "high" : recent < before * 0.85 ? "low" : "normal",
            insights.Text("market_insights.demand_level"));
    }

    [Fact]
    public async Task What_is_new_and_what_is_hot_equal_a_recount()
    {
        var office = await OpenAsync();
        var answer = (await office.Admin.GetAsync($"{Insights}?market={Slopes.Market}&location={Slopes.Upper}")).Must(200);
        var since = Slopes.Until.AddMonths(-12);
        var fresh = Of(Slopes.Upper).Where(s => s.OffPlan).GroupBy(s => s.Project).Where(p => p.Min(s => s.Date) > since)
            .Select(p => p.Key).ToList();
        Assert.Equal(["Upper Town New"], fresh);
        Assert.Equal(fresh.Count, answer.Long("market_dynamics.supply.new_developments"));
        Assert.Equal(0, (await office.Admin.GetAsync($"{Insights}?market={Slopes.Market}&location={Slopes.Lower}")).Must(200)
            .Long("market_dynamics.supply.new_developments"));
        var growing = Slopes.Sales.GroupBy(s => s.Area)
            .Select(a => (a.Key, Recent: a.Count(s => DaysAgo(s) < 90), Before: a.Count(s => DaysAgo(s) is >= 90 and < 180)))
            .Where(a => a.Recent >= 20 && a.Recent > a.Before).ToList();
        var hot = Assert.Single(answer.At("hot_neighborhoods").Items(), h => h.Text("area") == Slopes.Upper);
        var (_, recent, before) = growing.Single(g => g.Key == Slopes.Upper);
        Assert.Equal((recent, before, Math.Round((decimal)recent / before - 1, 4)),
            ((int)hot.Long("recent_sales"), (int)hot.Long("earlier_sales"), hot.Number("volume_change")));
        Assert.True(hot.Number("price_change") > 0);
        // Prices fall there: more sales would not make it hot.
        Assert.DoesNotContain(answer.At("hot_neighborhoods").Items(), h => h.Text("area") == Slopes.Lower);
        foreach (var member in new[] { "expected_completions", "timeline" }) Assert.True(answer.IsNull($"market_dynamics.supply.{member}"));
        foreach (var member in new[] { "buyer_interest", "international_buyers", "investor_activity" })
            Assert.True(answer.IsNull($"market_dynamics.demand.{member}"));
    }

    [Theory]
    [InlineData(Slopes.Upper)]
    [InlineData(Slopes.Lower)]
    public async Task The_error_of_a_forecast_is_what_the_same_rule_got_wrong_in_the_past_knowing_nothing_of_what_came(string place)
    {
        var office = await OpenAsync();
        var last = new DateOnly(Slopes.Until.AddDays(1).Year, Slopes.Until.AddDays(1).Month, 1).AddMonths(-1);
        var first = last.AddMonths(-23);
        var sales = Of(place).Where(s => s.Date >= first && s.Date < last.AddMonths(1)).ToList();
        var series = Recount.EqualMix(sales, first, 24);
        var started = (await office.Admin.PostAsync(Analysis, new { market = Slopes.Market, location = place })).Must(202);
        var job = await Eventually.UntilAsync(
            async () => (await office.Admin.GetAsync($"/api/v1/status/{started.Text("job_id")}")).Must(200),
            j => j.Text("state") == "completed");
        var (forecast, tests) = (job.At("result.forecast"), Recount.Backtest(sales, first, 24, 3));
        Assert.Equal(tests.Count, forecast.Long("backtests"));
        Assert.Equal(Recount.Median(tests.Select(t => t.Error)), (double)forecast.Number("backtest_median_error"), 0.0001);
        Assert.Equal(Recount.Median(tests.Select(t => t.NoChange)), (double)forecast.Number("no_change_median_error"), 0.0001);
        Assert.True(forecast.Number("backtest_median_error") > 0);
        foreach (var (month, i) in forecast.At("months").Items().Select((m, i) => (m, i)))
        {
            Assert.Equal($"{last.AddMonths(i + 1):yyyy-MM-dd}", month.Text("month"));
            Assert.Equal(Recount.Forecast(series, i + 1), (double)month.Number("price_per_sqft"), 1.0);
            Assert.InRange(month.Number("price_per_sqft"), month.Number("low"), month.Number("high"));
        }

        var ahead = (await office.Admin.GetAsync($"{Insights}?market={Slopes.Market}&location={place}&forecast_months=5")).Must(200)
            .At("price_forecasting");
        var fifth = Recount.Backtest(sales, first, 24, 5).Where(t => t.Step == 5).ToList();
        Assert.Equal(fifth.Count, ahead.Long("backtests"));
        Assert.Equal(Recount.Median(fifth.Select(t => t.Error)), (double)ahead.Number("backtest_median_error"), 0.0001);
        Assert.Equal(fifth.Count(t => t.Error <= 0.05) / (double)fifth.Count, (double)ahead.Number("confidence_level"), 0.001);
        var now = Math.Round(Of(place).Where(s => DaysAgo(s) < 90).Average(s => s.Price));
        Assert.Equal(now, ahead.Number("current_avg_price"));
        Assert.Equal((double)now * Recount.Forecast(series, 5) / series[^1], (double)ahead.Number("5_month_forecast"),
            (double)now * 0.0001);
    }

    [Fact]
    public async Task An_unknown_place_is_refused_with_the_nearest_that_are_covered()
    {
        var office = await OpenAsync();
        foreach (var (answer, member) in new[]
                 {
                     (await office.Admin.GetAsync($"{Snapshot}?market={Slopes.Market}&location=Uper Twn"), "location"),
                     (await office.Admin.GetAsync($"{Insights}?market={Slopes.Market}&location=Uper Twn"), "location"),
                     (await office.Admin.PostAsync(Analysis, new { market = Slopes.Market, location = "Uper Twn" }), "location"),
                     (await office.Admin.PostAsync($"{Reports}/generate",
                         new { report_type = "market_report", parameters = new { market = Slopes.Market, location = "Uper Twn" } }),
                         "parameters.location"),
                 })
        {
            var refusal = answer.MustRefuse(422, "VAL_003");
            Assert.Equal([member], refusal.At("errors").Items().Select(e => e.Text("field")));
            Assert.Equal(Slopes.Upper, refusal.At("error.details.nearest_areas").Items()[0].Text("area"));
            Assert.Equal(("Uper Twn", "imported"), (refusal.Text("error.details.asked"), refusal.Text("error.details.market_data")));
        }
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_question_is_told_at_once()
    {
        var office = await OpenAsync();
        Assert.Equal(["market", "property_type", "time_frame_months"],
            (await office.Admin.GetAsync($"{Snapshot}?market=atlantis&property_type=castle&time_frame_months=1")).MustNameFields().Order());
        Assert.Equal(["forecast_months", "market", "property_type"],
            (await office.Admin.GetAsync($"{Insights}?market=atlantis&property_type=castle&forecast_months=0")).MustNameFields().Order());
        Assert.Equal(["property_type", "time_frame_months"],
            (await office.Admin.PostAsync(Analysis, new { property_type = "castle", time_frame_months = 121 })).MustNameFields().Order());
        Assert.Equal(["market"], (await office.Admin.PostAsync(Analysis, new { market = "atlantis" })).MustNameFields());
        Assert.Equal(
            ["branding", "language", "output_format", "parameters.price_range.max", "parameters.time_period", "report_type"],
            (await office.Admin.PostAsync($"{Reports}/generate", new
            {
                report_type = "poem", branding = "nobody", language = "fr", output_format = "docx",
                parameters = new { time_period = "long", price_range = new { min = 2, max = 1 } },
            })).MustNameFields().Order());
        Assert.Equal(["parameters.market"],
            (await office.Admin.PostAsync($"{Reports}/generate",
                new { report_type = "market_report", parameters = new { market = "atlantis" } })).MustNameFields());
        Assert.Empty((await office.Admin.GetAsync("/api/v1/cma/reports")).Must(200).Items());
    }

    [Fact]
    public async Task An_ordered_report_holds_every_type_its_price_range_and_nothing_else()
    {
        var office = await OpenAsync();
        var made = await MadeAsync(office.Admin, new
        {
            report_type = "market_analysis", include_charts = false, branding = "office_branded",
            parameters = new { market = Slopes.Market, location = Slopes.Upper, property_types = new[] { "apartment", "villa" },
                price_range = new { min = 1_500_000, max = 2_500_000 }, time_period = "12_months" },
        });
        var report = made.At("report");
        Assert.All(made.At("report_sections").EnumerateObject(), s => Assert.Equal("completed", s.Value.GetString()));
        var homes = Of(Slopes.Upper).Where(s => s.Kind != "Hotel Apartment").ToList();
        Assert.Equal((Slopes.Upper, "apartment, villa", "imported"),
            (report.Text("market_trends.location"), report.Text("market_trends.property_type"), report.Text("market_data")));
        MustEqual([.. homes.Where(s => s.Date >= First(12))], report.At("market_trends"));
        var since = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddMonths(-12);
        var priced = homes.Where(s => s.Date >= since && s.Price is >= 1_500_000 and <= 2_500_000).GroupBy(s => s.Bedrooms)
            .OrderBy(g => g.Key).ToList();
        Assert.True(priced.Count > 1);
        Assert.Equal(
            priced.Select(g => (g.Key, g.Count(), Math.Round(Recount.Median(g.Select(s => (double)s.Price))))),
            report.At("tables").Items()[0].At("rows").Items()
                .Select(r => (int.Parse(r[0].GetString()!, null), int.Parse(r[1].GetString()!, null),
                    (double)decimal.Parse(r[2].GetString()!, System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal((JsonValueKind.Null, "Test Realty"), (report.At("brand.agent_name").ValueKind, report.Text("brand.organization")));
        var (plain, drawn) = (await PageAsync(office, made),
            await PageAsync(office, await MadeAsync(office.Admin,
                new { report_type = "market_report", parameters = new { market = Slopes.Market, location = Slopes.Upper } })));
        var median = report.Number("market_trends.median_price");
        Assert.NotEqual(0, median % 1000);
        Assert.Contains(FormattableString.Invariant($"{Math.Round(median / 1000) * 1000:#,0}"), plain, StringComparison.Ordinal);
        Assert.DoesNotContain(FormattableString.Invariant($"{median:#,0}"), plain, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", plain, StringComparison.Ordinal);
        Assert.Contains("<svg", drawn, StringComparison.Ordinal);
        Assert.Contains("Ada Admin", drawn, StringComparison.Ordinal);
        var (other, id) = ((await server.NewOfficeAsync()).Admin, made.Text("cma_report_id"));
        foreach (var form in new[] { "", "/html", "/pdf" }) (await other.GetAsync($"{Reports}/{id}{form}")).Must(404);
    }

    private async Task<Office> OpenAsync()
    {
        await Slopes.OpenAsync(server);
        return await server.NewOfficeAsync();
    }

    private static async Task<JsonElement> MadeAsync(Actor actor, object body)
    {
        var started = (await actor.PostAsync($"{Reports}/generate", body)).Must(202);
        return await Eventually.UntilAsync(async () => (await actor.GetAsync($"{Reports}/{started.Text("report_job_id")}")).Must(200),
            r => r.Text("status") == "completed");
    }

    private static async Task<string> PageAsync(Office office, JsonElement made) =>
        (await office.Admin.GetAsync($"{Reports}/{made.Text("cma_report_id")}/html")).Text;

    private static IEnumerable<SlopeSale> Of(string? place, string? type = null) =>
        Slopes.Sales.Where(s => (place is null || s.Area == place)
            && (type is null || s.Kind == type switch { "apartment" => "Flat", "villa" => "Villa", _ => "Hotel Apartment" }));

    private static int DaysAgo(SlopeSale sale) => Slopes.Until.DayNumber - sale.Date.DayNumber;

    private static DateOnly First(int months) => new DateOnly(Slopes.Until.Year, Slopes.Until.Month, 1).AddMonths(1 - months);

    private static void MustEqual(IReadOnlyCollection<SlopeSale> sales, JsonElement figures)
    {
        Assert.Equal(sales.Count, figures.Long("sales"));
        if (sales.Count == 0)
        {
            foreach (var member in new[] { "median_price", "median_price_per_sqft", "off_plan_share" })
                Assert.True(figures.IsNull(member), member);
            return;
        }
        Assert.Equal(Recount.Median(sales.Select(s => (double)s.Price)), (double)figures.Number("median_price"), 0.51);
        Assert.Equal(Recount.Median(sales.Select(s => s.PerSqft)), (double)figures.Number("median_price_per_sqft"), 0.51);
        Assert.Equal(sales.Count(s => s.OffPlan) / (double)sales.Count, (double)figures.Number("off_plan_share"), 0.00006);
    }
}
