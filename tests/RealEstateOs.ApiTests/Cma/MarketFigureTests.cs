using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Cma;

/// <summary>Each figure of a market is counted again over the sales that were brought in.</summary>
public sealed class MarketFigureTests(Server server)
{
    private const string Snapshot = "/api/v1/cma/market/snapshot", Insights = "/api/v1/analytics/insights/market";

    [Fact]
    public async Task A_snapshot_is_what_a_recount_over_the_sales_gives()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var answer = (await office.Admin.GetAsync(
            $"{Snapshot}?market={Town.Market}&location=harbourside&property_type=apartment&time_frame_months=6")).Must(200);
        var until = Town.Sales.Max(s => s.Date);
        var first = new DateOnly(until.Year, until.Month, 1).AddMonths(-5);
        var sales = Town.Sales.Where(s => s.Area == "Harbourside" && s.Date >= first).ToList();
        Assert.Equal(("Harbourside", "imported", "AED", sales.Count),
            (answer.Text("location"), answer.Text("market_data"), answer.Text("currency"), answer.Long("sales")));
        Assert.Equal(Median(sales.Select(s => s.Price)), (double)answer.Number("median_price"), 1.0);
        Assert.Equal(Median(sales.Select(s => s.Price / s.Sqft)), (double)answer.Number("median_price_per_sqft"), 0.6);
        Assert.Equal(sales.Count(s => s.OffPlan) / (double)sales.Count, (double)answer.Number("off_plan_share"), 0.0001);
        var months = answer.At("months").Items();
        Assert.Equal(6, months.Length);
        foreach (var month in months)
        {
            var start = DateOnly.Parse(month.Text("month")!, null);
            var own = sales.Where(s => s.Date >= start && s.Date < start.AddMonths(1)).ToList();
            Assert.Equal(own.Count, month.Long("sales"));
            Assert.Equal(Median(own.Select(s => s.Price)), (double)month.Number("median_price"), 1.0);
        }
        Assert.True(answer.IsNull("inventory") && answer.IsNull("days_on_market"));
    }

    [Fact]
    public async Task Prices_that_were_made_to_rise_are_seen_to_rise_and_a_forecast_carries_its_own_record()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var answer = (await office.Admin.GetAsync($"{Insights}?market={Town.Market}&location=Northbank&forecast_months=4")).Must(200);
        Assert.Equal(("rising", "upward"),
            (answer.Text("market_insights.current_market_status"), answer.Text("market_insights.price_trend")));
        var until = Town.Sales.Max(s => s.Date);
        var recent = Town.Sales.Where(s => s.Area == "Northbank" && until.DayNumber - s.Date.DayNumber < 90).ToList();
        Assert.Equal(recent.Count, answer.Long("market_dynamics.demand.sales_last_90_days"));
        Assert.Equal(recent.Average(s => s.Price), (double)answer.Number("price_forecasting.current_avg_price"), 1.0);
        var forecast = answer.Number("price_forecasting.4_month_forecast");
        Assert.InRange(forecast, answer.Number("price_forecasting.range.low"), answer.Number("price_forecasting.range.high"));
        Assert.InRange(answer.Number("price_forecasting.confidence_level"), 0, 1);
        Assert.True(answer.Long("price_forecasting.backtests") > 5);
        Assert.True(answer.IsNull("market_insights.inventory_level") && answer.IsNull("market_dynamics.demand.international_buyers"));
        Assert.Contains(answer.At("notes").Items(), n => n.GetString()!.Contains("no registry", StringComparison.Ordinal));
        Assert.DoesNotContain(answer.At("comparable_neighborhoods").Items(), n => n.Text("name") is "Northbank" or Town.Quiet);
        Assert.Equal(["forecast_months"], (await office.Admin.GetAsync($"{Insights}?forecast_months=13")).MustNameFields());
        Assert.Equal(answer.GetRawText(),
            (await office.Admin.GetAsync(
                $"/api/v1/analytics/market/insights?market={Town.Market}&location=Northbank&forecast_months=4")).Must(200).GetRawText());
    }

    [Fact]
    public async Task Figures_of_warehouses_say_that_the_registry_does_not_tell_them_apart()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        async Task<bool> SaysAsync(string type) => (await office.Admin.GetAsync($"{Insights}?market={Town.Market}&property_type={type}"))
            .Must(200).At("notes").Items().Any(n => n.GetString()!.Contains("does not tell warehouses", StringComparison.Ordinal));
        Assert.Equal((true, false), (await SaysAsync("warehouse"), await SaysAsync("apartment")));
    }

    [Fact]
    public async Task Three_sales_carry_no_statement_about_their_market()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var answer = (await office.Admin.GetAsync($"{Insights}?market={Town.Market}&location={Town.Quiet}")).Must(200);
        Assert.Equal(("too_few_sales", "unknown", "unknown"),
            (answer.Text("market_insights.current_market_status"), answer.Text("market_insights.price_trend"),
                answer.Text("market_insights.demand_level")));
        Assert.True(answer.IsNull("price_forecasting.6_month_forecast") && answer.IsNull("price_forecasting.range"));
        Assert.Contains(answer.At("notes").Items(), n => n.GetString()!.StartsWith("Only 3 sales", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_analysis_is_made_in_the_background_with_forecast_and_like_places()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var started = (await office.Admin.PostAsync("/api/v1/cma/market/analysis",
            new { market = Town.Market, location = "Palm Row", time_frame_months = 12 })).Must(202);
        var job = await Eventually.UntilAsync(
            async () => (await office.Admin.GetAsync($"/api/v1/status/{started.Text("job_id")}")).Must(200),
            j => j.Text("state") == "completed");
        Assert.Equal("Palm Row", job.Text("result.location"));
        Assert.Equal(3, job.At("result.forecast.months").Items().Length);
        Assert.Equal(Town.Sales.Count(s => s.Area == "Palm Row" && s.Date >= First(12)), job.Long("result.sales"));
        (await office.Admin.PostAsync("/api/v1/cma/market/analysis", new { market = Town.Market, location = "Nowhere at all" })).MustRefuse(
            422, "VAL_003");
    }

    [Fact]
    public async Task A_rent_stands_beside_the_value_where_tenancies_are_known_and_only_there()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var sample = (await office.Admin.PostAsync("/api/v1/cma/valuation/quick",
            new { property = new { location = "Dubai Marina", property_type = "apartment", bedrooms = 2, area_sqft = 1200 } })).Must(200);
        Assert.Equal("sample", sample.Text("market_data"));
        var rent = sample.At("valuation.rental");
        Assert.Equal((double)(rent.Number("annual_rent") / sample.Number("valuation.estimated_value")),
            (double)rent.Number("gross_yield"), 0.0005);
        Assert.InRange(rent.Number("annual_rent"), rent.Number("range.low"), rent.Number("range.high"));
        Assert.True(rent.Long("contracts") > 0);
        var town = (await office.Admin.PostAsync("/api/v1/cma/valuation/quick", ComparableTests.Ask("Northbank"))).Must(200);
        Assert.True(town.IsNull("valuation.rental"));
    }

    private static DateOnly First(int months)
    {
        var until = Town.Sales.Max(s => s.Date);
        return new DateOnly(until.Year, until.Month, 1).AddMonths(1 - months);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
