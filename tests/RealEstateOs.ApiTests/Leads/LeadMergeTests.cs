using System.Text.Json;
using Npgsql;
using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Imports;

namespace RealEstateOs.ApiTests.Leads;

/// <summary>Two leads become one: nobody is lost in a race, everything follows, and a no stays a no.</summary>
public sealed class LeadMergeTests(Server server)
{
    private const string Path = LeadVerbs.Path;
    private const int Rounds = 8;

    [Fact]
    public async Task Of_two_who_merge_the_same_leads_into_each_other_one_wins_and_the_other_hears_where_the_lead_went()
    {
        var office = await server.NewOfficeAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (a, b) = ((await office.NewLeadAsync()).Id(), (await office.NewLeadAsync()).Id());
            var answers = await Task.WhenAll(MergeAsync(office, a, b), MergeAsync(office, b, a), MergeAsync(office, a, b),
                MergeAsync(office, b, a));
            var won = Assert.Single(answers, x => x.Status == 200).Json.Id();
            Assert.All(answers.Where(x => x.Status != 200),
                x => Assert.Equal(won, x.MustRefuse(x.Status == 404 ? 404 : 409, x.Status == 404 ? "RES_001" : "RES_003")
                    .Long("error.details.merged_into")));
            Assert.Equal(200, (await office.Admin.GetAsync($"{Path}/{won}")).Status);
            Assert.Equal(won, (await office.Admin.GetAsync($"{Path}/{a + b - won}")).MustRefuse(404,
                "RES_001").Long("error.details.merged_into"));
        }
    }

    [Fact]
    public async Task A_lead_that_is_deleted_while_another_is_merged_into_it_takes_nobody_along()
    {
        var office = await server.NewOfficeAsync();
        var (a, b) = ((await office.NewLeadAsync()).Id(), (await office.NewLeadAsync()).Id());
        var deal = (await office.NewDealAsync(members: ("lead_id", b))).Id();
        await using var source = NpgsqlDataSource.Create(server.Addresses.SystemConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var holds = await connection.BeginTransactionAsync();
        Assert.Equal(deal, await HoldAsync(connection, deal));
        var merge = MergeAsync(office, a, b); // it has both leads, and waits for the deal
        await UntilWaitingAsync(source, connection, merge);
        var delete = office.Admin.DeleteAsync($"{Path}/{a}");
        await UntilWaitingAsync(source, connection, merge, delete);
        await holds.CommitAsync();
        (await merge).Must(200);
        (await delete).MustRefuse(412, "RES_004");
        (await office.Admin.GetAsync($"{Path}/{a}")).Must(200);
    }

    [Fact]
    public async Task Into_a_lead_that_is_deleted_nobody_is_merged()
    {
        var office = await server.NewOfficeAsync();
        var (a, b) = ((await office.NewLeadAsync()).Id(), (await office.NewLeadAsync()).Id());
        (await office.Admin.DeleteAsync($"{Path}/{a}")).Must(204);
        (await MergeAsync(office, a, b)).MustRefuse(404, "RES_001");
        Assert.Equal(["lead_id"], (await MergeAsync(office, b, a)).MustNameFields());
        (await office.Admin.GetAsync($"{Path}/{b}")).Must(200);
    }

    [Fact]
    public async Task Merges_in_a_chain_and_notes_written_meanwhile_end_with_who_stays()
    {
        var office = await server.NewOfficeAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (a, b, c) = ((await office.NewLeadAsync()).Id(), (await office.NewLeadAsync()).Id(), (await office.NewLeadAsync()).Id());
            var deal = (await office.NewDealAsync(members: ("lead_id", b))).Id();
            var answers = await Task.WhenAll(MergeAsync(office, a, b), MergeAsync(office, c, a),
                office.Admin.PostAsync($"{Path}/{b}/notes", new { content = "Written meanwhile" }));
            Assert.All(answers[..2], x => Assert.Contains(x.Status, new[] { 200, 404 }));
            Assert.Contains(answers[2].Status, new[] { 201, 404 });
            var stays = await StandsAsync(office, b);
            Assert.Equal(stays, (await office.Admin.GetAsync($"/api/v1/deals/{deal}")).Must(200).Long("lead.id"));
            Assert.Equal(answers[2].Status == 201 ? 1 : 0, (await office.Admin.GetAsync($"{Path}/{stays}/notes")).Must(200).Items().Length);
        }
    }

    [Fact]
    public async Task A_deal_that_is_opened_for_a_lead_while_it_is_merged_belongs_to_who_stays()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (a, b) = ((await office.NewLeadAsync()).Id(), (await office.NewLeadAsync()).Id());
            var opened = office.Admin.PostAsync("/api/v1/deals",
                new { property_id = property, lead_id = b, deal_type = "sale", value = 1 });
            var added = office.Admin.PostAsync("/api/v1/clients", new { first_name = "Sara", last_name = "Haddad", lead_id = b });
            (await MergeAsync(office, a, b)).Must(200);
            Assert.Equal(a, (await office.Admin.GetAsync($"/api/v1/deals/{(await opened).Must(201).Id()}")).Must(200).Long("lead.id"));
            Assert.Equal(a, (await office.Admin.GetAsync($"/api/v1/clients/{(await added).Must(201).Id()}")).Must(200).Long("lead.id"));
        }
    }

    [Fact]
    public async Task What_hung_on_the_lead_that_went_follows_and_its_deal_converts_the_one_that_stays()
    {
        var office = await server.NewOfficeAsync();
        var (kept, gone) = ((await office.NewLeadAsync(("email", "kept@example.com"))).Id(),
            (await office.NewLeadAsync(("email", "gone@example.com"), ("phone", "0501239876"))).Id());
        var deal = (await office.NewDealAsync(members: ("lead_id", gone))).Id();
        var client = (await office.Admin.PostAsync("/api/v1/clients",
            new { first_name = "Sara", last_name = "Haddad", lead_id = gone })).Must(201).Id();
        (await office.Admin.PostAsync($"{Path}/{gone}/activities", new { activity_type = "call", description = "Asked for a loan" })).Must(
            201);
        (await office.Admin.PostAsync($"{Path}/{gone}/documents", new { title = "Offer", file_path = "offers/1.pdf" })).Must(201);
        (await MergeAsync(office, kept, gone)).Must(200);

        var followed = (await office.Admin.GetAsync($"/api/v1/deals/{deal}")).Must(200);
        Assert.Equal((kept, "Sara Haddad"), (followed.Long("lead_id"), followed.Text("lead.name")));
        Assert.Equal(deal, Assert.Single((await office.Admin.GetAsync($"/api/v1/deals?lead_id={kept}")).Must(200).Items()).Id());
        var page = (await office.Admin.GetAsync($"/api/v1/clients/{client}")).Must(200);
        Assert.Equal(kept, page.Long("lead.id"));
        Assert.Contains(page.At("history").Items(), e => e.Text("of") == "lead" && e.Text("event_type") == "activity_added");
        Assert.Single((await office.Admin.GetAsync($"{Path}/{kept}/documents")).Must(200).Items());
        Assert.Equal(["lead.merged"], (await Outbox.OfAsync(server, office, "lead.merged")).Select(e => e.Type));
        Assert.Contains(await Outbox.OfAsync(server, office, "deal.updated"), e => e.Payload.Long("deal_id") == deal);

        // Who still has the old id in hand may go on with it.
        Assert.Equal(kept, (await office.Admin.PatchAsync($"/api/v1/deals/{deal}", new { lead_id = gone, value = 600_000 })).Must(200)
            .Long("lead_id"));
        (await office.Admin.PatchAsync($"/api/v1/deals/{deal}", new { stage = "closed_won" })).Must(200);
        Assert.Equal("converted", (await office.Admin.GetAsync($"{Path}/{kept}")).Must(200).Text("status"));
    }

    [Fact]
    public async Task A_lead_whose_deal_was_won_stays_converted_in_the_one_that_it_goes_into()
    {
        var office = await server.NewOfficeAsync();
        var (kept, gone) = ((await office.NewLeadAsync()).Id(), (await office.NewLeadAsync()).Id());
        (await office.NewDealAsync(members: [("lead_id", gone), ("stage", "closed_won")])).Id();
        Assert.Equal("converted", (await MergeAsync(office, kept, gone)).Must(200).Text("status"));
    }

    [Fact]
    public async Task Who_submits_the_address_or_number_of_a_lead_that_went_is_the_one_that_stays()
    {
        var office = await server.NewOfficeAsync();
        var kept = (await office.NewLeadAsync(("email", "a@example.com"), ("phone", "0501110001"))).Id();
        var middle = (await office.NewLeadAsync(("email", "b@example.com"), ("phone", "0501110002"))).Id();
        var gone = (await office.NewLeadAsync(("email", "c@example.com"), ("phone", "0501110003"))).Id();
        (await MergeAsync(office, middle, gone)).Must(200);
        (await MergeAsync(office, kept, middle)).Must(200);
        foreach (var (member, value) in new[] { ("email", "B@example.com"), ("email", "c@example.com"), ("phone", "+971501110002"),
            ("phone", "+971501110003") })
        {
            var refused = (await office.Admin.PostAsync(Path, LeadVerbs.Lead((member, value)))).MustRefuse(409, "RES_002");
            Assert.Equal((kept, member),
                (refused.Long("error.details.existing.id"),
                    Assert.Single(refused.At("error.details.existing.matched_on").Items()).GetString()));
            Assert.Equal(kept, (await office.Admin.PostAsync($"{Path}?on_duplicate=merge", LeadVerbs.Lead((member, value)))).Must(200)
                .Id());
        }
        (await office.Admin.ImportAsync("first_name,last_name,email\nSara,Haddad,c@example.com", "leads.csv",
            ("entity", "leads"))).MustCount(failed: 1);
        foreach (var path in new[] { "", "/notes", "/timeline", "/activities" })
            Assert.Equal(kept, (await office.Admin.GetAsync($"{Path}/{gone}{path}")).MustRefuse(404,
                "RES_001").Long("error.details.merged_into"));
        Assert.Equal(kept, (await office.Admin.PatchAsync($"{Path}/{gone}", new { budget = 1 })).MustRefuse(404,
            "RES_001").Long("error.details.merged_into"));
    }

    [Fact]
    public async Task A_submission_that_makes_one_of_two_leads_needs_the_permission_to_merge()
    {
        var office = await server.NewOfficeAsync();
        var (first, second) = ((await office.NewLeadAsync(("email", "one@example.com"))).Id(),
            (await office.NewLeadAsync(("phone", "0501112244"))).Id());
        var (agent, _, _) = await office.NewUserAsync("agent");
        var both = LeadVerbs.Lead(("email", "one@example.com"), ("phone", "0501112244"));
        (await agent.PostAsync($"{Path}?on_duplicate=merge", both)).MustRefuse(409, "RES_002");
        (await office.Admin.GetAsync($"{Path}/{second}")).Must(200);
        Assert.Equal(first, (await office.Admin.PostAsync($"{Path}?on_duplicate=merge", both)).Must(200).Id());
    }

    [Theory]
    [InlineData("true", "false", "false")]
    [InlineData("false", "true", "false")]
    [InlineData("""{"email":true}""", """{"email":false}""", """{"email":false}""")]
    [InlineData("""{"email":false,"sms":true}""", """{"email":true,"sms":false}""", """{"email":false,"sms":false}""")]
    [InlineData("""{"email":true}""", """{"sms":false}""", """{"email":true,"sms":false}""")]
    [InlineData("true", """{"email":false}""", """{"email":false,"sms":true,"phone":true}""")]
    [InlineData("""{"phone":false}""", "true", """{"phone":false,"email":true,"sms":true}""")]
    [InlineData("""{"email":true}""", "false", "false")]
    [InlineData("null", """{"email":false}""", """{"email":false}""")]
    [InlineData("""{"email":false}""", "null", """{"email":false}""")]
    public async Task A_no_outlives_a_merge_a_second_submission_and_an_import(string kept, string added, string expected)
    {
        var office = await server.NewOfficeAsync();
        var (first, second, wanted) = (Json(kept), Json(added), JsonDocument.Parse(expected).RootElement);
        var merged = await office.NewLeadAsync(("consent", first));
        var other = await office.NewLeadAsync(("consent", second));
        MustSay(wanted, (await MergeAsync(office, merged.Id(), other.Id())).Must(200));
        await office.NewLeadAsync(("consent", first), ("email", "again@example.com"));
        MustSay(wanted, (await office.Admin.PostAsync($"{Path}?on_duplicate=merge",
            LeadVerbs.Lead(("consent", second), ("email", "again@example.com")))).Must(200));
        var filed = await office.NewLeadAsync(("consent", first), ("external_id", "F1"));
        var row = JsonSerializer.Serialize(new[] { new { external_id = "F1", consent = second } });
        await office.Admin.ImportAsync(row, "leads.json", ("entity", "leads"));
        if (second is not null) MustSay(wanted, (await office.Admin.GetAsync($"{Path}/{filed.Id()}")).Must(200));

        static object? Json(string text) => text == "null" ? null : JsonDocument.Parse(text).RootElement;
        static void MustSay(JsonElement wanted, JsonElement lead) =>
        Assert.True(JsonElement.DeepEquals(wanted, lead.At("consent")), $"{lead.At("consent")}, not {wanted}");
    }

    // Until the requests wait for a lock of this session, directly or behind one another.
    private static async Task UntilWaitingAsync(NpgsqlDataSource source, NpgsqlConnection blocker, params Task<Answer>[] requests)
    {
        await Eventually.UntilAsync(async () =>
        {
            await using var command = source.CreateCommand(
                """
                with recursive waits as (
                    select pid from pg_stat_activity where $1 = any (pg_blocking_pids(pid))
                    union select a.pid from pg_stat_activity a join waits w on w.pid = any (pg_blocking_pids(a.pid)))
                select count(*) from waits
                """);
            command.Parameters.Add(new() { Value = blocker.ProcessID });
            if ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! >= requests.Length) return true;
            if (Array.Find(requests, r => r.IsCompleted) is { } answered) Assert.Fail($"It did not wait: {(await answered).Text}");
            return false;
        });
    }

    private static async Task<object?> HoldAsync(NpgsqlConnection connection, long deal)
    {
        await using var command = new NpgsqlCommand("select id from deals.deals where id = $1 for update",
            connection) { Parameters = { new() { Value = deal } } };
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static Task<Answer> MergeAsync(Office office, long into, long lead) =>
        office.Admin.PostAsync($"{Path}/{into}/merge", new { lead_id = lead });

    private static async Task<long> StandsAsync(Office office, long lead)
    {
        var answer = await office.Admin.GetAsync($"{Path}/{lead}");
        return answer.Status == 200 ? lead : answer.MustRefuse(404, "RES_001").Long("error.details.merged_into");
    }
}
