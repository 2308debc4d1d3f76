using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

public sealed class DealStageTests(Server server)
{
    private const string Path = "/api/v1/deals";

    [Fact]
    public async Task Any_open_stage_follows_any_other_and_each_stay_is_history()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{(await office.NewDealAsync()).Id()}";
        foreach (var stage in new[] { "closing", "proposal", "financing" }) (await office.Admin.PatchAsync(path, new { stage })).Must(200);
        var stays = (await office.Admin.GetAsync($"{path}/history")).Must(200).Items();
        Assert.Equal(["lead", "closing", "proposal", "financing"], stays.Select(s => s.Text("to_stage")));
        Assert.Equal(stays[1].Text("moved_at"), stays[0].Text("left_at"));
        Assert.True(stays[^1].IsNull("left_at"));
        Assert.All(stays, s => Assert.True(s.Number("seconds_in_stage") is >= 0 and < 600));
    }

    [Fact]
    public async Task Closing_is_final_and_says_what_would_be_legal()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{(await office.NewDealAsync()).Id()}";
        (await office.Admin.PatchAsync(path, new { stage = "closed_lost" })).Must(200);
        var refused = (await office.Admin.PatchAsync(path, new { stage = "lead", value = 1 })).MustRefuse(409, "RES_003");
        Assert.Empty(refused.At("error.details.allowed").Items());
        Assert.Contains("reopen", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(500_000, (await office.Admin.GetAsync(path)).Must(200).Number("value"));
    }

    [Fact]
    public async Task A_reopened_deal_goes_on_and_keeps_both_endings()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{(await office.NewDealAsync()).Id()}";
        (await office.Admin.PostAsync($"{path}/reopen", new { })).MustRefuse(409, "RES_003");
        (await office.Admin.PatchAsync(path, new { stage = "closed_lost" })).Must(200);
        (await office.Admin.PostAsync($"{path}/reopen", new { stage = "closed_won" })).MustRefuse(409, "RES_003");
        var reopened = (await office.Admin.PostAsync($"{path}/reopen", new { })).Must(200);
        Assert.Equal(("negotiation", "open"), (reopened.Text("stage"), reopened.Text("status")));
        Assert.True(reopened.IsNull("closed_at"));
        (await office.Admin.PatchAsync(path, new { stage = "closed_won" })).Must(200);
        Assert.Equal(["lead", "closed_lost", "negotiation", "closed_won"],
            (await office.Admin.GetAsync($"{path}/history")).Must(200).Items().Select(s => s.Text("to_stage")));
    }

    [Theory]
    [InlineData("sale", "sold")]
    [InlineData("lease", "rented")]
    public async Task A_won_deal_takes_its_property_off_the_market(string type, string status)
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        var deal = await office.NewDealAsync(property, ("deal_type", type));
        (await office.Admin.PatchAsync($"{Path}/{deal.Id()}", new { stage = "closed_won" })).Must(200);
        var sold = (await office.Admin.GetAsync($"/api/v1/properties/{property}")).Must(200);
        Assert.Equal((status, "closed_won"), (sold.Text("status"), sold.Text("current_stage")));
    }

    [Fact]
    public async Task Of_two_agents_with_the_same_tag_one_wins_and_the_other_reads_again()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{(await office.NewDealAsync()).Id()}";
        var tag = (await office.Admin.GetAsync(path)).Header("ETag")!;
        var answers = await Task.WhenAll(
            office.Admin.PatchAsync(path, new { stage = "qualified" }, ("If-Match", tag)),
            office.Admin.PatchAsync(path, new { stage = "proposal" }, ("If-Match", tag)));
        Assert.Equal([200, 412], answers.Select(a => a.Status).Order());
        Assert.Equal(answers.Single(a => a.Status == 200).Json.Text("stage"), (await office.Admin.GetAsync(path)).Must(200).Text("stage"));
        Assert.Equal(2, (await office.Admin.GetAsync($"{path}/history")).Must(200).Items().Length);
    }

    [Fact]
    public async Task Moves_at_once_without_a_tag_are_serialised_and_none_is_lost()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{(await office.NewDealAsync()).Id()}";
        var stages = new[] { "qualified", "proposal", "negotiation", "contract", "inspection", "financing", "closing", "closed_won" };
        var answers = await Task.WhenAll(stages.Select(stage => office.Admin.PatchAsync(path, new { stage })));
        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 200, 409, 412 }));
        var stays = (await office.Admin.GetAsync($"{path}/history")).Must(200).Items();
        Assert.Equal(answers.Count(a => a.Status == 200), stays.Length - 1);
        for (var i = 1; i < stays.Length; i++) Assert.Equal(stays[i - 1].Text("to_stage"), stays[i].Text("from_stage"));
        Assert.Equal(stays[^1].Text("to_stage"), (await office.Admin.GetAsync(path)).Must(200).Text("stage"));
    }

    [Fact]
    public async Task A_deal_announces_its_creation_moves_and_closing()
    {
        var office = await server.NewOfficeAsync();
        var deal = await office.NewDealAsync(members: ("commission_rate", 2));
        (await office.Admin.PatchAsync($"{Path}/{deal.Id()}", new { stage = "closed_won" })).Must(200);
        var events = await Outbox.OfAsync(server, office, "deal.%");
        Assert.Equal(["deal.created", "deal.updated", "deal.stage_changed", "deal.closed"], events.Select(e => e.Type));
        Assert.Equal(10_000, events[3].Payload.Number("gross_commission"));
        Assert.Equal("lead", events[2].Payload.Text("from_stage"));
    }
}
