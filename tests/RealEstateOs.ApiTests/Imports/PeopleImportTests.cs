using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Imports;

/// <summary>Leads and clients out of files: nobody twice, whatever the spelling.</summary>
public sealed class PeopleImportTests(Server server)
{
    private const string Leads = "/api/v1/leads", Clients = "/api/v1/clients";

    [Fact]
    public async Task A_file_of_leads_refuses_who_is_here_already_by_line_and_takes_in_the_rest()
    {
        var office = await server.NewOfficeAsync();
        var here = await office.NewLeadAsync(("email", "here@example.com"), ("phone", "0501112233"));
        const string file =
            """
            id,Name,E-Mail,Mobile,Budget,Lead Source,Nationality
            L1,Omar Al Futtaim,omar@example.com,0502223344,"1,500,000",Portal,AE
            L2,Other Name,HERE@example.com,,,,
            L3,Third Person,,00971 50 111 2233,,,
            L4,Same Number,,+971502223344,,,
            L5,Rania Saleh,not a mailbox,,much,,
            L6,Lina Berg,lina@example.com,,,walk_in,DE
            """;
        var import = await office.Admin.ImportAsync(file, "leads.csv", ("entity", "leads"));
        import.MustCount(inserted: 2, failed: 4);
        var errors = await office.Admin.ErrorsAsync(import);
        Assert.Equal([(3, "email"), (4, "phone"), (5, "phone"), (6, "budget"), (6, "email")],
            errors.Select(e => (e.Line, e.Field)).Order());
        Assert.Contains($"lead_{here.Id()}", errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("an earlier row", errors[2].Message, StringComparison.Ordinal);
        var omar = Assert.Single((await office.Admin.GetAsync($"{Leads}?external_id=L1")).Must(200).Items());
        Assert.Equal(("Omar Al", "Futtaim", "+971502223344", 1_500_000m, "portal", "AE"),
            (omar.Text("first_name"), omar.Text("last_name"), omar.Text("phone_e164"), omar.Number("budget"), omar.Text("source"),
                omar.Text("metadata.Nationality")));
        Assert.Equal(omar.Long("score"), omar.At("score_reasons").Items().Sum(r => r.Long("points")));
        Assert.Equal("lead_created",
            (await office.Admin.GetAsync($"{Leads}/{omar.Id()}/timeline")).Must(200).Items()[^1].Text("event_type"));
    }

    [Fact]
    public async Task A_lead_is_changed_by_its_external_id_and_the_same_file_again_changes_nothing()
    {
        var office = await server.NewOfficeAsync();
        const string first =
            """[{"external_id": "A", "first_name": "Ann", "last_name": "Lee", "email": "ann@example.com", "metadata": {"form": 1}}]""";
        (await office.Admin.ImportAsync(first, "leads.json", ("entity", "leads"))).MustCount(inserted: 1);
        (await office.Admin.ImportAsync(first, "leads.json", ("entity", "leads"))).MustCount(unchanged: 1);
        (await office.Admin.ImportAsync("external_id,status,page\nA,qualified,home\n", "leads.csv", ("entity", "leads"))).MustCount(
            updated: 1);
        var lead = Assert.Single((await office.Admin.GetAsync(Leads)).Must(200).Items());
        Assert.Equal(("Ann", "qualified", "ann@example.com", 1, "home"),
            (lead.Text("first_name"), lead.Text("status"), lead.Text("email"), lead.Long("metadata.form"), lead.Text("metadata.page")));
        Assert.Contains("status_changed",
            (await office.Admin.GetAsync($"{Leads}/{lead.Id()}/timeline")).Must(200).Items().Select(e => e.Text("event_type")));
    }

    [Fact]
    public async Task Leads_of_a_file_are_dealt_out_evenly_and_a_dry_run_keeps_none()
    {
        var office = await server.NewOfficeAsync();
        var (one, two) = (await office.NewUserAsync("agent"), await office.NewUserAsync("agent"));
        await office.NewRuleAsync([one.Id, two.Id]);
        var file = "first_name,last_name,email\n"
            + string.Concat(Enumerable.Range(1, 40).Select(i => $"Lead,Number{i},lead{i}@example.com\n"));
        (await office.Admin.ImportAsync(file, "leads.csv", ("entity", "leads"), ("dry_run", "true"))).MustCount(inserted: 40);
        Assert.Empty((await office.Admin.GetAsync(Leads)).Must(200).Items());
        (await office.Admin.ImportAsync(file, "leads.csv", ("entity", "leads"))).MustCount(inserted: 40);
        foreach (var agent in new[] { one.Id, two.Id })
            Assert.Equal("20", (await office.Admin.GetAsync($"{Leads}?assigned_to={agent}")).Header("X-Total-Count"));
    }

    [Fact]
    public async Task An_agent_with_own_leads_only_changes_no_colleagues_by_a_file()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync("/api/v1/roles",
            new { name = "own", permissions = new[] { "data:import", "data:read", "leads:create", "leads:update:own",
                "leads:read:own" } })).Must(201);
        var agent = await office.NewUserAsync("own");
        await office.NewLeadAsync(("external_id", "X"), ("email", "x@example.com"));
        var import = await agent.Actor.ImportAsync("external_id,first_name,last_name\nX,Taken,Over\nY,My,Own\n", "leads.csv",
            ("entity", "leads"));
        import.MustCount(inserted: 1, failed: 1);
        Assert.Equal("Sara", Assert.Single((await office.Admin.GetAsync($"{Leads}?external_id=X")).Must(200).Items()).Text("first_name"));
    }

    [Fact]
    public async Task A_file_gives_leads_to_agents_only_for_who_may_assign()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync("/api/v1/roles",
            new { name = "clerk", permissions = new[] { "data:import", "data:read", "leads:create", "leads:update", "leads:read" } })).Must(
                201);
        var (clerk, agent) = (await office.NewUserAsync("clerk"), await office.NewUserAsync("agent"));
        var mine = (await office.NewLeadAsync(("external_id", "M"), ("assigned_to", agent.Id))).Id();
        await office.NewLeadAsync(("external_id", "O"));
        var file =
            $"external_id,first_name,last_name,assigned_to\nM,Same,Agent,{agent.Id}\nO,Other,Agent,{agent.Id}\nN,New,Lead,{agent.Id}\n";
        var import = await clerk.Actor.ImportAsync(file, "leads.csv", ("entity", "leads"));
        import.MustCount(updated: 1, failed: 2);
        Assert.Equal([(3, "assigned_to"), (4, "assigned_to")], (await clerk.Actor.ErrorsAsync(import)).Select(e => (e.Line, e.Field)));
        Assert.Equal(agent.Id, (await office.Admin.GetAsync($"{Leads}/{mine}")).Must(200).Long("assigned_to"));
        (await office.Admin.ImportAsync(file, "leads.csv", ("entity", "leads"))).MustCount(inserted: 1, updated: 1, unchanged: 1);
    }

    [Fact]
    public async Task Clients_come_by_file_once()
    {
        var office = await server.NewOfficeAsync();
        const string file = "client_id,first_name,last_name,email,phone,type,preferences\nC1,Omar,Khan,omar@example.com,0501234567,buyer,\"{\"\"area\"\": \"\"Dubai Marina\"\"}\"\n,Double,Omar,OMAR@example.com,,buyer,\n,No,Type,,,castle,\n";
        var import = await office.Admin.ImportAsync(file, "clients.csv", ("entity", "clients"));
        import.MustCount(inserted: 1, failed: 2);
        Assert.Equal([(3, "email"), (4, "type")], (await office.Admin.ErrorsAsync(import)).Select(e => (e.Line, e.Field)));
        (await office.Admin.ImportAsync("client_id,type\nC1,investor\n", "clients.csv", ("entity", "clients"))).MustCount(updated: 1);
        var client = Assert.Single((await office.Admin.GetAsync(Clients)).Must(200).Items());
        Assert.Equal(("investor", "+971501234567", "Dubai Marina"),
            (client.Text("type"), client.Text("phone_e164"), client.Text("preferences.area")));
    }

    [Fact]
    public async Task What_an_export_writes_an_import_takes()
    {
        var office = await server.NewOfficeAsync();
        await office.NewLeadAsync(("first_name", "=SUM(A1)"), ("email", "sum@example.com"), ("phone", "+971501112233"),
            ("notes", "-5 % asked, \"firm\"\nsecond line"));
        await office.NewLeadAsync(("email", "plain@example.com"), ("phone", "+971502223344"));
        var before = (await office.Admin.GetAsync($"{Leads}?sort=first_name")).Must(200).Items();
        var file = (await office.Admin.GetAsync(Leads, ("Accept", "text/csv"))).Text;
        foreach (var lead in before) (await office.Admin.DeleteAsync($"{Leads}/{lead.Id()}")).Must(204);
        (await office.Admin.ImportAsync(file, "leads.csv", ("entity", "leads"))).MustCount(failed: 2); // the ids name nobody any more
        (await office.Admin.ImportAsync(file, "leads.csv", ("entity", "leads"), ("mapping", """{"id": null}"""))).MustCount(inserted: 2);
        var after = (await office.Admin.GetAsync($"{Leads}?sort=first_name")).Must(200).Items();
        foreach (var member in (string[])["first_name", "last_name", "email", "phone_e164", "notes", "source", "status"])
            Assert.Equal(before.Select(l => l.Text(member)), after.Select(l => l.Text(member)));
    }
}
