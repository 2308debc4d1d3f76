using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Analytics;

/// <summary>Overview, widgets, performance, benchmarks, goals and health of the system.</summary>
public sealed class DashboardTests(Server server)
{
    private const string Path = "/api/v1/analytics";

    [Fact]
    public async Task The_overview_tells_trends_goals_and_what_happened_lately_of_a_person_and_of_the_office()
    {
        var office = await server.NewOfficeAsync();
        var (agent, id, _) = await office.NewUserAsync("agent");
        await office.NewPropertyAsync(Samples.Property(("address", "1 Overview Road"), ("assigned_user_id", id), ("price", 900_000)));
        var lastMonth = await WinAsync(office, id, 400_000, 3);
        await server.ExecuteAsync(
            "update deals.deals set closed_at = now() - interval '40 days', created_at = now() - interval '50 days' where id = $1",
            lastMonth);
        await WinAsync(office, id, 500_000, 2);
        await WinAsync(office, office.AdminId, 300_000, 2);
        (await office.Admin.PostAsync($"{Path}/goals", new { metric = "sales", target = 4 })).Must(201);
        (await office.Admin.PostAsync($"{Path}/goals", new { metric = "volume", target = 1_000_000, user_id = id })).Must(201);

        var whole = (await office.Admin.GetAsync($"{Path}/dashboard/overview?time_period=30days")).Must(200);
        Assert.Equal((2, 800_000m, 16_000m), (whole.Long("performance_overview.listings_sold"),
            whole.Number("performance_overview.total_volume"), whole.Number("performance_overview.gross_commission")));
        Assert.Equal((2, 1, 1m), (whole.Long("kpi_trends.sales.current"), whole.Long("kpi_trends.sales.previous"),
            whole.Number("kpi_trends.sales.change")));
        Assert.Equal(4, whole.Number("goal_progress.monthly_sales_target.target"));
        Assert.True(whole.IsNull("goal_progress.volume_target.target"));
        Assert.Contains(whole.At("recent_activities").Items(), a => a.Text("type") == "listing_created"
            && a.Text("property") == "1 Overview Road" && a.Number("amount") == 900_000);

        var own = (await office.Admin.GetAsync($"{Path}/dashboard/overview?user_id=user_{id}")).Must(200);
        Assert.Equal((1, 500_000m), (own.Long("performance_overview.listings_sold"), own.Number("performance_overview.total_volume")));
        Assert.Equal(1_000_000, own.Number("goal_progress.volume_target.target"));
        Assert.True(own.IsNull("goal_progress.monthly_sales_target.target"));
        Assert.Equal(500_000m, own.Number("goal_progress.volume_target.current"));
        Assert.Equal(0.5m, own.Number("goal_progress.volume_target.progress"));
        (await (await server.NewOfficeAsync()).Admin.GetAsync($"{Path}/dashboard/overview?user_id={id}")).Must(404);
        Assert.NotNull(agent.Token);
    }

    [Fact]
    public async Task Every_widget_answers_and_an_unknown_one_names_them_all()
    {
        var office = await server.NewOfficeAsync();
        string[] all = ["properties", "leads", "deals", "campaigns", "revenue", "overview", "goals", "activities", "engagement"];
        foreach (var type in all) Assert.Equal(type,
            (await office.Admin.GetAsync($"{Path}/dashboard/widgets/{type}")).Must(200).Text("widget"));
        var refused = await office.Admin.GetAsync($"{Path}/dashboard/widgets/weather");
        Assert.Equal(["type"], refused.MustNameFields());
        Assert.All(all, type => Assert.Contains(type, refused.Text, StringComparison.Ordinal));
        var (viewer, _) = await office.NewUserWhoMayAsync("analytics:read", "leads:read");
        (await viewer.GetAsync($"{Path}/dashboard/widgets/deals")).MustRefuse(403, "AUTH_003");
    }

    [Fact]
    public async Task Performance_ranks_everybody_and_advice_names_the_gap_that_was_measured()
    {
        var office = await server.NewOfficeAsync();
        var (first, second) = ((await office.NewUserAsync("agent")).Id, (await office.NewUserAsync("agent")).Id);
        for (var i = 0; i < 3; i++) await WinAsync(office, first, 400_000, 2);
        await WinAsync(office, second, 400_000, 2);
        (await office.Admin.PatchAsync($"/api/v1/deals/{(await office.NewDealAsync(members: ("assigned_to", second))).Id()}",
            new { stage = "closed_lost" })).Must(200);
        var performance = (await office.Admin.GetAsync($"{Path}/performance?period=30d")).Must(200);
        Assert.Equal((4, 0.8m, 32_000m), (performance.Long("deals_won"), performance.Number("win_rate"),
            performance.Number("gross_commission")));
        Assert.Equal([first, second, office.AdminId], performance.At("agents").Items().Select(a => a.Long("user_id")));

        var answer = (await office.Admin.GetAsync($"{Path}/performance/agent/{second}")).Must(200);
        Assert.Equal((1, 0.5m), (answer.Long("agent_metrics.sales_this_quarter"), answer.Number("agent_metrics.conversion_rate")));
        Assert.True(answer.IsNull("agent_metrics.client_satisfaction"));
        Assert.Equal((2, 3), (answer.Long("brokerage_comparison.rank"), answer.Long("brokerage_comparison.total_agents")));
        var advice = Assert.Single(answer.At("recommendation_details").Items(), r => r.Text("rule") == "close_more");
        Assert.Equal((0.5m, 1m, 0.5m), (advice.Number("evidence.own"), advice.Number("evidence.colleagues_mean"),
            advice.Number("evidence.gap")));
        Assert.Empty((await office.Admin.GetAsync($"{Path}/performance/agent/{first}")).Must(200)
            .At("improvement_recommendations").Items());
        var (loner, _) = await office.NewUserWhoMayAsync("analytics:read", "deals:read:own");
        (await loner.GetAsync($"{Path}/performance/agent/{first}")).Must(404);
        Assert.True((await loner.GetAsync($"{Path}/performance")).Must(200).IsNull("agents"));
    }

    [Fact]
    public async Task Benchmarks_hide_the_office_while_it_is_so_small_that_one_would_show_through()
    {
        var office = await server.NewOfficeAsync();
        Assert.True((await office.Admin.GetAsync($"{Path}/benchmarks")).Must(200).IsNull("office"));
        for (var i = 0; i < 4; i++) await office.NewUserAsync("agent");
        await WinAsync(office, office.AdminId, 400_000, 2);
        var benchmarks = (await office.Admin.GetAsync($"{Path}/benchmarks")).Must(200);
        Assert.Equal((5, 0.2m, 0m), (benchmarks.Long("office.agents"), benchmarks.Number("office.mean_deals_won"),
            benchmarks.Number("office.median_deals_won")));
        Assert.NotEmpty(benchmarks.At("market.trends").EnumerateObject());
    }

    [Fact]
    public async Task A_goal_is_set_once_changed_and_dropped()
    {
        var office = await server.NewOfficeAsync();
        await office.NewLeadAsync();
        var goal = (await office.Admin.PostAsync($"{Path}/goals", new { metric = "leads", target = 10 })).Must(201);
        Assert.Equal(("monthly_leads_target", 1m, 0.1m), (goal.Text("name"), goal.Number("current"), goal.Number("progress")));
        (await office.Admin.PostAsync($"{Path}/goals", new { metric = "leads", target = 20 })).MustRefuse(409, "RES_002");
        Assert.Equal(0.5m, (await office.Admin.PatchAsync($"{Path}/goals/{goal.Id()}", new { target = 2 })).Must(200).Number("progress"));
        Assert.Equal(["metric", "target"], (await office.Admin.PostAsync($"{Path}/goals", new { target = -1 })).MustNameFields().Order());
        var (agent, id, _) = await office.NewUserAsync("agent");
        (await agent.PostAsync($"{Path}/goals", new { metric = "sales", target = 3, user_id = id })).Must(403);
        var (owner, me) = await office.NewUserWhoMayAsync("analytics:read", "analytics:goals:own");
        (await owner.PostAsync($"{Path}/goals", new { metric = "sales", target = 3 })).Must(403);
        var mine = (await owner.PostAsync($"{Path}/goals", new { metric = "sales", target = 3, user_id = me })).Must(201).Id();
        (await owner.PatchAsync($"{Path}/goals/{goal.Id()}", new { target = 1 })).Must(404);
        Assert.Equal([goal.Id(), mine], (await owner.GetAsync($"{Path}/goals")).Must(200).Items().Select(g => g.Id()));
        (await office.Admin.DeleteAsync($"{Path}/goals/{goal.Id()}")).Must(204);
        (await office.Admin.GetAsync($"{Path}/goals/{goal.Id()}")).Must(404);
    }

    [Fact]
    public async Task Health_tells_what_was_measured()
    {
        var office = await server.NewOfficeAsync();
        var before = (await office.Admin.GetAsync($"{Path}/health/system")).Must(200);
        await office.SignInAsync(office.AdminEmail);
        for (var i = 0; i < 25; i++) await office.Admin.GetAsync($"{Path}/goals");
        var health = (await office.Admin.GetAsync($"{Path}/health/system")).Must(200);
        Assert.Equal(before.Long("performance_metrics.user_sessions_active") + 1, health.Long("performance_metrics.user_sessions_active"));
        Assert.True(health.Number("performance_metrics.api_requests_per_minute") >= 5);
        Assert.True(health.Long("services.database.connections") > 0);
        Assert.EndsWith("ms", health.Text("services.database.query_avg"), StringComparison.Ordinal);
        Assert.True(health.IsNull("maintenance_scheduled"));
    }

    private static async Task<long> WinAsync(Office office, long agent, decimal value, decimal rate) =>
        (await office.NewDealAsync(members: [("assigned_to", agent), ("value", value), ("commission_rate", rate),
            ("stage", "closed_won")])).Id();
}
