using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Clients;

/// <summary>A lead becomes a client without anything being typed again.</summary>
public sealed class ConvertLeadTests(Server server)
{
    private const string Clients = "/api/v1/clients";

    [Fact]
    public async Task A_lead_becomes_a_client_with_what_is_known_of_it_and_is_converted()
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync(("email", "sara@example.com"), ("phone", "+971501112233"), ("area", "Dubai Marina"),
            ("property_type", "apartment"), ("budget", 2_000_000), ("assigned_to", office.AdminId))).Id();
        var client = (await office.Admin.PostAsync($"{LeadVerbs.Path}/{lead}/convert", new { type = "buyer" })).Must(201);
        Assert.Equal(("Sara", "Haddad", "sara@example.com", "+971501112233", "buyer"), (client.Text("first_name"), client.Text("last_name"),
            client.Text("email"), client.Text("phone_e164"), client.Text("type")));
        Assert.Equal((lead, office.AdminId), (client.Long("lead_id"), client.Long("assigned_agent_id")));
        Assert.Equal((2_000_000m, "Dubai Marina"),
            (client.Number("preferences.max_price"), client.At("preferences.areas").Items().Single().GetString()));
        Assert.Equal("converted", (await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}")).Must(200).Text("status"));
    }

    [Fact]
    public async Task Of_many_who_convert_a_lead_at_once_all_get_the_one_client()
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync()).Id();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => office.Admin.PostAsync($"{LeadVerbs.Path}/{lead}/convert", new { })));
        Assert.Single(answers, a => a.Status == 201);
        Assert.Equal(7, answers.Count(a => a.Status == 200));
        Assert.Single(answers.Select(a => a.Json.Id()).Distinct());
        Assert.Single((await office.Admin.GetAsync(Clients)).Must(200).Items());
    }

    [Fact]
    public async Task A_client_with_the_same_address_is_told_or_takes_what_it_lacks()
    {
        var office = await server.NewOfficeAsync();
        var known = (await office.Admin.PostAsync(Clients,
            new { first_name = "S.", last_name = "Haddad", email = "sara@example.com" })).Must(201).Id();
        var lead = (await office.NewLeadAsync(("email", "Sara@Example.com"), ("phone", "+971501112233"))).Id();
        var convert = $"{LeadVerbs.Path}/{lead}/convert";
        Assert.Equal(known, (await office.Admin.PostAsync(convert, new { })).MustRefuse(409, "RES_002").Long("error.details.existing.id"));
        Assert.Equal("new", (await office.Admin.GetAsync($"{LeadVerbs.Path}/{lead}")).Must(200).Text("status"));
        var filled = (await office.Admin.PostAsync($"{convert}?on_duplicate=merge", new { })).Must(200);
        Assert.Equal((known, lead, "+971501112233"), (filled.Id(), filled.Long("lead_id"), filled.Text("phone_e164")));
    }

    [Fact]
    public async Task Converting_takes_the_right_to_make_clients_and_to_change_the_lead()
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.NewLeadAsync()).Id();
        var (maker, _) = await office.NewUserWhoMayAsync("leads:read", "clients:create", "clients:read");
        var (blind, _) = await office.NewUserWhoMayAsync("leads:read:own", "leads:update", "clients:create");
        var (reader, _) = await office.NewUserWhoMayAsync("leads:read", "leads:update");
        var convert = $"{LeadVerbs.Path}/{lead}/convert";
        (await maker.PostAsync(convert, new { })).Must(403);
        (await blind.PostAsync(convert, new { })).Must(404);
        (await reader.PostAsync(convert, new { })).Must(403);
        Assert.Empty((await office.Admin.GetAsync(Clients)).Must(200).Items());
        Assert.Equal(["first_name", "lead_id"], (await office.Admin.PostAsync(convert, new { first_name = "", lead_id = lead }))
            .MustNameFields().Order());
    }
}
