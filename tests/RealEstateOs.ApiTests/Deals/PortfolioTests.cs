using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

public sealed class PortfolioTests(Server server)
{
    private const string Path = "/api/v1/portfolios";

    [Fact]
    public async Task Count_and_value_follow_the_properties()
    {
        var office = await server.NewOfficeAsync();
        var (first, second) = (await NewPropertyAsync(office, 100, 90), await NewPropertyAsync(office, null, 50));
        var path =
            $"{Path}/{(await office.Admin.PostAsync(Path, new { name = "Two", property_ids = new[] { first, second } })).Must(201).Id()}";
        Assert.Equal((2, 150m), await SumsAsync());
        (await office.Admin.PatchAsync($"/api/v1/properties/{second}", new { price = 70 })).Must(200);
        Assert.Equal((2, 170m), await SumsAsync());
        (await office.Admin.DeleteAsync($"{path}/properties/{first}")).Must(204);
        (await office.Admin.DeleteAsync($"{path}/properties/{first}")).MustRefuse(404, "RES_001");
        Assert.Equal((1, 70m), await SumsAsync());
        (await office.Admin.PostAsync($"{path}/properties/prop_{first}")).Must(200);
        (await office.Admin.PostAsync($"{path}/properties/{first}")).Must(200);
        Assert.Equal((2, 170m), await SumsAsync());
        Assert.Equal(170, (await office.Admin.GetAsync($"{Path}/stats")).Must(200).Number("total_value"));

        async Task<(int, decimal)> SumsAsync()
        {
            var (detail, listed) = ((await office.Admin.GetAsync(path)).Must(200),
                (await office.Admin.GetAsync(Path)).Must(200).Items()[0]);
            Assert.Equal(detail.Number("total_value"), listed.Number("total_value"));
            Assert.Equal(detail.Long("property_count"), detail.At("properties").Items().Length);
            return ((int)listed.Long("property_count"), listed.Number("total_value"));
        }
    }

    [Fact]
    public async Task Reconciliation_gives_the_guides_figures_from_rows_that_add_up_to_them()
    {
        var office = await server.NewOfficeAsync();
        var properties = new List<long>();
        // 150 properties of 125,000,000 in all; the last of them rises by 287,500 after it was added.
        for (var i = 0; i < 150; i++) properties.Add(await NewPropertyAsync(office, i < 149 ? 830_000 : 125_000_000 - 149 * 830_000, null));
        var portfolio = (await office.Admin.PostAsync(Path, new { name = "Guide", property_ids = properties })).Must(201).Id();
        (await office.Admin.PatchAsync($"/api/v1/properties/{properties[149]}",
            new { estimated_value = 125_000_000 - 149 * 830_000 + 287_500 })).Must(200);
        var result = (await office.Admin.PostAsync("/api/v1/portfolio/reconcile", new { portfolio_id = portfolio })).Must(200);
        Assert.Equal(("pass", 0.23m, 0.5m, 150L),
            (result.Text("validation_status"), result.Number("discrepancy_percentage"), result.Number("threshold"),
                result.Long("properties_checked")));
        Assert.Equal((125_000_000m, 125_287_500m, 287_500m),
            (result.Number("total_value_expected"), result.Number("total_value_actual"), result.Number("discrepancy_amount")));
        var discrepancy = Assert.Single(result.At("discrepancies").Items());
        Assert.Equal((properties[149], 287_500m, "book_value"),
            (discrepancy.Long("property_id"), discrepancy.Number("difference"), discrepancy.Text("basis")));
        Assert.Equal(result.Id(),
            Assert.Single((await office.Admin.GetAsync($"/api/v1/portfolio/reconciliations?portfolio_id={portfolio}")).Must(200)
                .Items()).Id());
    }

    [Fact]
    public async Task The_last_valuation_is_what_was_agreed_and_too_far_from_it_fails()
    {
        var office = await server.NewOfficeAsync();
        var property = await NewPropertyAsync(office, 1_000, null);
        foreach (var (value, day) in new[] { (900, "2026-02-01"), (995, "2026-03-01"), (800, "2026-01-01") })
            (await office.Admin.PostAsync($"/api/v1/properties/{property}/valuations", new { value, valuation_date = day })).Must(201);
        var portfolio = (await office.Admin.PostAsync(Path, new { name = "One", property_ids = new[] { property } })).Must(201).Id();
        var result = (await office.Admin.PostAsync("/api/v1/portfolio/reconcile",
            new { portfolio_id = portfolio, threshold = 0.4 })).Must(200);
        Assert.Equal(("fail", 995m, 0.5m),
            (result.Text("validation_status"), result.Number("total_value_expected"), result.Number("discrepancy_percentage")));
        Assert.Equal("last_valuation", result.At("discrepancies").Items()[0].Text("basis"));
    }

    [Fact]
    public async Task The_pipelines_figures_are_what_a_recount_gives()
    {
        var office = await server.NewOfficeAsync();
        string[] stages = ["new", "new", "outreach", "negotiation", "closed_won", "closed_lost", "closed_lost"];
        foreach (var (i, stage) in stages.Index())
            await office.NewPropertyAsync(Samples.Property(("current_stage", stage), ("bird_dog_score", i == 0 ? null : i / 10.0),
                ("estimated_value", i * 1_000)));
        var stats = (await office.Admin.GetAsync($"/api/v1/portfolio/stats?team_id={office.TeamId}")).Must(200);
        Assert.Equal(7, stats.Long("total_properties"));
        Assert.Equal((2, 2, 1), ((int)stats.Long("by_stage.new"), (int)stats.Long("by_stage.closed_lost"),
            (int)stats.Long("by_stage.closed_won")));
        Assert.Equal((0.35m, 21_000m, 0.143m),
            (stats.Number("avg_bird_dog_score"), stats.Number("total_estimated_value"), stats.Number("conversion_rate")));
        Assert.Equal((7, 1, 2), ((int)stats.Long("this_month.new_properties"), (int)stats.Long("this_month.closed_won"),
            (int)stats.Long("this_month.closed_lost")));
        Assert.Equal(0, stats.Number("avg_days_in_pipeline"));
        var past = (await office.Admin.GetAsync($"/api/v1/portfolio/stats?team_id={office.TeamId}&date_to=2020-12-31")).Must(200);
        Assert.Equal(0, past.Long("total_properties"));
        Assert.Equal(["date_from", "team_id"],
            (await office.Admin.GetAsync("/api/v1/portfolio/stats?team_id=x&date_from=soon")).MustNameFields().Order());
        (await office.Admin.GetAsync($"/api/v1/portfolio/stats?team_id={(await server.NewOfficeAsync()).TeamId}")).MustRefuse(
            422, "VAL_002");
    }

    [Fact]
    public async Task Without_a_team_the_pipeline_is_that_of_the_organization_and_of_no_other()
    {
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var team = (await office.Admin.PostAsync("/api/v1/teams", new { name = "Sales" })).Must(201).Id();
        foreach (var of in (long?[])[office.TeamId, team, team, null])
            await office.NewPropertyAsync(Samples.Property(("team_id", of), ("estimated_value", 1_000)));
        await other.NewPropertyAsync(Samples.Property(("estimated_value", 1_000)));
        var stats = (await office.Admin.GetAsync("/api/v1/portfolio/stats")).Must(200);
        Assert.Equal((4, 4_000m, 4), (stats.Long("total_properties"), stats.Number("total_estimated_value"),
            stats.Long("this_month.new_properties")));
        Assert.Equal(2, (await office.Admin.GetAsync($"/api/v1/portfolio/stats?team_id={team}")).Must(200).Long("total_properties"));
    }

    private static Task<long> NewPropertyAsync(Office office, decimal? estimatedValue, decimal? price) =>
        office.NewPropertyAsync(Samples.Property(("estimated_value", estimatedValue), ("price", price)));
}
