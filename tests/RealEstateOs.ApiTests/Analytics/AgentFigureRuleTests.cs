using System.Text.Json;
using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Analytics;

/// <summary>
/// The edges of agents' figures: ties, people who left, other currencies, unknown commissions, empty spans, the ends of spans, who may see
/// what, and what it costs.
/// </summary>
public sealed class AgentFigureRuleTests(Server server)
{
    private const string Performance = "/api/v1/cma/analytics/performance", Overview = "/api/v1/cma/analytics/dashboard/overview",
        Usage = "/api/v1/cma/analytics/summary";

    [Fact]
    public async Task Equals_share_a_rank_and_who_left_takes_none()
    {
        var office = await server.NewOfficeAsync();
        var agents = new List<long>();
        for (var i = 0; i < 6; i++) agents.Add((await office.NewUserAsync("agent")).Id);
        (int Agent, decimal Value)[] won = [(0, 1_000_000), (0, 2_000_000), (1, 1_500_000), (1, 1_500_000), (2, 1_000_000), (2, 1_000_000),
            (3, 9_000_000), (5, 1), (5, 2), (5, 3)];
        foreach (var (agent, value) in won) await WinAsync(office, agents[agent], value);
        (await office.Admin.DeleteAsync($"/api/v1/users/{agents[5]}")).Must(204);
        long[] working = [office.AdminId, .. agents[..5]];
        var sums = working.ToDictionary(a => a,
            a => (Won: won.Count(w => agents[w.Agent] == a), Volume: won.Where(w => agents[w.Agent] == a).Sum(w => w.Value)));
        foreach (var agent in working)
        {
            var stands = (await office.Admin.GetAsync($"{Performance}/{agent}")).Must(200).At("market_comparison");
            Assert.Equal(6, stands.Long("total_agents"));
            var better = sums.Values.Count(s => s.Won > sums[agent].Won || (s.Won == sums[agent].Won && s.Volume > sums[agent].Volume));
            var fewer = sums.Count(s => s.Key != agent && s.Value.Won < sums[agent].Won);
            stands.MustShow("rank_in_brokerage", sums[agent].Won == 0 ? null : 1 + better);
            stands.MustShow("performance_percentile", sums[agent].Won == 0 ? null : Math.Round(fewer / 5m, 4));
        }
        Assert.Equal([1, 1, 3, 4], await RanksAsync(office, agents[..4]));
        // Who left is still told how the figures stand against those who work here.
        Assert.Equal((1, 7), await RankAsync(office, agents[5]));
        var alone = (await office.Admin.GetAsync($"{Performance}/{agents[0]}?include_comparisons=false")).Must(200);
        Assert.True(alone.IsNull("market_comparison"));
        Assert.Equal(2, alone.Long("agent_performance.properties_sold"));
    }

    [Fact]
    public async Task Strengths_are_what_is_a_tenth_better_than_the_mean_of_the_colleagues_who_have_the_figure()
    {
        var office = await server.NewOfficeAsync();
        // Won and lost deals, days from entry to closing, listings, minutes to the first response; the last sells in another currency
        // alone.
        (int Won, int Lost, int Days, int Listings, int? Minutes)[] plan = [(3, 1, 10, 4, 5), (2, 2, 30, 1, 60), (1, 0, 31, 2, null),
            (0, 2, 0, 0, 30), (2, 1, 30, 2, 33)];
        var agents = new List<(long Id, double? Conversion, double? Volume, double? Days, double Listings, double? Minutes)>
        {
            (office.AdminId, null, null, null, 0, null),
        };
        foreach (var (p, i) in plan.Select((p, i) => (p, i)))
        {
            var id = (await office.NewUserAsync("agent")).Id;
            for (var n = 0; n < p.Won; n++)
                await WinAsync(office, id, 1_000_000, closedAgo: 1, daysToClose: p.Days, currency: i == 4 ? "EUR" : null);
            for (var n = 0; n < p.Lost; n++)
                (await office.Admin.PatchAsync($"/api/v1/deals/{(await office.NewDealAsync(members: ("assigned_to", id))).Id()}",
                    new { stage = "closed_lost" })).Must(200);
            for (var n = 0; n < p.Listings; n++) await office.NewPropertyAsync(Samples.Property(("assigned_user_id", id)));
            if (p.Minutes is { } minutes)
                await server.ExecuteAsync("update leads.leads set first_response_minutes = $2 where id = $1",
                    (await office.NewLeadAsync(("assigned_to", id))).Id(), minutes);
            agents.Add((id, p.Won + p.Lost == 0 ? null : p.Won / (double)(p.Won + p.Lost), p.Won == 0 || i == 4 ? null : p.Won * 1e6,
                p.Won == 0 ? null : p.Days, p.Listings, p.Minutes));
        }
        foreach (var agent in agents)
        {
            var (better, worse) = (new List<string>(), new List<string>());
            void Judge(string name, double? own, IEnumerable<double?> others, int sign)
            {
                var mean = others.OfType<double>().DefaultIfEmpty(0).Average();
                if (own is null || mean == 0) return;
                if (sign * (own / mean - 1) >= 0.1) better.Add(name);
                if (sign * (own / mean - 1) <= -0.1) worse.Add(name);
            }
            var others = agents.Where(a => a.Id != agent.Id).ToList();
            Judge("conversion_rate", agent.Conversion, others.Select(o => o.Conversion), 1);
            Judge("deal_volume", agent.Volume, others.Select(o => o.Volume), 1);
            Judge("time_to_close", agent.Days, others.Select(o => o.Days), -1);
            Judge("listings", agent.Listings, others.Select(o => (double?)o.Listings), 1);
            Judge("response_time", agent.Minutes, others.Select(o => o.Minutes), -1);
            var stands = (await office.Admin.GetAsync($"{Performance}/{agent.Id}")).Must(200).At("market_comparison");
            Assert.Equal(better, stands.At("areas_of_strength").Items().Select(a => a.GetString()!));
            Assert.Equal(worse, stands.At("improvement_opportunities").Items().Select(a => a.GetString()!));
        }
        Assert.DoesNotContain("deal_volume",
            (await office.Admin.GetAsync($"{Performance}/{agents[^1].Id}")).Must(200).At("market_comparison.improvement_opportunities")
                .GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_claimed_of_an_empty_span()
    {
        var office = await server.NewOfficeAsync();
        var answer = await office.Admin.GetAsync($"{Performance}/{office.AdminId}");
        var figures = answer.Must(200).At("agent_performance");
        Assert.Equal((0, 0, 0m), (figures.Long("listings_taken"), figures.Long("properties_sold"), figures.Number("gross_commission")));
        foreach (var name in new[] { "average_list_price", "average_sale_price", "days_on_market_avg", "conversion_rate" })
            Assert.True(figures.IsNull(name), name);
        foreach (var name in new[] { "rank_in_brokerage", "performance_percentile" })
            Assert.True(answer.Json.IsNull($"market_comparison.{name}"), name);
        Assert.Empty(answer.Json.At("market_comparison.areas_of_strength").Items());
        foreach (var name in new[] { "listings", "sales", "commission" }) Assert.True(answer.Json.IsNull($"trending.{name}"), name);
        foreach (var note in new[] { "No deal was won in the span", "No deal was won or lost", "A trend is null" })
            Assert.Contains(note, answer.Text, StringComparison.Ordinal);
        var overview = await office.Admin.GetAsync(Overview);
        Assert.True(overview.Must(200).IsNull("performance_overview.average_days_to_close")
            && overview.Json.IsNull("performance_overview.conversion_rate"));
        Assert.Contains("No deal was won or lost", overview.Text, StringComparison.Ordinal);
        // A lost deal is an answer: nothing of one.
        (await office.Admin.PatchAsync($"/api/v1/deals/{(await office.NewDealAsync(members: ("assigned_to", office.AdminId))).Id()}",
            new { stage = "closed_lost" })).Must(200);
        Assert.Equal(0m, (await office.Admin.GetAsync(Overview)).Must(200).Number("performance_overview.conversion_rate"));
        var usage = (await office.Admin.GetAsync(Usage)).Must(200);
        Assert.True(usage.IsNull("reports.average_seconds_to_complete") && usage.IsNull("valuations.average_confidence"));
        Assert.Empty(usage.At("top_areas").Items());
    }

    [Fact]
    public async Task Amounts_hold_what_is_known_in_the_offices_currency_and_say_what_they_leave_out()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { currency = "AED" })).Must(200);
        var (unknown, elsewhere, both) = ((await office.NewUserAsync("agent")).Id, (await office.NewUserAsync("agent")).Id,
            (await office.NewUserAsync("agent")).Id);
        await WinAsync(office, unknown, 1_000_000, rate: null);
        await WinAsync(office, elsewhere, 1_000_000, currency: "USD");
        await WinAsync(office, both, 2_000_000, rate: 2);
        await WinAsync(office, both, 3_000_000, rate: null);
        await WinAsync(office, both, 5_000_000, currency: "USD");

        var answer = (await office.Admin.GetAsync($"{Performance}/{unknown}")).Must(200);
        Assert.True(answer.IsNull("agent_performance.gross_commission") && answer.IsNull("trending.commission"));
        Assert.Equal(1_000_000m, answer.Number("agent_performance.average_sale_price"));
        Assert.Contains("1 of the deals won carry no commission rate", answer.At("notes").GetRawText(), StringComparison.Ordinal);
        answer = (await office.Admin.GetAsync($"{Performance}/{elsewhere}")).Must(200);
        Assert.Equal((1, 0m), (answer.Long("agent_performance.properties_sold"), answer.Number("agent_performance.gross_commission")));
        Assert.True(answer.IsNull("agent_performance.average_sale_price"));
        Assert.Contains("1 of the deals won are not in AED", answer.At("notes").GetRawText(), StringComparison.Ordinal);
        answer = (await office.Admin.GetAsync($"{Performance}/{both}")).Must(200);
        Assert.Equal((3, 40_000m, 2_500_000m),
            (answer.Long("agent_performance.properties_sold"), answer.Number("agent_performance.gross_commission"),
                answer.Number("agent_performance.average_sale_price")));
        Assert.Equal((3, 5_000_000m),
            await OverviewAsync(office, both) is var o ? (o.Long("closed_deals"), o.Number("total_volume")) : default);
    }

    [Fact]
    public async Task A_span_holds_its_first_moment_and_the_one_before_ends_there()
    {
        var office = await server.NewOfficeAsync();
        var agent = office.AdminId;
        // Fractions of an hour on either side: the request's own moment moves on while the test runs.
        foreach (var days in new[] { 1, 29.99, 30.01, 59.99, 60.01, 89.99, 90.01 }) await WinAsync(office, agent, 100_000, closedAgo: days);
        async Task<(long, string?)> SoldAsync(string period) =>
        (await office.Admin.GetAsync($"{Performance}/{agent}?period={period}")).Must(200) is var a
            ? (a.Long("agent_performance.properties_sold"), a.Text("trending.sales")) : default;
        Assert.Equal((2, "unchanged"), await SoldAsync("30d"));
        Assert.Equal((4, "up_33_percent"), await SoldAsync("60days"));
        Assert.Equal((1, null), await SoldAsync("10d"));
        Assert.Equal((7, null), await SoldAsync("12m"));
        Assert.Equal((7, null), await SoldAsync("1y"));
        foreach (var period in new[] { "0d", "31", "d", "-3d", "99999d", "11y", "121m", "1d1d" })
            Assert.Equal(["period"], (await office.Admin.GetAsync($"{Performance}/{agent}?period={period}")).MustNameFields());
    }

    [Theory]
    [InlineData("Asia/Dubai")]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Etc/GMT+12")]
    public async Task Year_and_month_begin_where_the_office_is(string name)
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { time_zone = name })).Must(200);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var here = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), zone);
        DateTimeOffset Begin(int month) => new DateTimeOffset(here.Year, month, 1, 0, 0, 0, zone.BaseUtcOffset).ToUniversalTime();
        foreach (var begin in new[] { Begin(1), Begin(here.Month) })
            foreach (var minutes in new[] { -1, 0, 1 })
                await server.ExecuteAsync("update properties.properties set created_at = $2 where id = $1",
                    await office.NewPropertyAsync(Samples.Property(("assigned_user_id", office.AdminId))), begin.AddMinutes(minutes));
        Assert.Equal(here.Month == 1 ? 4 : 5,
            (await office.Admin.GetAsync($"{Performance}/{office.AdminId}?period=ytd")).Must(200).Long("agent_performance.listings_taken"));
        Assert.Equal(here.Month == 1 ? 4 : 2,
            (await office.Admin.GetAsync(Overview)).Must(200).Long("personal_metrics.listings_this_month"));
    }

    [Fact]
    public async Task Who_may_see_only_the_own_sees_only_the_own()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync("/api/v1/roles",
            new { name = "loner", permissions = new[] { "analytics:read:own", "cma:read:own", "cma:create" } })).Must(201);
        var (loner, id, _) = await office.NewUserAsync("loner");
        await WinAsync(office, id, 700_000);
        await WinAsync(office, office.AdminId, 800_000);
        foreach (var path in new[] { $"{Performance}/{office.AdminId}", $"{Overview}?user_id={office.AdminId}", $"{Performance}/999999999",
            $"{Overview}?user_id=user_999999999" }) (await loner.GetAsync(path)).Must(404);
        Assert.Equal(1, (await loner.GetAsync($"{Performance}/user_{id}")).Must(200).Long("agent_performance.properties_sold"));
        Assert.Equal(700_000m, (await loner.GetAsync(Overview)).Must(200).Number("performance_overview.total_volume"));
        foreach (var actor in new[] { office.Admin, office.Admin, loner })
            (await actor.PostAsync("/api/v1/cma/valuation/quick", Home)).Must(200);
        (await office.Admin.PostAsync("/api/v1/cma/analytics/reports/generate", new { report_type = "market_report" })).Must(202);
        Assert.Equal((0, 1), Counts((await loner.GetAsync(Usage)).Must(200)));
        Assert.Equal((1, 3), Counts((await office.Admin.GetAsync(Usage)).Must(200)));
        Assert.Equal((0, 0), Counts((await (await server.NewOfficeAsync()).Admin.GetAsync(Usage)).Must(200)));
    }

    [Fact]
    public async Task Twelve_colleagues_cost_no_more_statements_than_none()
    {
        var (small, large) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        for (var i = 0; i < 12; i++) await WinAsync(large, (await large.NewUserAsync("agent")).Id, 100_000 * (i + 1));
        await WinAsync(small, small.AdminId, 100_000);
        using var statements = new StatementCounter();
        foreach (var path in new[] { Performance, Overview, Usage })
        {
            string Of(Office office) => path == Performance ? $"{path}/{office.AdminId}" : path;
            var (few, many) = (await statements.GetAsync(small.Admin, Of(small)), await statements.GetAsync(large.Admin, Of(large)));
            many.Answer.Must(200);
            Assert.InRange(many.Statements, 2, Math.Max(2, few.Statements));
            Assert.InRange(few.Statements, 2, 10);
        }
    }

    private static object Home =>
        new { property = new { location = "Dubai Marina", property_type = "apartment", bedrooms = 2, area_sqft = 1200 } };

    private static (long Reports, long Valuations) Counts(JsonElement usage) =>
        (usage.Long("reports.total_reports"), usage.Long("valuations.total_valuations"));

    private static async Task<JsonElement> OverviewAsync(Office office, long agent) =>
        (await office.Admin.GetAsync($"{Overview}?user_id={agent}")).Must(200).At("performance_overview");

    private static async Task<(int Rank, int Of)> RankAsync(Office office, long agent) =>
        (await office.Admin.GetAsync($"{Performance}/{agent}")).Must(200).At("market_comparison") is var stands
            ? ((int)stands.Long("rank_in_brokerage"), (int)stands.Long("total_agents")) : default;

    private static async Task<List<int>> RanksAsync(Office office, IEnumerable<long> agents)
    {
        var ranks = new List<int>();
        foreach (var agent in agents) ranks.Add((await RankAsync(office, agent)).Rank);
        return ranks;
    }

    private async Task WinAsync(Office office, long agent, decimal value, double? rate = 2, string? currency = null, double closedAgo = 0,
        double daysToClose = 1)
    {
        var deal = (await office.NewDealAsync(members: [("assigned_to", agent), ("value", value), ("commission_rate", rate),
            ("currency", currency), ("stage", "closed_won")])).Id();
        if (closedAgo > 0)
            await server.ExecuteAsync("update deals.deals set closed_at = now() - make_interval(secs => $2), "
                + "created_at = now() - make_interval(secs => $2 + $3) where id = $1", deal, closedAgo * 86_400, daysToClose * 86_400);
    }
}

internal static class MaybeFigures
{
    /// <summary>The figure, or null where there is nothing to be said.</summary>
    public static void MustShow(this JsonElement json, string member, decimal? expected)
    {
        if (expected is null) Assert.True(json.IsNull(member), $"{member} of {json}");
        else Assert.Equal(expected, json.Number(member));
    }
}
