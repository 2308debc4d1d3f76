using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Clients;

public sealed class ClientTests(Server server)
{
    private const string Path = "/api/v1/clients";

    [Fact]
    public async Task A_client_shows_the_whole_history()
    {
        var office = await server.NewOfficeAsync();
        var lead = await office.NewLeadAsync(("email", "omar@example.com"));
        var property = await office.NewPropertyAsync();
        var client = (await office.Admin.PostAsync(Path, new { first_name = "Omar", last_name = "Khan", lead_id = lead.Id(), type = "buyer",
            assigned_agent_id = office.AdminId })).Must(201);
        var one = $"{Path}/{client.Id()}";
        (await office.Admin.PostAsync($"{one}/activities", new { activity_type = "viewing", description = "Saw the house" })).Must(201);
        (await office.Admin.PostAsync($"{one}/properties", new { property_id = property, relation = "viewed" })).Must(200);
        (await office.Admin.PostAsync("/api/v1/deals",
            new { property_id = property, deal_type = "sale", value = 500_000, client_id = client.Id() })).Must(201);
        var shown = (await office.Admin.GetAsync(one)).Must(200);
        Assert.Equal("Sara Haddad", shown.Text("lead.full_name"));
        Assert.Equal("12 Harbour Lane", shown.At("properties").Items().Single().Text("property.address"));
        Assert.Equal(500_000, shown.At("deals").Items().Single().Number("value"));
        Assert.Equal("Saw the house", shown.At("activities").Items().Single().Text("description"));
        var history = shown.At("history").Items().Select(h => $"{h.Text("of")} {h.Text("event_type")}").ToList();
        foreach (var entry in new[] { "lead lead_created", "client client_created", "client activity_added", "client property_linked" })
            Assert.Contains(entry, history);
    }

    [Fact]
    public async Task A_change_leaves_the_rest_and_a_deleted_client_comes_back()
    {
        var office = await server.NewOfficeAsync();
        var client = (await office.Admin.PostAsync(Path, new { first_name = "Omar", last_name = "Khan", phone = "0501234567",
            preferences = new { area = "Dubai Marina", pets = 2 } })).Must(201);
        Assert.Equal(("+971501234567", 2), (client.Text("phone_e164"), client.Long("preferences.pets")));
        var one = $"{Path}/{client.Id()}";
        var changed = (await office.Admin.PatchAsync(one, new { preferences = new { area = "Palm Jumeirah" } })).Must(200);
        Assert.Equal(("Omar", "Palm Jumeirah"), (changed.Text("first_name"), changed.Text("preferences.area")));
        (await office.Admin.DeleteAsync(one)).Must(204);
        (await office.Admin.GetAsync(one)).MustRefuse(404, "RES_001");
        Assert.Equal("Khan", (await office.Admin.PostAsync($"{one}/restore")).Must(200).Text("last_name"));
        (await (await server.NewOfficeAsync()).Admin.GetAsync(one)).MustRefuse(404, "RES_001");
    }

    [Fact]
    public async Task Matches_respect_the_place_and_give_their_reasons()
    {
        var office = await server.NewOfficeAsync();
        var best = await office.NewPropertyAsync(Samples.Property(("community", "Dubai Marina"), ("property_type", "apartment"),
            ("price", 2_000_000), ("bedrooms", 2)));
        var dear = await office.NewPropertyAsync(Samples.Property(("address", "7 Dubai Marina Walk"), ("property_type", "apartment"),
            ("price", 2_150_000), ("bedrooms", 1)));
        await office.NewPropertyAsync(Samples.Property(("community", "Deira"), ("property_type", "apartment"), ("price", 2_000_000),
            ("bedrooms", 2)));
        await office.NewPropertyAsync(Samples.Property(("community", "Dubai Marina"), ("property_type", "villa"), ("price", 2_000_000),
            ("bedrooms", 2)));
        await office.NewPropertyAsync(Samples.Property(("community", "Dubai Marina"), ("property_type", "apartment"), ("price", 2_300_000),
            ("bedrooms", 2)));
        await office.NewPropertyAsync(Samples.Property(("community", "Dubai Marina"), ("property_type", "apartment"), ("price", 2_000_000),
            ("bedrooms", 2), ("status", "sold")));
        var client = (await office.Admin.PostAsync(Path, new
        {
            first_name = "Omar", last_name = "Khan",
            preferences = new { areas = new[] { "dubai marina" }, property_types = new[] { "apartment" }, max_price = 2_000_000,
                bedrooms = 2 },
        })).Must(201);
        var matches = (await office.Admin.GetAsync($"{Path}/{client.Id()}/matches")).Must(200).Items();
        Assert.Equal([best, dear], matches.Select(m => m.Long("property.id")));
        Assert.Equal(100, matches[0].Long("score"));
        Assert.Equal(["location", "property_type", "price", "bedrooms"], matches[0].At("reasons").Items().Select(r => r.Text("factor")));
        Assert.Equal(65, matches[1].Long("score")); // 30 of 40, 20, 10 of 25, 5 of 15
    }

    [Fact]
    public async Task A_known_preference_that_cannot_be_read_is_named()
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(
            ["preferences.bedrooms", "preferences.max_price", "preferences.property_types"],
            (await office.Admin.PostAsync(Path,
                new { first_name = "A", last_name = "B", preferences = new { max_price = "much", bedrooms = -1,
                    property_types = new[] { "castle" } } })).MustNameFields().Order());
    }

    [Fact]
    public async Task More_bedrooms_than_a_number_holds_are_refused()
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(["preferences.bedrooms"], (await office.Admin.PostAsync(Path,
            new { first_name = "A", last_name = "B", preferences = new { bedrooms = 1_000_000_000_000 } })).MustNameFields());
    }
}
