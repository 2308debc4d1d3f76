using System.Text.Json;
using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Analytics;

/// <summary>Every figure of an agent is counted again here, in plain loops over what was put in.</summary>
public sealed class OfficeAnalyticsTests(Server server)
{
    private const string Performance = "/api/v1/cma/analytics/performance", Overview = "/api/v1/cma/analytics/dashboard/overview";

    private sealed record Case(long Agent, string Stage, decimal Value, decimal ListPrice, double Rate, double ClosedAgo,
        double DaysToClose, double DaysOnMarket, (long Agent, decimal Percent)[] Shares);

    [Fact]
    public async Task An_agents_figures_rank_and_trends_equal_a_recount_and_no_other_office_counts()
    {
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        long[] agents = [.. await NewAgentsAsync(office, 4)];
        var cases = await SellAsync(office, agents);
        await SellAsync(other, [(await other.NewUserAsync("agent")).Id]);
        long[] everybody = [office.AdminId, .. agents];

        foreach (var agent in everybody)
        {
            var answer = (await office.Admin.GetAsync($"{Performance}/{agent}?period=90d")).Must(200);
            var (now, before) = (cases.Where(c => c.ClosedAgo < 90).ToList(), cases.Where(c => c.ClosedAgo is >= 90 and < 180).ToList());
            var won = Won(now, agent);
            var figures = answer.At("agent_performance");
            Assert.Equal(cases.Count(c => c.Agent == agent && c.ClosedAgo + c.DaysOnMarket < 90), figures.Long("listings_taken"));
            Assert.Equal(won.Count, figures.Long("properties_sold"));
            Assert.Equal(Commission(now, agent), figures.Number("gross_commission"));
            figures.MustShow("average_list_price", won.Count == 0 ? null : Math.Round(won.Average(c => c.ListPrice)));
            figures.MustShow("average_sale_price", won.Count == 0 ? null : Math.Round(won.Average(c => c.Value)));
            figures.MustShow("days_on_market_avg", won.Count == 0 ? null : (decimal)Math.Round(won.Average(c => c.DaysOnMarket), 1));
            var ended = now.Count(c => c.Agent == agent && c.Stage is "closed_won" or "closed_lost");
            figures.MustShow("conversion_rate", ended == 0 ? null : Math.Round((decimal)won.Count / ended, 4));

            var comparison = answer.At("market_comparison");
            var ranked = everybody.OrderByDescending(a => Won(now, a).Count).ThenByDescending(a => Won(now, a).Sum(c => c.Value)).ToList();
            comparison.MustShow("rank_in_brokerage", won.Count == 0 ? null : ranked.IndexOf(agent) + 1);
            Assert.Equal(everybody.Length, comparison.Long("total_agents"));
            comparison.MustShow("performance_percentile",
                won.Count == 0 ? null : Math.Round((decimal)everybody.Count(a => Won(now, a).Count < won.Count) / (everybody.Length - 1),
                    4));

            Assert.Equal(Trend(won.Count, Won(before, agent).Count), answer.Text("trending.sales"));
            Assert.Equal(Trend(Commission(now, agent), Commission(before, agent)), answer.Text("trending.commission"));
            Assert.Equal(Trend(cases.Count(c => c.Agent == agent && c.ClosedAgo + c.DaysOnMarket < 90),
                cases.Count(c => c.Agent == agent && c.ClosedAgo + c.DaysOnMarket is >= 90 and < 180)), answer.Text("trending.listings"));
        }
        // Somebody sold nothing: nothing is claimed of that person, and the others are not alike.
        var idle = (await office.Admin.GetAsync($"{Performance}/{agents[^1]}?period=90d")).Must(200);
        Assert.Equal(JsonValueKind.Null, idle.At("agent_performance.average_sale_price").ValueKind);
        Assert.Contains(idle.At("notes").EnumerateArray(), n => n.GetString()!.StartsWith("No deal was won", StringComparison.Ordinal));
        Assert.True(everybody.Select(a => Won(cases, a).Count).Distinct().Count() > 2);
        (await other.Admin.GetAsync($"{Performance}/{agents[0]}")).Must(404);
    }

    [Fact]
    public async Task The_overview_counts_the_persons_own_work_of_the_span_and_what_is_really_due()
    {
        var office = await server.NewOfficeAsync();
        var agents = await NewAgentsAsync(office, 2);
        var cases = await SellAsync(office, [.. agents]);
        var (agent, now) = (agents[0], TimeProvider.System.GetUtcNow());
        var lead = 0L;
        for (var i = 0; i < 3; i++) lead = (await office.NewLeadAsync(("assigned_to", agent))).Id();
        foreach (var (type, at, outcome) in new[]
                 {
                     ("viewing", now.AddDays(1), null), ("viewing", now.AddDays(2), null), ("viewing", now.AddDays(1), "Cancelled"),
                     ("viewing", now.AddDays(-1), null), ("call", now.AddDays(-2), null),
                     ("call", now.AddDays(-2), "cancelled"), ("call", now.AddDays(3), null),
                 })
            (await office.Admin.PostAsync($"/api/v1/leads/{lead}/activities",
                new { activity_type = type, description = "x", scheduled_at = at, outcome })).Must(201);

        var answer = (await office.Admin.GetAsync($"{Overview}?period=30d&user_id={agent}")).Must(200);
        var (won, personal, overview) = (Won([.. cases.Where(c => c.ClosedAgo < 30)], agent), answer.At("personal_metrics"),
            answer.At("performance_overview"));
        Assert.Equal(cases.Count(c => c.Agent == agent), overview.Long("total_listings"));
        Assert.Equal(cases.Count(c => c.Agent == agent && c.Stage != "closed_won"), overview.Long("active_listings"));
        Assert.Equal((won.Count, won.Sum(c => c.Value)), (overview.Long("closed_deals"), overview.Number("total_volume")));
        overview.MustShow("average_days_to_close", won.Count == 0 ? null : (decimal)Math.Round(won.Average(c => c.DaysToClose), 1));
        Assert.Equal((2, 2, 3), (personal.Long("showings_scheduled"), personal.Long("follow_ups_due"), personal.Long("leads_generated")));
        Assert.Equal(JsonValueKind.Null, answer.At("market_insights.inventory_status").ValueKind);

        var mine = await office.NewUserAsync("agent");
        Assert.Equal(0, (await mine.Actor.GetAsync(Overview)).Must(200).At("performance_overview").Long("total_listings"));
        Assert.Equal(["period"], (await office.Admin.GetAsync($"{Overview}?period=soon")).MustNameFields());
    }

    private static async Task<List<long>> NewAgentsAsync(Office office, int count)
    {
        var agents = new List<long>();
        for (var i = 0; i < count; i++) agents.Add((await office.NewUserAsync("agent")).Id);
        return agents;
    }

    /// <summary>Thirty deals of all but the last agent, in and out of the spans; time that has passed is written into the rows.</summary>
    private async Task<List<Case>> SellAsync(Office office, long[] agents)
    {
        var cases = new List<Case>();
        var sellers = agents.Length > 1 ? agents[..^1] : agents;
        for (var i = 0; i < 30; i++)
        {
            // Uneven on purpose: the first agent does most.
            var agent = sellers[i % 5 == 4 ? sellers.Length - 1 : i % 3 == 0 ? 0 : i % sellers.Length];
            var stage = i % 7 is 2 or 5 ? "closed_lost" : i % 11 == 3 ? "negotiation" : "closed_won";
            (long, decimal)[] shares = i % 6 == 1 && sellers.Length > 1 && stage == "closed_won"
                ? [(agent, 60), (sellers.First(s => s != agent), 40)] : [(agent, 100)];
            var made = new Case(agent, stage, 900_000 + 37_500 * i, 950_000 + 40_000 * i, 1.5 + i % 4 * 0.5, 3 + i * 53 % 175 + 0.25,
                10 + i * 7 % 40, 20 + i * 13 % 90, shares);
            cases.Add(made);
            var property = await office.NewPropertyAsync(Samples.Property(("address", $"{i} Ledger Row"), ("price", made.ListPrice),
                ("assigned_user_id", agent)));
            var deal = (await office.NewDealAsync(property, ("value", made.Value), ("commission_rate", made.Rate),
                ("assigned_to", agent))).Id();
            if (shares.Length > 1) (await office.Admin.PatchAsync($"/api/v1/deals/{deal}",
                new { splits = shares.Select(s => new { user_id = s.Item1, percent = s.Item2 }) })).Must(200);
            (await office.Admin.PatchAsync($"/api/v1/deals/{deal}", new { stage })).Must(200);
            var closed = TimeProvider.System.GetUtcNow().AddDays(-made.ClosedAgo);
            await server.ExecuteAsync("update deals.deals set created_at = $2, closed_at = case "
                + "when stage in ('closed_won', 'closed_lost') then $3 end where id = $1", deal, closed.AddDays(-made.DaysToClose), closed);
            await server.ExecuteAsync("update properties.properties set created_at = $2 where id = $1", property,
                closed.AddDays(-made.DaysOnMarket));
        }
        return cases;
    }

    private static List<Case> Won(IReadOnlyCollection<Case> cases, long agent) =>
        [.. cases.Where(c => c.Agent == agent && c.Stage == "closed_won")];

    private static decimal Commission(IEnumerable<Case> cases, long agent) => Math.Round(cases.Where(c => c.Stage == "closed_won")
        .SelectMany(c => c.Shares.Where(s => s.Agent == agent)
            .Select(s => Math.Round(c.Value * (decimal)c.Rate / 100, 2) * s.Percent / 100)).Sum(), 2);

    private static string? Trend(decimal now, decimal before) =>
        before == 0 ? null : (int)Math.Round((now / before - 1) * 100) switch { 0 => "unchanged", > 0 and var up => $"up_{up}_percent",
            var down => $"down_{-down}_percent" };
}
