using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Imports;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Properties;

/// <summary>A property says whether it is for sale or for rent, and whoever looks for one of them meets only that.</summary>
public sealed class SaleOrRentTests(Server server)
{
    private const string Path = "/api/v1/properties";

    [Theory]
    [InlineData("AE", "year")]
    [InlineData("Saudi Arabia", "year")]
    [InlineData("US", "month")]
    public async Task A_property_is_for_sale_unless_it_says_rent_whose_period_is_the_usual_one_of_its_country(string country, string period)
    {
        var office = await server.NewOfficeAsync();
        var id = await office.NewPropertyAsync(Samples.Property(("country", country)));
        var property = (await office.Admin.GetAsync($"{Path}/{id}")).Must(200);
        Assert.Equal("sale", property.Text("purpose"));
        Assert.True(property.IsNull("rent_period"));
        Assert.Equal(period, (await office.Admin.PatchAsync($"{Path}/{id}", new { purpose = "rent" })).Must(200).Text("rent_period"));
        Assert.Equal("week", (await office.Admin.PatchAsync($"{Path}/{id}", new { rent_period = "week" })).Must(200).Text("rent_period"));
        Assert.Equal("week", (await office.Admin.PatchAsync($"{Path}/{id}", new { price = 900 })).Must(200).Text("rent_period"));
        Assert.True((await office.Admin.PatchAsync($"{Path}/{id}", new { purpose = "sale" })).Must(200).IsNull("rent_period"));
    }

    [Fact]
    public async Task A_rent_period_alone_says_that_it_is_for_rent_and_a_sale_has_none()
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal("rent", (await office.Admin.PostAsync(Path, Samples.Property(("rent_period", "day")))).Must(201).Text("purpose"));
        Assert.Equal(["rent_period"],
            (await office.Admin.PostAsync(Path, Samples.Property(("purpose", "sale"), ("rent_period", "year")))).MustNameFields());
        Assert.Equal(["purpose"], (await office.Admin.PostAsync(Path, Samples.Property(("purpose", "barter")))).MustNameFields());
    }

    [Fact]
    public async Task Lists_filter_by_purpose_and_period()
    {
        var office = await server.NewOfficeAsync();
        var sale = await office.NewPropertyAsync();
        var yearly = await office.NewPropertyAsync(Samples.Property(("purpose", "rent"), ("rent_period", "year")));
        var monthly = await office.NewPropertyAsync(Samples.Property(("purpose", "rent"), ("rent_period", "month")));
        Assert.Equal([sale], await IdsAsync(office, "purpose=sale"));
        Assert.Equal([monthly, yearly], await IdsAsync(office, "purpose=rent"));
        Assert.Equal([monthly], await IdsAsync(office, "rent_period=month"));
    }

    [Fact]
    public async Task A_client_who_rents_is_matched_with_rents_by_the_usual_period_and_a_buyer_with_sales()
    {
        var office = await DubaiAsync();
        var home = await HomeAsync(office, ("price", 1_900_000));
        var rent = await HomeAsync(office, ("price", 120_000), ("purpose", "rent"));
        await HomeAsync(office, ("price", 11_000), ("rent_period", "month"));
        Assert.Equal([rent], await MatchesAsync(office, "tenant", new { areas = new[] { "Dubai Marina" }, max_price = 130_000 }));
        Assert.Equal([rent], await MatchesAsync(office, null, new { areas = new[] { "Dubai Marina" }, max_price = 130_000, purpose = "rent" }));
        Assert.Equal([home], await MatchesAsync(office, "buyer", new { areas = new[] { "Dubai Marina" }, max_price = 2_000_000 }));
        var client = await NewClientAsync(office, "tenant", new { areas = new[] { "Dubai Marina" }, max_price = 130_000 });
        var reasons = (await office.Admin.GetAsync($"/api/v1/clients/{client}/matches")).Must(200)[0].At("reasons").Items();
        Assert.Contains(reasons, r => r.Text("reason")!.StartsWith("120,000 AED a year", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lead_that_rents_is_scored_by_rents_shown_a_rent_and_becomes_a_client_who_rents()
    {
        var office = await DubaiAsync();
        await HomeAsync(office, ("price", 1_900_000));
        var rent = await HomeAsync(office, ("price", 120_000), ("purpose", "rent"));
        var renter = await office.NewLeadAsync(("intent", "rent"), ("area", "Dubai Marina"), ("budget", 125_000));
        var buyer = await office.NewLeadAsync(("intent", "buy"), ("area", "Dubai Marina"), ("budget", 125_000));
        Assert.True(BudgetPoints(renter) > BudgetPoints(buyer));
        Assert.Equal([renter.Id()],
            (await office.Admin.GetAsync($"{LeadVerbs.Path}?intent=rent")).Must(200).Items().Select(l => l.Id()));
        foreach (var lead in new[] { renter, buyer })
            await server.ExecuteAsync("update leads.leads set created_at = now() - interval '2 days' where id = $1", lead.Id());
        var suggestions = (await office.Admin.GetAsync("/api/v1/nurturing/suggestions")).Must(200).Items()
            .ToDictionary(s => s.Long("lead_id"));
        Assert.Equal(rent, suggestions[renter.Id()].Long("property_id"));
        Assert.True(suggestions[buyer.Id()].IsNull("property_id"));
        var client = (await office.Admin.PostAsync($"{LeadVerbs.Path}/{renter.Id()}/convert", new { })).Must(201);
        Assert.Equal("rent", client.Text("preferences.purpose"));
    }

    [Fact]
    public async Task A_file_says_what_is_for_rent_in_the_words_of_portals()
    {
        var office = await server.NewOfficeAsync();
        var file = "ref,address,city,offering type,rent frequency,price\nA1,1 Quay,Dubai,RR,Yearly,95000\nA2,2 Quay,Dubai,For sale,,950000\n";
        await office.Admin.ImportAsync(file);
        var rows = (await office.Admin.GetAsync($"{Path}?sort=address")).Must(200).Items();
        Assert.Equal([("rent", "year"), ("sale", null)], rows.Select(r => (r.Text("purpose"), r.Text("rent_period"))));
    }

    private static decimal BudgetPoints(JsonElement lead) =>
        lead.At("score_reasons").Items().Single(r => r.Text("factor") == "budget").Number("points");

    private async Task<Office> DubaiAsync()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { currency = "AED", country = "AE" })).Must(200);
        return office;
    }

    private static Task<long> HomeAsync(Office office, params (string Name, object? Value)[] members) =>
        office.NewPropertyAsync(Samples.Property([("community", "Dubai Marina"), ("country", "AE"), .. members]));

    private static async Task<long[]> IdsAsync(Office office, string query) =>
        [.. (await office.Admin.GetAsync($"{Path}?{query}")).Must(200).Items().Select(p => p.Id())];

    private static async Task<long> NewClientAsync(Office office, string? type, object preferences) =>
        (await office.Admin.PostAsync("/api/v1/clients", new { first_name = "Omar", type, preferences })).Must(201).Id();

    private static async Task<long[]> MatchesAsync(Office office, string? type, object preferences) =>
        [.. (await office.Admin.GetAsync($"/api/v1/clients/{await NewClientAsync(office, type, preferences)}/matches")).Must(200).Items()
            .Select(m => m.Long("property.id"))];
}
