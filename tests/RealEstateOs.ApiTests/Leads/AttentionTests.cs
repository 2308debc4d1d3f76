using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Leads;

public sealed class AttentionTests(Server server)
{
    private const string Attention = "/api/v1/nurturing/attention", Suggestions = "/api/v1/nurturing/suggestions";

    [Fact]
    public async Task Each_rule_finds_its_lead_the_most_urgent_first_and_nobody_else()
    {
        var office = await server.NewOfficeAsync();
        var wrote = await NewAsync(office, "Wrote");
        await DoAsync(office, wrote, new { activity_type = "email", direction = "inbound", description = "Is it still free?" });
        var overdue = await NewAsync(office, "Overdue");
        await DoAsync(office, overdue, new { activity_type = "call", subject = "Call back", description = "x",
            scheduled_at = TimeProvider.System.GetUtcNow().AddDays(-1) });
        var fresh = await NewAsync(office, "Forgotten");
        await server.ExecuteAsync("update leads.leads set created_at = now() - interval '25 hours' where id = $1", fresh);
        var hot = await InWorkAsync(office, "Hot", days: 4, score: 80);
        var quiet = await InWorkAsync(office, "Quiet", days: 15, score: 20);
        // Nobody of these needs anybody.
        var calledOff = await NewAsync(office, "CalledOff");
        await DoAsync(office, calledOff, new { activity_type = "viewing", description = "x", outcome = "Cancelled",
            scheduled_at = TimeProvider.System.GetUtcNow().AddDays(-1) });
        await NewAsync(office, "New");
        await InWorkAsync(office, "Recent", days: 2, score: 90);
        var planned = await InWorkAsync(office, "Planned", days: 30, score: 90);
        await DoAsync(office, planned,
            new { activity_type = "viewing", description = "x", scheduled_at = TimeProvider.System.GetUtcNow().AddDays(1) });
        var lost = await InWorkAsync(office, "Lost", days: 30, score: 90);
        (await office.Admin.PatchAsync($"/api/v1/leads/{lost}", new { status = "lost" })).Must(200);
        var answered = await NewAsync(office, "Answered");
        await DoAsync(office, answered, new { activity_type = "email", direction = "inbound", description = "Hello" });
        await DoAsync(office, answered, new { activity_type = "call", description = "Called back" });

        var found = (await office.Admin.GetAsync(Attention)).Must(200).Items();
        Assert.Equal([(wrote, "unanswered"), (overdue, "overdue"), (fresh, "not_contacted"), (hot, "hot_and_quiet"), (quiet, "quiet")],
            found.Select(f => (f.Long("lead_id"), f.At("reasons").Items()[0].Text("reason")!)));
        Assert.All(found, f => Assert.Single(f.At("reasons").Items()));
        Assert.Equal(2, (await office.Admin.GetAsync($"{Attention}?limit=2")).Must(200).Items().Length);
        Assert.Equal(["limit"], (await office.Admin.GetAsync($"{Attention}?limit=201")).MustNameFields());
        Assert.Empty((await (await server.NewOfficeAsync()).Admin.GetAsync(Attention)).Must(200).Items());
    }

    [Fact]
    public async Task A_suggestion_names_the_way_the_reason_and_a_listing_that_fits()
    {
        var office = await server.NewOfficeAsync();
        var dear = await office.NewPropertyAsync(Samples.Property(("address", "Too dear 1"), ("community", "Harbourside"),
            ("price", 2_000_000)));
        var fits = await office.NewPropertyAsync(Samples.Property(("address", "Quay House 3"), ("community", "Harbourside"),
            ("price", 900_000)));
        await office.NewPropertyAsync(Samples.Property(("address", "Yen House 1"), ("community", "Harbourside"), ("price", 900_000),
            ("currency", "JPY")));
        var lead = await InWorkAsync(office, "Hana", days: 5, score: 90, ("area", "harbourside"), ("budget", 1_000_000),
            ("phone", "+971501234567"));
        var suggestion = Assert.Single((await office.Admin.GetAsync(Suggestions)).Must(200).Items());
        Assert.Equal((lead, "call", "Offer Hana a viewing of Quay House 3", fits),
            (suggestion.Long("lead_id"), suggestion.Text("action"), suggestion.Text("suggestion"), suggestion.Long("property_id")));
        Assert.Equal("hot_and_quiet", suggestion.Text("because.reason"));
        (await office.Admin.PatchAsync($"/api/v1/properties/{fits}", new { status = "sold" })).Must(200);
        suggestion = Assert.Single((await office.Admin.GetAsync(Suggestions)).Must(200).Items());
        Assert.True(suggestion.IsNull("property_id"));
        Assert.NotEqual(dear, fits);
    }

    [Fact]
    public async Task Who_sees_only_own_leads_is_shown_only_those()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync("/api/v1/roles", new { name = "junior", permissions = new[] { "leads:read:own" } })).Must(201);
        var (junior, id, _) = await office.NewUserAsync("junior");
        var mine = await InWorkAsync(office, "Mine", days: 20, score: 20, ("assigned_to", id));
        await InWorkAsync(office, "Theirs", days: 20, score: 20);
        Assert.Equal([mine], (await junior.GetAsync(Attention)).Must(200).Items().Select(f => f.Long("lead_id")));
        Assert.Equal([mine], (await office.Admin.GetAsync($"{Attention}?agent_id={id}")).Must(200).Items().Select(f => f.Long("lead_id")));
        Assert.Equal([mine], (await junior.GetAsync(Suggestions)).Must(200).Items().Select(f => f.Long("lead_id")));
    }

    private static async Task<long> NewAsync(Office office, string name, params (string Name, object? Value)[] members) =>
        (await office.NewLeadAsync([("first_name", name), ("email", $"{Guid.NewGuid():n}@example.com"), .. members])).Id();

    private async Task<long> InWorkAsync(Office office, string name, int days, int score, params (string Name, object? Value)[] members)
    {
        var id = await NewAsync(office, name, [("status", "contacted"), ("score", score), .. members]);
        await server.ExecuteAsync("update leads.leads set last_contacted_at = now() - make_interval(days => $2) where id = $1", id, days);
        return id;
    }

    private static async Task DoAsync(Office office, long lead, object activity) =>
        (await office.Admin.PostAsync($"/api/v1/leads/{lead}/activities", activity)).Must(201);
}
