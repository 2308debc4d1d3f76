using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Imports;

namespace RealEstateOs.ApiTests.Walls;

/// <summary>What one module shows and does of another's records is what the user could see and do there.</summary>
public sealed class SeamTests(Server server)
{
    [Fact]
    public async Task Nobody_makes_a_client_of_a_lead_that_they_do_not_see()
    {
        var office = await server.NewOfficeAsync();
        var (agent, _) = await office.NewUserWhoMayAsync("clients:create", "clients:read:own", "clients:update:own", "leads:read:own",
            "leads:create");
        var (theirs, own) = (await NewLeadAsync(office.Admin, "theirs@example.com"), await NewLeadAsync(agent, "own@example.com"));
        Assert.Equal(["lead_id"],
            (await agent.PostAsync("/api/v1/clients", new { first_name = "A", last_name = "B", lead_id = theirs })).MustNameFields());
        var client = (await agent.PostAsync("/api/v1/clients", new { first_name = "A", last_name = "B", lead_id = own })).Must(201).Id();
        Assert.Equal(own, (await agent.GetAsync($"/api/v1/clients/{client}")).Must(200).Long("lead.id"));
        Assert.Equal(["lead_id"], (await agent.PatchAsync($"/api/v1/clients/{client}", new { lead_id = theirs })).MustNameFields());
    }

    [Fact]
    public async Task A_client_that_is_written_back_keeps_the_lead_that_its_agent_does_not_see()
    {
        var office = await server.NewOfficeAsync();
        var (agent, id) = await office.NewUserWhoMayAsync("clients:read:own", "clients:update:own");
        var lead = await NewLeadAsync(office.Admin, "theirs@example.com");
        var client = (await office.Admin.PostAsync("/api/v1/clients",
            new { first_name = "A", last_name = "B", lead_id = lead, assigned_agent_id = id })).Must(201).Id();
        var seen = (await agent.GetAsync($"/api/v1/clients/{client}")).Must(200);
        Assert.True(seen.IsNull("lead"));
        Assert.Equal(lead, (await agent.PutAsync($"/api/v1/clients/{client}",
            new { first_name = "C", lead_id = seen.Long("lead_id") })).Must(200).Long("lead_id"));
    }

    [Fact]
    public async Task Nobody_links_or_collects_properties_that_they_do_not_see()
    {
        var office = await server.NewOfficeAsync();
        var (agent, _) = await office.NewUserWhoMayAsync("clients:create", "clients:update:own", "portfolios:create", "portfolios:read",
            "portfolios:update", "properties:read:own", "properties:create");
        var (theirs, own) = (await office.NewPropertyAsync(),
            (await agent.PostAsync("/api/v1/properties", Samples.Property())).Must(201).Id());
        var client = (await agent.PostAsync("/api/v1/clients", new { first_name = "A", last_name = "B" })).Must(201).Id();
        Assert.Equal(["property_id"],
            (await agent.PostAsync($"/api/v1/clients/{client}/properties", new { property_id = theirs })).MustNameFields());
        Assert.Equal(["property_ids"],
            (await agent.PostAsync("/api/v1/portfolios", new { name = "All", property_ids = new[] { theirs, own } })).MustNameFields());

        var portfolio = (await office.Admin.PostAsync("/api/v1/portfolios", new { name = "All", property_ids = new[] { theirs } })).Must(
            201).Id();
        Assert.Equal([own], (await agent.PatchAsync($"/api/v1/portfolios/{portfolio}", new { property_ids = new[] { own } })).Must(200)
            .At("properties").Items().Select(p => p.Long("id")));
        Assert.Equal(2, (await office.Admin.GetAsync($"/api/v1/portfolios/{portfolio}")).Must(200).At("properties").Items().Length);
    }

    [Fact]
    public async Task A_campaign_goes_to_leads_that_its_sender_sees()
    {
        var office = await server.NewOfficeAsync();
        string[] campaigns = ["campaigns:create", "campaigns:send", "campaigns:read"];
        var (agent, _) = await office.NewUserWhoMayAsync([.. campaigns, "leads:read:own", "leads:create"]);
        var (outsider, _) = await office.NewUserWhoMayAsync(campaigns);
        var (theirs, own) = (await NewLeadAsync(office.Admin, "theirs@example.com"), await NewLeadAsync(agent, "own@example.com"));
        var campaign = (await agent.PostAsync("/api/v1/campaigns",
            new { name = "x", campaign_type = "email", subject = "x", content = "x" })).Must(201).Id();
        (await outsider.PostAsync($"/api/v1/campaigns/{campaign}/send", new { })).MustRefuse(403, "AUTH_003");
        Assert.Equal(["lead_ids"],
            (await agent.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = new[] { theirs } })).MustNameFields());
        (await agent.PostAsync($"/api/v1/campaigns/{campaign}/send", new { })).Must(202);
        await Eventually.UntilAsync(async () => (await agent.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200),
            c => c.Text("status") == "completed");
        var recipient = Assert.Single((await agent.GetAsync($"/api/v1/campaigns/{campaign}/recipients")).Must(200).Items());
        Assert.Equal((own, "own@example.com"), (recipient.Long("lead_id"), recipient.Text("address")));
        Assert.True(Assert.Single((await outsider.GetAsync($"/api/v1/campaigns/{campaign}/recipients")).Must(200).Items())
            .IsNull("address"));
    }

    [Fact]
    public async Task A_refusal_shows_an_existing_lead_only_to_who_may_see_it()
    {
        var office = await server.NewOfficeAsync();
        var (agent, _) = await office.NewUserWhoMayAsync("leads:create", "leads:read:own");
        var existing = await NewLeadAsync(office.Admin, "known@example.com");
        var refusal = await agent.PostAsync("/api/v1/leads",
            new { first_name = "New", last_name = "Name", email = "KNOWN@example.com", source = "website" });
        refusal.MustRefuse(409, "RES_002");
        Assert.DoesNotContain("Existing", refusal.Text, StringComparison.Ordinal);
        Assert.Contains("email", refusal.Text, StringComparison.Ordinal);
        var shown = await office.Admin.PostAsync("/api/v1/leads",
            new { first_name = "New", last_name = "Name", email = "known@example.com", source = "website" });
        shown.MustRefuse(409, "RES_002");
        Assert.Contains("Existing Lead", shown.Text, StringComparison.Ordinal);
        Assert.Contains($"{existing}", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_that_two_leads_share_merges_them_only_for_who_may_merge()
    {
        var office = await server.NewOfficeAsync();
        var one = await NewLeadAsync(office.Admin, "one@example.com");
        var two = (await office.Admin.PostAsync("/api/v1/leads",
            new { first_name = "Other", last_name = "Lead", phone = "+971501112233", source = "website" })).Must(201).Id();
        var both = new { first_name = "One", last_name = "Person", email = "one@example.com", phone = "+971501112233", source = "website" };
        var (agent, _, _) = await office.NewUserAsync("agent");
        (await agent.PostAsync("/api/v1/leads?on_duplicate=merge", both)).MustRefuse(409, "RES_002");
        (await agent.GetAsync($"/api/v1/leads/{two}")).Must(200);
        Assert.Equal(one, (await office.Admin.PostAsync("/api/v1/leads?on_duplicate=merge", both)).Must(200).Id());
        (await agent.GetAsync($"/api/v1/leads/{two}")).Must(404);
    }

    [Fact]
    public async Task A_deal_names_what_its_author_sees_and_closes_what_they_may_change()
    {
        var office = await server.NewOfficeAsync();
        var (property, lead) = (await office.NewPropertyAsync(), await NewLeadAsync(office.Admin, "buyer@example.com"));
        var won = new { property_id = property, lead_id = lead, deal_type = "sale", value = 1000, stage = "closed_won" };
        var (blind, _) = await office.NewUserWhoMayAsync("deals:create");
        Assert.Contains("property_id", (await blind.PostAsync("/api/v1/deals", won)).MustNameFields());
        var (reader, _) = await office.NewUserWhoMayAsync("deals:create", "properties:read", "leads:read");
        (await reader.PostAsync("/api/v1/deals", won)).MustRefuse(403, "AUTH_003");
        var (seller, _) = await office.NewUserWhoMayAsync("deals:create", "properties:read", "properties:update", "leads:read");
        (await seller.PostAsync("/api/v1/deals", won)).MustRefuse(403, "AUTH_003");
        Assert.Equal("available", (await office.Admin.GetAsync($"/api/v1/properties/{property}")).Must(200).Text("status"));
        Assert.Empty((await office.Admin.GetAsync("/api/v1/deals")).Must(200).Items());
        var (closer, _, _) = await office.NewUserAsync("agent");
        (await closer.PostAsync("/api/v1/deals", won)).Must(201);
        Assert.Equal("sold", (await office.Admin.GetAsync($"/api/v1/properties/{property}")).Must(200).Text("status"));
        Assert.Equal("converted", (await office.Admin.GetAsync($"/api/v1/leads/{lead}")).Must(200).Text("status"));
    }

    [Fact]
    public async Task Transactions_of_a_deal_are_for_who_sees_the_deal_and_the_transactions()
    {
        var office = await server.NewOfficeAsync();
        var deal = (await office.Admin.PostAsync("/api/v1/deals",
            new { property_id = await office.NewPropertyAsync(), deal_type = "sale", value = 1000 })).Must(201).Id();
        var money = new { transaction_type = "deposit", amount = 1, transaction_date = "2026-01-01" };
        (await office.Admin.PostAsync($"/api/v1/deals/{deal}/transactions", money)).Must(201);
        var (counter, _) = await office.NewUserWhoMayAsync("transactions:read", "transactions:create");
        (await counter.GetAsync($"/api/v1/deals/{deal}/transactions")).Must(404);
        (await counter.PostAsync($"/api/v1/deals/{deal}/transactions", money)).Must(404);
        var (agent, _) = await office.NewUserWhoMayAsync("transactions:read:own", "deals:read");
        Assert.Empty((await agent.GetAsync($"/api/v1/deals/{deal}/transactions")).Must(200).Items());
    }

    [Fact]
    public async Task A_colleagues_figures_are_for_who_may_read_what_they_are_counted_from()
    {
        var office = await server.NewOfficeAsync();
        string[] most = ["analytics:read", "leads:read", "properties:read"];
        var (agent, id) = await office.NewUserWhoMayAsync([.. most, "deals:read:own"]);
        (await agent.GetAsync($"/api/v1/cma/analytics/performance/{office.AdminId}")).Must(404);
        (await agent.GetAsync($"/api/v1/cma/analytics/dashboard/overview?user_id={office.AdminId}")).Must(404);
        (await agent.GetAsync($"/api/v1/cma/analytics/performance/{id}")).Must(200);
        var (lead, _) = await office.NewUserWhoMayAsync([.. most, "deals:read"]);
        (await lead.GetAsync($"/api/v1/cma/analytics/performance/{office.AdminId}")).Must(200);
    }

    [Fact]
    public async Task The_status_of_a_job_is_for_its_asker_and_for_who_may_read_its_kind()
    {
        var office = await server.NewOfficeAsync();
        var job = (await office.Admin.UploadAsync("address,city\n1 Wall St,Dubai\n"u8.ToArray(), "houses.csv")).Must(202).Text("job_id");
        (await office.Admin.GetAsync($"/api/v1/status/{job}")).Must(200);
        foreach (var (permission, status) in ((string, int)[])[("teams:read", 404), ("operations:read", 404), ("data:read:own", 404),
            ("data:read", 200)])
        {
            var (reader, _) = await office.NewUserWhoMayAsync(permission);
            (await reader.GetAsync($"/api/v1/status/{job}")).Must(status);
        }
    }

    private static async Task<long> NewLeadAsync(Actor actor, string email) =>
        (await actor.PostAsync("/api/v1/leads", new { first_name = "Existing", last_name = "Lead", email, source = "website" })).Must(201)
            .Id();
}
