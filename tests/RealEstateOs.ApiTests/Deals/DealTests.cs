using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

public sealed class DealTests(Server server)
{
    private const string Path = "/api/v1/deals";

    [Fact]
    public async Task A_created_deal_reads_back_as_it_was_answered()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        var created = await office.Admin.PostAsync(Path, new { property_id = property, deal_type = "sale", value = 735_000,
            commission_rate = 5.0, probability = 40, notes = "First offer" });
        var deal = created.Must(201);
        Assert.Equal("lead", deal.Text("stage"));
        Assert.Equal("12 Harbour Lane", deal.Text("property.address"));
        Assert.Equal(36_750m, deal.Number("gross_commission"));
        Assert.Equal(14_700m, deal.Number("expected_commission"));
        Assert.Equal(created.Text, (await office.Admin.GetAsync($"{Path}/{deal.Id()}")).Text);
    }

    [Fact]
    public async Task A_property_is_named_by_number_text_or_reference()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        foreach (var form in new object[] { property, $"{property}", $"prop_{property}" })
            Assert.Equal(property, (await office.NewDealAsync(form)).Long("property_id"));
        Assert.Equal(["property_id"], (await office.Admin.PostAsync(Path, Deal($"lead_{property}"))).MustNameFields());
    }

    [Fact]
    public async Task A_property_of_another_tenant_does_not_exist()
    {
        var office = await server.NewOfficeAsync();
        var foreign = await (await server.NewOfficeAsync()).NewPropertyAsync();
        Assert.Equal(["property_id"], (await office.Admin.PostAsync(Path, Deal(foreign))).MustNameFields());
        Assert.Empty((await office.Admin.GetAsync(Path)).Must(200).Items());
    }

    [Fact]
    public async Task Another_tenant_finds_nothing()
    {
        var office = await server.NewOfficeAsync();
        var stranger = (await server.NewOfficeAsync()).Admin;
        var deal = (await office.NewDealAsync()).Id();
        foreach (var path in new[] { $"{Path}/{deal}", $"{Path}/{deal}/history" })
            (await stranger.GetAsync(path)).MustRefuse(404, "RES_001");
        (await stranger.PatchAsync($"{Path}/{deal}", new { value = 1 })).MustRefuse(404, "RES_001");
        (await stranger.DeleteAsync($"{Path}/{deal}")).MustRefuse(404, "RES_001");
        (await stranger.PostAsync($"{Path}/{deal}/reopen", new { })).MustRefuse(404, "RES_001");
        Assert.Empty((await stranger.GetAsync(Path)).Must(200).Items());
    }

    [Fact]
    public async Task Every_fault_of_a_body_is_named_at_once()
    {
        var office = await server.NewOfficeAsync();
        var answer = await office.Admin.PostAsync(Path,
            new { deal_type = "theft", value = -1, probability = 101, commission_rate = 200, currency = "dirham", stage = "asleep" });
        Assert.Equal(["commission_rate", "currency", "deal_type", "probability", "property_id", "stage", "value"],
            answer.MustNameFields().Distinct().Order());
        Assert.Contains("wholesale", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stage_gives_the_probability_until_somebody_knows_better()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{(await office.NewDealAsync()).Id()}";
        Assert.Equal(50, (await office.Admin.PatchAsync(path, new { stage = "negotiation" })).Must(200).Number("probability"));
        Assert.Equal(62.5m, (await office.Admin.PatchAsync(path, new { probability = 62.5 })).Must(200).Number("probability"));
        Assert.Equal(62.5m, (await office.Admin.PatchAsync(path, new { stage = "contract" })).Must(200).Number("probability"));
        Assert.Equal(70, (await office.Admin.PatchAsync(path, new { probability = (int?)null })).Must(200).Number("probability"));
        Assert.Equal(0, (await office.Admin.PatchAsync(path, new { stage = "closed_lost" })).Must(200).Number("probability"));
    }

    [Fact]
    public async Task Delete_hides_and_restore_brings_back()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{(await office.NewDealAsync()).Id()}";
        (await office.Admin.DeleteAsync(path)).Must(204);
        (await office.Admin.GetAsync(path)).MustRefuse(404, "RES_001");
        (await office.Admin.PostAsync($"{path}/restore")).Must(200);
        (await office.Admin.GetAsync(path)).Must(200);
    }

    [Fact]
    public async Task An_agent_limited_to_own_deals_sees_those_assigned_or_shared()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync("/api/v1/roles",
            new { name = "solo", permissions = new[] { "deals:read:own", "deals:update:own" } })).Must(201);
        var (agent, id, _) = await office.NewUserAsync("solo");
        var assigned = (await office.NewDealAsync(members: ("assigned_to", id))).Id();
        var shared = (await office.NewDealAsync(
            members: ("splits", new object[] { new { user_id = id, percent = 30 }, new { user_id = office.AdminId, percent = 70 } }))).Id();
        var other = (await office.NewDealAsync()).Id();
        Assert.Equal([assigned, shared], (await agent.GetAsync($"{Path}?sort=created_at")).Must(200).Items().Select(d => d.Id()));
        Assert.Equal(2, (await agent.GetAsync($"{Path}/stats")).Must(200).Long("total_deals"));
        (await agent.GetAsync($"{Path}/{other}")).MustRefuse(404, "RES_001");
        (await agent.PatchAsync($"{Path}/{other}", new { value = 1 })).MustRefuse(404, "RES_001");
        (await agent.PostAsync(Path, Deal(await office.NewPropertyAsync()))).MustRefuse(403, "AUTH_003");
    }

    private static object Deal(object property) => new { property_id = property, deal_type = "buy", value = 1 };
}
