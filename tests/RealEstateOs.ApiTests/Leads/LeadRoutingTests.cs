using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Leads.Routing;

namespace RealEstateOs.ApiTests.Leads;

public sealed class LeadRoutingTests(Server server)
{
    private const string Path = LeadVerbs.Path;

    [Fact]
    public async Task Round_robin_is_fair_when_leads_come_at_once()
    {
        var office = await server.NewOfficeAsync();
        var agents = await AgentsAsync(office, 3);
        await office.NewRuleAsync(agents);
        var leads = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => office.NewLeadAsync(("email", $"rr{i}@example.com"))));
        Assert.Equal(agents.Order().Select(a => (a, 10)),
            leads.GroupBy(l => l.Long("assigned_to")).Select(g => (g.Key, g.Count())).Order());
    }

    [Fact]
    public async Task Rules_ask_for_area_type_and_budget_and_skip_who_has_left()
    {
        var office = await server.NewOfficeAsync();
        var agents = await AgentsAsync(office, 4);
        await office.NewRuleAsync([agents[0]], ("areas", new[] { "Marina" }), ("position", 1));
        await office.NewRuleAsync([agents[1]], ("property_types", new[] { "villa" }), ("position", 2));
        await office.NewRuleAsync([agents[2]], ("min_budget", 5_000_000), ("position", 3));
        await office.NewRuleAsync([agents[3], office.AdminId], ("position", 4));
        var marina = await office.NewPropertyAsync(Samples.Property(("community", "Dubai Marina")));
        Assert.Equal(agents[0], (await office.NewLeadAsync(("property_id", marina))).Long("assigned_to"));
        Assert.Equal(agents[1], (await office.NewLeadAsync(("property_type", "villa"), ("area", "JVC"))).Long("assigned_to"));
        Assert.Equal(agents[2], (await office.NewLeadAsync(("budget", 6_000_000))).Long("assigned_to"));
        (await office.Admin.DeleteAsync($"/api/v1/users/{agents[3]}")).Must(204);
        for (var i = 0; i < 3; i++) Assert.Equal(office.AdminId, (await office.NewLeadAsync()).Long("assigned_to"));
    }

    [Fact]
    public async Task Out_of_hours_a_lead_waits_and_the_job_routes_it_later()
    {
        var office = await server.NewOfficeAsync();
        var agents = await AgentsAsync(office, 1);
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-2).DayOfWeek.ToString().ToLowerInvariant();
        var rule = await office.NewRuleAsync(agents, ("working_days", new[] { yesterday }));
        var lead = await office.NewLeadAsync();
        Assert.True(lead.IsNull("assigned_to"));
        await RunJobAsync();
        Assert.True((await office.Admin.GetAsync($"{Path}/{lead.Id()}")).Must(200).IsNull("assigned_to"));
        (await office.Admin.PatchAsync($"{Path}/assignment-rules/{rule}", new { working_days = Array.Empty<string>() })).Must(200);
        await RunJobAsync();
        Assert.Equal(agents[0], (await office.Admin.GetAsync($"{Path}/{lead.Id()}")).Must(200).Long("assigned_to"));
    }

    [Fact]
    public async Task An_unworked_lead_goes_to_the_next_agent_once()
    {
        var office = await server.NewOfficeAsync();
        var agents = await AgentsAsync(office, 3);
        await office.NewRuleAsync(agents, ("reassign_after_minutes", 5));
        var (idle, worked, fresh) = (await office.NewLeadAsync(), await office.NewLeadAsync(), await office.NewLeadAsync());
        (await office.Admin.PostAsync($"{Path}/{worked.Id()}/activities", new { activity_type = "call", description = "x" })).Must(201);
        await AgeAsync(idle, worked);
        await RunJobAsync();
        var moved = (await office.Admin.GetAsync($"{Path}/{idle.Id()}")).Must(200).Long("assigned_to");
        Assert.NotEqual(idle.Long("assigned_to"), moved);
        Assert.Contains(moved, agents);
        foreach (var kept in new[] { worked, fresh })
            Assert.Equal(kept.Long("assigned_to"), (await office.Admin.GetAsync($"{Path}/{kept.Id()}")).Must(200).Long("assigned_to"));
        await AgeAsync(idle);
        await RunJobAsync();
        Assert.Equal(moved, (await office.Admin.GetAsync($"{Path}/{idle.Id()}")).Must(200).Long("assigned_to"));
        Assert.Equal(2, (await office.Admin.GetAsync($"{Path}/{idle.Id()}/timeline?event_type=assigned")).Must(200).Items().Length);
    }

    private static async Task<long[]> AgentsAsync(Office office, int count)
    {
        var agents = new long[count];
        for (var i = 0; i < count; i++)
            agents[i] = (await office.Admin.PostAsync("/api/v1/users",
                new { email = $"{Guid.NewGuid():n}@example.com", password = Office.Password, first_name = "A", last_name = "B",
                    role = "agent" })).Must(201).Id();
        return agents;
    }

    private async Task AgeAsync(params JsonElement[] leads)
    {
        foreach (var lead in leads)
            await server.ExecuteAsync("update leads.leads set assigned_at = assigned_at - interval '6 minutes' where id = $1", lead.Id());
    }

    private async Task RunJobAsync()
    {
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<RouteOverdueLeads>(scope.ServiceProvider).RunAsync(null!,
            TestContext.Current.CancellationToken);
    }
}
