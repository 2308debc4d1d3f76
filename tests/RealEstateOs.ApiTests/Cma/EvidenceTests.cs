using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Cma;

/// <summary>What an estimate stands on: homes like it, found by the name that people use, or it says that there are none.</summary>
public sealed class EvidenceTests(Server server)
{
    [Theory]
    [InlineData(111)]
    [InlineData(100_000)]
    [InlineData(2_600)]
    public async Task A_home_of_a_size_that_nobody_sold_has_no_high_confidence(int areaSqft)
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var usual = await ValueAsync(office, new { location = "Northbank", property_type = "apartment", bedrooms = 2, area_sqft = 960 });
        Assert.DoesNotContain(usual.At("notes").Items(), n => n.GetString()!.StartsWith("Outside", StringComparison.Ordinal));
        var answer = await ValueAsync(office,
            new { location = "Northbank", property_type = "apartment", bedrooms = 2, area_sqft = areaSqft });
        Assert.Equal("low", answer.Text("valuation.confidence_class"));
        Assert.True(answer.Number("valuation.confidence_level") <= usual.Number("valuation.confidence_level"));
        Assert.StartsWith("Outside the evidence", answer.At("notes").Items()[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bedrooms_that_nobody_sold_are_outside_too()
    {
        await Town.OpenAsync(server);
        var answer = await ValueAsync(await server.NewOfficeAsync(),
            new { location = "Northbank", property_type = "apartment", bedrooms = 9, area_sqft = 960 });
        Assert.Equal("low", answer.Text("valuation.confidence_class"));
        Assert.Contains("9-bedroom", answer.At("notes").Items()[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_is_found_by_the_words_of_its_name_and_the_answer_says_so()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var exact = await ValueAsync(office,
            new { location = "Northbank", project = "Northbank Two", property_type = "apartment", bedrooms = 2, area_sqft = 960 });
        var loose = await ValueAsync(office, new { location = "Northbank", project = "the two towers northbank",
            property_type = "apartment", bedrooms = 2, area_sqft = 960 });
        Assert.Equal((exact.Number("valuation.estimated_value"), exact.Long("valuation.evidence.same_project")),
            (loose.Number("valuation.estimated_value"), loose.Long("valuation.evidence.same_project")));
        Assert.Contains(loose.At("notes").Items(),
            n => n.GetString()!.Contains("taken for the project 'Northbank Two'", StringComparison.Ordinal));
        var unknown = await ValueAsync(office,
            new { location = "Northbank", project = "Northbank Three", property_type = "apartment", bedrooms = 2, area_sqft = 960 });
        Assert.Contains(unknown.At("notes").Items(), n => n.GetString()!.StartsWith("Did you mean Northbank", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Coverage_names_as_many_areas_as_are_asked_for_those_with_the_most_sales()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        const string path = $"/api/v1/cma/market/coverage?market={Town.Market}";
        var all = (await office.Admin.GetAsync(path)).Must(200);
        var few = (await office.Admin.GetAsync($"{path}&limit=2")).Must(200);
        Assert.True(all.At("areas").Items().Length > 2);
        Assert.Equal(all.At("areas").Items().Take(2).Select(a => a.Text("area")), few.At("areas").Items().Select(a => a.Text("area")));
        Assert.Equal(all.At("areas").Items().Length, few.Long("area_count"));
        Assert.Equal(["limit"], (await office.Admin.GetAsync($"{path}&limit=0")).MustNameFields());
    }

    [Fact]
    public async Task Projects_are_searched_by_their_words()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var found = (await office.Admin.GetAsync($"/api/v1/cma/market/projects?market={Town.Market}&search=north&limit=2")).Must(
            200).Items();
        Assert.Equal(["Northbank One", "Northbank Two"], found.Select(p => p.Text("project")).Order());
        Assert.Equal(("Northbank", 120L), (found[0].Text("area"), found[0].Long("sales")));
        Assert.Equal(["Old Mill One", "Old Mill Two"],
            (await office.Admin.GetAsync($"/api/v1/cma/market/projects?market={Town.Market}&area=old mill")).Must(200).Items()
                .Select(p => p.Text("project")).Order());
        Assert.Empty((await office.Admin.GetAsync($"/api/v1/cma/market/projects?market={Town.Market}&search=zzzzzz")).Must(200).Items());
        Assert.Equal(["area"],
            (await office.Admin.GetAsync($"/api/v1/cma/market/projects?market={Town.Market}&area=atlantis")).MustNameFields());
        Assert.Equal(["limit"],
            (await office.Admin.GetAsync($"/api/v1/cma/market/projects?market={Town.Market}&limit=0")).MustNameFields());
    }

    private static async Task<System.Text.Json.JsonElement> ValueAsync(Office office, object property) =>
        (await office.Admin.PostAsync("/api/v1/cma/valuation/quick", new { market = Town.Market, property })).Must(200);
}
