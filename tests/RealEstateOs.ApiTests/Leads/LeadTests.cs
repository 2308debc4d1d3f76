using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Leads;

public sealed class LeadTests(Server server)
{
    private const string Path = LeadVerbs.Path;

    [Theory]
    [InlineData(700_000, 20)]
    [InlineData(699_999, 0)]
    [InlineData(900_000, 60)]
    [InlineData(5_000_000, 100)]
    public async Task A_budget_reaches_the_share_of_the_stock_that_costs_no_more(int budget, int percent)
    {
        var office = await server.NewOfficeAsync();
        foreach (var price in (int[])[700_000, 800_000, 900_000, 1_000_000, 2_000_000])
            await office.NewPropertyAsync(Samples.Property(("price", price), ("currency", "USD")));
        var lead = await office.NewLeadAsync(("budget", budget));
        Assert.Contains(lead.At("score_reasons").Items(),
            r => r.Text("reason") == $"The budget reaches about {percent} % of 5 available properties");
    }

    [Fact]
    public async Task A_list_by_address_or_number_finds_them_however_they_are_written()
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync(("email", "Nadia.Q@Example.com"), ("phone", "050 765 4321"))).Id();
        await office.NewLeadAsync();
        foreach (var query in new[] { "email=nadia.q@EXAMPLE.com", "email=nobody@example.com,Nadia.Q@example.com", "phone=%2B971507654321",
            "phone=0507654321", "phone=00971%2050%20765-4321" })
            Assert.Equal([lead], (await office.Admin.GetAsync($"/api/v1/leads?{query}")).Must(200).Items().Select(l => l.Id()));
        Assert.Empty((await office.Admin.GetAsync("/api/v1/leads?email=nobody@example.com")).Must(200).Items());
    }

    [Fact]
    public async Task A_lead_lives_from_creation_to_restoration()
    {
        var office = await server.NewOfficeAsync();
        var made = await office.NewLeadAsync(("email", "sara@example.com"), ("phone", "050 123 4567"), ("source", "referral"),
            ("tags", new[] { "hot" }), ("budget", 2_500_000));
        Assert.Equal("new", made.Text("status"));
        Assert.Equal("050 123 4567", made.Text("phone"));
        Assert.Equal("+971501234567", made.Text("phone_e164"));
        Assert.Equal(made.Long("score"), made.At("score_reasons").Items().Sum(r => r.Long("points")));
        var one = $"{Path}/{made.Id()}";
        var changed = (await office.Admin.PutAsync(one, new { status = "contacted", company = "Haddad Trading" })).Must(200);
        Assert.Equal("sara@example.com", changed.Text("email"));
        Assert.Equal("contacted", changed.Text("status"));
        (await office.Admin.DeleteAsync(one)).Must(204);
        (await office.Admin.GetAsync(one)).MustRefuse(404, "RES_001");
        Assert.Equal("Haddad Trading", (await office.Admin.PostAsync($"{one}/restore")).Must(200).Text("company"));
        Assert.Equal(
            ["lead_created", "status_changed", "lead_deleted", "lead_restored"],
            (await office.Admin.GetAsync($"{one}/timeline")).Must(200).Items().Select(e => e.Text("event_type")));
    }

    [Fact]
    public async Task Another_tenant_finds_nothing()
    {
        var (ours, theirs) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var one = $"{Path}/{(await ours.NewLeadAsync(("email", "same@example.com"))).Id()}";
        foreach (var path in new[] { one, $"{one}/activities", $"{one}/notes", $"{one}/documents", $"{one}/timeline" })
            (await theirs.Admin.GetAsync(path)).MustRefuse(404, "RES_001");
        (await theirs.Admin.PutAsync(one, new { first_name = "X" })).MustRefuse(404, "RES_001");
        (await theirs.Admin.PostAsync($"{one}/assign", new { user_id = theirs.AdminId })).MustRefuse(404, "RES_001");
        await theirs.NewLeadAsync(("email", "same@example.com")); // the same person may ask two offices
    }

    [Fact]
    public async Task An_agent_limited_to_own_leads_sees_no_other()
    {
        var office = await server.NewOfficeAsync();
        var role = (await office.Admin.PostAsync("/api/v1/roles",
            new { name = "junior", permissions = new[] { "leads:read:own", "leads:update:own", "leads:create" } })).Must(201);
        var (junior, id, _) = await office.NewUserAsync(role.Text("name")!);
        var foreign = (await office.NewLeadAsync(("email", "foreign@example.com"), ("notes", "private"))).Id();
        var own = (await office.NewLeadAsync(("assigned_to", id))).Id();
        Assert.Equal([own], (await junior.GetAsync(Path)).Must(200).Items().Select(l => l.Id()));
        Assert.Equal(1, (await junior.GetAsync($"{Path}/stats")).Must(200).Long("total_leads"));
        (await junior.GetAsync($"{Path}/{foreign}")).MustRefuse(404, "RES_001");
        (await junior.PostAsync($"{Path}/{foreign}/notes", new { content = "x" })).MustRefuse(404, "RES_001");
        (await junior.PutAsync($"{Path}/{own}", new { status = "contacted" })).Must(200);
        (await junior.PostAsync($"{Path}?on_duplicate=merge", LeadVerbs.Lead(("email", "foreign@example.com")))).MustRefuse(409, "RES_002");
    }

    [Fact]
    public async Task Statistics_equal_a_recount()
    {
        var office = await server.NewOfficeAsync();
        var empty = (await office.Admin.GetAsync($"{Path}/stats")).Must(200);
        Assert.True(empty.IsNull("avg_score") && empty.IsNull("conversion_rate") && empty.Long("total_leads") == 0);
        var random = new Random(7);
        string[] statuses = ["new", "contacted", "qualified", "converted", "lost"], sources = ["website", "portal", "referral"];
        var leads = Enumerable.Range(0,
            60).Select(i => (Status: statuses[random.Next(5)], Source: sources[random.Next(3)], Score: random.Next(101))).ToList();
        foreach (var (status, source, score) in leads) await office.NewLeadAsync(("status", status), ("source", source), ("score", score));
        var stats = (await office.Admin.GetAsync($"{Path}/stats")).Must(200);
        Assert.Equal(60, stats.Long("total_leads"));
        Assert.Equal(leads.GroupBy(l => l.Status).ToDictionary(g => g.Key, g => (long)g.Count()).OrderBy(g => g.Key),
            Counts(stats, "by_status"));
        Assert.Equal(leads.GroupBy(l => l.Source).ToDictionary(g => g.Key, g => (long)g.Count()).OrderBy(g => g.Key),
            Counts(stats, "by_source"));
        Assert.Equal(leads.Average(l => l.Score), (double)stats.Number("avg_score"), 2);
        Assert.Equal(leads.Count(l => l.Status == "converted") / 60.0, (double)stats.Number("conversion_rate"), 4);
    }

    [Fact]
    public async Task Filters_and_search_find_what_fits()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        var wanted = (await office.NewLeadAsync(("first_name", "Layla"), ("email", "layla.n@harbour.example"),
            ("phone", "+971 50 765 4321"), ("company", "Gulf Trading"), ("score", 80),
            ("tags", new[] { "hot", "cash" }), ("property_id", property), ("source", "portal"), ("assigned_to", office.AdminId))).Id();
        await office.NewLeadAsync(("score", 10), ("tags", new[] { "hot" }));
        foreach (var query in new[]
                 {
                     "source=portal", $"assigned_to={office.AdminId}", "score__gte=50", "min_score=50&max_score=90", "tags=hot,cash",
                     $"property_id=prop_{property}", "search=layla", "search=gulf tra",
                     "search=layla.n@harbour.example", "search=0507654321", "search=%2B971 50 765 4321", "search=harbour",
                 })
            Assert.Equal([wanted], (await office.Admin.GetAsync($"{Path}?{query}")).Must(200).Items().Select(l => l.Id()));
        Assert.Equal(2, (await office.Admin.GetAsync($"{Path}?created_at__gte=2020-01-01T00:00:00Z&status=new,contacted")).Must(200)
            .Items().Length);
    }

    [Fact]
    public async Task The_list_is_to_be_had_as_csv()
    {
        var office = await server.NewOfficeAsync();
        await office.NewLeadAsync(("last_name", "=cmd()"), ("email", "csv@example.com"));
        var answer = await office.Admin.GetAsync(Path, ("Accept", "text/csv"));
        Assert.StartsWith("text/csv", answer.Header("Content-Type"), StringComparison.Ordinal);
        var lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("id,organization_id,first_name,last_name,email", lines[0], StringComparison.Ordinal);
        Assert.Contains("'=cmd()", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_names_all_its_faults()
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(
            ["consent", "email", "first_name", "phone", "property_id", "score", "status"],
            (await office.Admin.PostAsync(Path, new { email = "nobody", phone = "??", score = 101, status = "asleep",
                property_id = "lead_5", consent = "yes" })).MustNameFields().Order());
        Assert.Equal(["property_id"], (await office.Admin.PostAsync(Path, LeadVerbs.Lead(("property_id", 99_999_999)))).MustNameFields());
        Assert.Equal(["assigned_to"], (await office.Admin.PostAsync(Path, LeadVerbs.Lead(("assigned_to", 99_999_999)))).MustNameFields());
    }

    private static IEnumerable<KeyValuePair<string, long>> Counts(JsonElement stats, string member) =>
        stats.At(member).EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.GetInt64())).OrderBy(p => p.Key);
}
