using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Workflows;

namespace RealEstateOs.ApiTests.Leads;

/// <summary>What an agent enters is theirs, and what they say counts.</summary>
public sealed class WhatAnAgentEntersTests(Server server)
{
    [Fact]
    public async Task A_call_and_a_note_are_taken_under_the_names_that_people_give_them()
    {
        var office = await server.NewOfficeAsync();
        string[] records = [$"{LeadVerbs.Path}/{(await office.NewLeadAsync()).Id()}",
            $"/api/v1/properties/{await office.NewPropertyAsync()}", $"/api/v1/clients/{await office.NewClientAsync()}"];
        foreach (var record in records)
        {
            var call = (await office.Admin.PostAsync($"{record}/activities", new { type = "call", notes = "Wants to see it" })).Must(201);
            Assert.Equal(("call", "Wants to see it"), (call.Text("activity_type"), call.Text("description")));
        }
        foreach (var record in records[..2])
        {
            Assert.Equal("A dog", (await office.Admin.PostAsync($"{record}/notes", new { note = "A dog" })).Must(201).Text("content"));
            Assert.Equal("Or two", (await office.Admin.PostAsync($"{record}/notes", new { text = "Or two" })).Must(201).Text("content"));
        }
    }

    [Fact]
    public async Task A_subject_is_enough_for_what_was_done_with_a_person()
    {
        var office = await server.NewOfficeAsync();
        foreach (var record in new[] { $"{LeadVerbs.Path}/{(await office.NewLeadAsync()).Id()}",
            $"/api/v1/clients/{await office.NewClientAsync()}" })
        {
            var call = (await office.Admin.PostAsync($"{record}/activities", new { type = "call", subject = "No answer" })).Must(201);
            Assert.Equal(("No answer", ""), (call.Text("subject"), call.Text("description")));
            Assert.Equal(["description"], (await office.Admin.PostAsync($"{record}/activities", new { type = "call" })).MustNameFields());
            var changed = $"{record}/activities/{call.Id()}";
            Assert.Equal("Later", (await office.Admin.PatchAsync(changed, new { notes = "Later" })).Must(200).Text("description"));
            Assert.Equal("", (await office.Admin.PatchAsync(changed, new { description = "" })).Must(200).Text("description"));
            Assert.Equal(["description"],
                (await office.Admin.PatchAsync(changed, new { description = (string?)null })).MustNameFields());
        }
    }

    [Fact]
    public async Task What_an_agent_enters_is_theirs_and_what_the_administrator_enters_is_dealt_out()
    {
        var office = await server.NewOfficeAsync();
        var ((agent, id, _), colleague) = (await office.NewUserAsync("agent"), await office.NewUserAsync("agent"));
        await office.NewRuleAsync([colleague.Id]);
        Assert.Equal(id, (await agent.PostAsync(LeadVerbs.Path, new { name = "Walk In" })).Must(201).Long("assigned_to"));
        Assert.Equal(colleague.Id,
            (await agent.PostAsync(LeadVerbs.Path, new { name = "From Outside", assigned_to = (long?)null })).Must(201)
                .Long("assigned_to"));
        Assert.Equal(colleague.Id, (await office.NewLeadAsync(("source", "website"))).Long("assigned_to"));
        var property = (await agent.PostAsync("/api/v1/properties", Samples.Property())).Must(201);
        Assert.Equal(id, property.Long("assigned_user_id"));
        Assert.True((await office.Admin.PostAsync("/api/v1/properties", Samples.Property())).Must(201).IsNull("assigned_user_id"));
        Assert.Equal(id, (await agent.PostAsync("/api/v1/clients", new { name = "Omar Khan" })).Must(201).Long("assigned_agent_id"));
        var deal = new { property_id = property.Id(), deal_type = "sale", value = 10 };
        Assert.Equal(id, (await agent.PostAsync("/api/v1/deals", deal)).Must(201).Long("assigned_to"));
        Assert.True((await office.Admin.PostAsync("/api/v1/deals", deal)).Must(201).IsNull("assigned_to"));
    }

    [Fact]
    public async Task One_name_is_enough_for_a_person()
    {
        var office = await server.NewOfficeAsync();
        foreach (var path in new[] { LeadVerbs.Path, "/api/v1/clients" })
        {
            async Task<(string?, string?)> NamesAsync(object body) =>
                (await office.Admin.PostAsync(path, body)).Must(201) is var made
                    ? (made.Text("first_name"), made.Text("last_name")) : default;
            Assert.Equal(("Maria del Carmen", "Lopez"), await NamesAsync(new { full_name = " Maria del  Carmen Lopez " }));
            Assert.Equal(("فاطمة", ""), await NamesAsync(new { name = "فاطمة" }));
            Assert.Equal(("Ali", ""), await NamesAsync(new { first_name = "Ali" }));
            Assert.Equal(["first_name"], (await office.Admin.PostAsync(path, new { last_name = "Nobody" })).MustNameFields());
        }
    }

    [Theory]
    [InlineData("lead", "assigned_to")]
    [InlineData("client", "assigned_agent_id")]
    public async Task A_viewing_names_its_property_and_is_told_with_its_time(string who, string agent)
    {
        var office = await server.NewOfficeAsync();
        var person = who == "client" ? (await office.Admin.PostAsync("/api/v1/clients",
                new { name = "Omar Khan", assigned_agent_id = office.AdminId })).Must(201).Id()
            : (await office.NewLeadAsync(("assigned_to", office.AdminId), ("property_id", await office.NewPropertyAsync()))).Id();
        var shown = await office.NewPropertyAsync(Samples.Property(("address", "7 Palm Crescent")));
        var at = TimeProvider.System.GetUtcNow().AddHours(2);
        var activities = $"/api/v1/{who}s/{person}/activities";
        var viewing = (await office.Admin.PostAsync(activities,
            new { activity_type = "viewing", subject = "Second look", property_id = shown, scheduled_at = at })).Must(201);
        Assert.Equal(shown, viewing.Long("property_id"));
        var entry = Assert.Single((await office.Admin.GetAsync(FormattableString.Invariant(
            $"/api/v1/nurturing/agenda?date_from={at.AddDays(-1):yyyy-MM-dd}&date_to={at.AddDays(1):yyyy-MM-dd}"))).Must(200)
            .At("entries").Items());
        Assert.Equal(("viewing", "7 Palm Crescent, Dubai"), (entry.Text("kind"), entry.Text("place")));
        (await office.Admin.PatchAsync($"{activities}/{viewing.Id()}", new { scheduled_at = at.AddHours(1) })).Must(200);
        (await office.Admin.PatchAsync($"{activities}/{viewing.Id()}", new { outcome = "Liked it" })).Must(200);
        var call = (await office.Admin.PostAsync(activities,
            new { activity_type = "call", subject = "Call", scheduled_at = at })).Must(201).Id();
        var told = await Outbox.OfAsync(server, office, $"{who}.viewing_scheduled");
        Assert.Equal([shown, shown], told.Select(e => e.Payload.Long("property_id")));
        Assert.Equal((true, false), (told[0].Payload.IsNull("before"), told[1].Payload.IsNull("before")));
        Assert.Equal([(person, viewing.Id(), office.AdminId), (person, viewing.Id(), office.AdminId)],
            told.Select(e => (e.Payload.Long($"{who}_id"), e.Payload.Long("activity_id"), e.Payload.Long(agent))));
        (await office.Admin.PatchAsync($"{activities}/{call}", new { activity_type = "viewing" })).Must(200);
        (await office.Admin.PatchAsync($"{activities}/{viewing.Id()}",
            new { outcome = "cancelled", scheduled_at = at.AddHours(3) })).Must(200);
        (await office.Admin.PostAsync(activities,
            new { activity_type = "viewing", subject = "Was there", scheduled_at = at.AddDays(-2), completed_at = at.AddDays(-2) }))
            .Must(201);
        var last = Assert.Single((await Outbox.OfAsync(server, office, $"{who}.viewing_scheduled")).Skip(2));
        Assert.Equal((call, true), (last.Payload.Long("activity_id"), last.Payload.IsNull("before")));
        var foreign = await (await server.NewOfficeAsync()).NewPropertyAsync();
        foreach (var nowhere in new[] { 99_999_999, foreign })
        {
            Assert.Equal(["property_id"], (await office.Admin.PostAsync(activities,
                new { activity_type = "viewing", subject = "Nowhere", property_id = nowhere })).MustNameFields());
            Assert.Equal(["property_id"],
                (await office.Admin.PatchAsync($"{activities}/{viewing.Id()}", new { property_id = nowhere })).MustNameFields());
        }
    }

    [Fact]
    public async Task Clients_and_the_end_of_a_lead_are_told_to_programs()
    {
        var office = await server.NewOfficeAsync();
        var client = $"/api/v1/clients/{(await office.Admin.PostAsync("/api/v1/clients", new { name = "Omar Khan" })).Must(201).Id()}";
        (await office.Admin.PatchAsync(client, new { type = "buyer", notes = "Cash" })).Must(200);
        (await office.Admin.PatchAsync(client, new { type = "buyer" })).Must(200);
        (await office.Admin.DeleteAsync(client)).Must(204);
        var told = await Outbox.OfAsync(server, office, "client.%");
        Assert.Equal(["client.created", "client.updated", "client.deleted"], told.Select(e => e.Type));
        Assert.Equal(["notes", "type"], told[1].Payload.At("changed").Items().Select(c => c.GetString()).Order());
        var lead = (await office.NewLeadAsync()).Id();
        (await office.Admin.DeleteAsync($"{LeadVerbs.Path}/{lead}")).Must(204);
        Assert.Equal(lead, Assert.Single(await Outbox.OfAsync(server, office, "lead.deleted")).Payload.Long("lead_id"));
        var types = (await office.Admin.GetAsync("/api/v1/webhooks/event-types")).Must(200).Items().Select(t => t.Text("type")).ToArray();
        Assert.All(["client.created", "client.updated", "client.deleted", "client.viewing_scheduled", "lead.deleted",
            "lead.viewing_scheduled"],
            type => Assert.Contains(type, types));
    }
}
