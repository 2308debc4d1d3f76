using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Properties;

public sealed class PropertyTests(Server server)
{
    private const string Path = "/api/v1/properties";

    [Fact]
    public async Task A_created_property_reads_back_as_it_was_answered()
    {
        var office = await server.NewOfficeAsync();
        var created = await office.Admin.PostAsync(Path,
            Samples.Property(("price", 750_000.5m), ("bathrooms", 2.5m), ("area_sqft", 1200), ("tags", new[] { "sea view" })));
        var property = created.Must(201);
        Assert.Equal("new", property.Text("current_stage"));
        Assert.Equal(1200, property.Number("square_feet"));
        var read = await office.Admin.GetAsync($"{Path}/{property.Id()}");
        Assert.Equal(created.Text, read.Text);
    }

    [Fact]
    public async Task Every_fault_of_a_body_is_named_at_once()
    {
        var office = await server.NewOfficeAsync();
        var answer = await office.Admin.PostAsync(Path,
            new { price = "a lot", property_type = "castle", bird_dog_score = 7, bedrooms = -1, owner_email = "nobody", tags = "red" });
        Assert.Equal(["address", "bedrooms", "bird_dog_score", "city", "owner_email", "price", "property_type", "tags"],
            answer.MustNameFields().Order());
        Assert.Contains("single_family", answer.Text, StringComparison.Ordinal);
        Assert.Empty((await office.Admin.GetAsync(Path)).Must(200).Items());
    }

    [Fact]
    public async Task Patch_changes_what_is_present_and_null_clears()
    {
        var office = await server.NewOfficeAsync();
        var id = await office.NewPropertyAsync(Samples.Property(("price", 100), ("state", "CA"), ("description", "old")));
        var patched = (await office.Admin.PatchAsync($"{Path}/{id}", new { description = (string?)null, price = 90 })).Must(200);
        Assert.True(patched.IsNull("description"));
        Assert.Equal(90, patched.Number("price"));
        Assert.Equal("CA", patched.Text("state"));
    }

    [Fact]
    public async Task An_illegal_move_names_the_legal_ones_and_changes_nothing()
    {
        var office = await server.NewOfficeAsync();
        var id = await office.NewPropertyAsync();
        var refused = (await office.Admin.PatchAsync($"{Path}/{id}", new { current_stage = "closed_won", price = 5 })).MustRefuse(
            409, "RES_003");
        Assert.Contains("outreach", refused.Text("detail"), StringComparison.Ordinal);
        var property = (await office.Admin.GetAsync($"{Path}/{id}")).Must(200);
        Assert.Equal("new", property.Text("current_stage"));
        Assert.True(property.IsNull("price"));
    }

    [Fact]
    public async Task A_closed_property_stays_closed_until_it_is_reopened()
    {
        var office = await server.NewOfficeAsync();
        var id = await office.NewPropertyAsync();
        (await office.Admin.PatchAsync($"{Path}/{id}", new { current_stage = "closed_lost" })).Must(200);
        (await office.Admin.PatchAsync($"{Path}/{id}", new { current_stage = "outreach" })).MustRefuse(409, "RES_003");
        Assert.Equal("negotiation", (await office.Admin.PostAsync($"{Path}/{id}/reopen", new { })).Must(200).Text("current_stage"));
        var types = (await office.Admin.GetAsync($"{Path}/{id}/timeline")).Must(200).Items().Select(e => e.Text("event_type"));
        Assert.Equal(["property_created", "stage_changed", "stage_changed"], types);
    }

    [Fact]
    public async Task Delete_hides_and_restore_brings_back()
    {
        var office = await server.NewOfficeAsync();
        var id = await office.NewPropertyAsync();
        (await office.Admin.DeleteAsync($"{Path}/{id}")).Must(204);
        (await office.Admin.GetAsync($"{Path}/{id}")).MustRefuse(404, "RES_001");
        Assert.Empty((await office.Admin.GetAsync(Path)).Must(200).Items());
        (await office.Admin.PostAsync($"{Path}/{id}/restore")).Must(200);
        (await office.Admin.GetAsync($"{Path}/{id}")).Must(200);
    }
}
