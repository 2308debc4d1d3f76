using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

public sealed class DealMoneyTests(Server server)
{
    private const string Path = "/api/v1/deals";

    [Fact]
    public async Task Splits_share_the_commission_to_the_cent_and_move_the_deals_version()
    {
        var office = await server.NewOfficeAsync();
        var (_, second, _) = await office.NewUserAsync("agent");
        var (_, third, _) = await office.NewUserAsync("agent");
        var path = $"{Path}/{(await office.NewDealAsync(members: [("value", 333_333.33m), ("commission_rate", 3)])).Id()}";
        var tag = (await office.Admin.GetAsync(path)).Header("ETag");
        var split = await office.Admin.PatchAsync(path,
            new { splits = new[] { Split(office.AdminId, 33.3334m), Split(second, 33.3333m), Split(third, 33.3333m) } },
            ("If-Match", tag!));
        Assert.Equal(10_000m, split.Must(200).Number("gross_commission"));
        Assert.Equal([3_333.34m, 3_333.33m, 3_333.33m], split.Json.At("splits").Items().Select(s => s.Number("amount")));
        Assert.NotEqual(tag, split.Header("ETag"));
        (await office.Admin.PatchAsync(path, new { splits = Array.Empty<object>() }, ("If-Match", tag!))).MustRefuse(412, "RES_004");
        Assert.Equal(3, (await office.Admin.GetAsync(path)).Must(200).At("splits").Items().Length);
    }

    [Fact]
    public async Task Three_times_a_third_is_a_whole_and_what_rounding_leaves_over_is_the_firsts()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{(await office.NewDealAsync()).Id()}";
        var people = new[] { office.AdminId, (await office.NewUserAsync("agent")).Id, (await office.NewUserAsync("agent")).Id };
        async Task<decimal?[]> PercentsAsync(decimal each) => [.. (await office.Admin.PatchAsync(path,
            new { splits = people.Select(p => Split(p, each)) })).Must(200).At("splits").Items().Select(s => s.Number("percent"))];
        Assert.Equal([33.34m, 33.33m, 33.33m], await PercentsAsync(33.33m));
        Assert.Equal([33.3334m, 33.3333m, 33.3333m], await PercentsAsync(33.3333m));
        foreach (var each in new[] { 33.3m, 33.34m })
            Assert.Equal(["splits"],
                (await office.Admin.PatchAsync(path, new { splits = people.Select(p => Split(p, each)) })).MustNameFields());
    }

    [Fact]
    public async Task What_rounding_leaves_over_takes_nobodys_share_away()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{(await office.NewDealAsync()).Id()}";
        var second = (await office.NewUserAsync("agent")).Id;
        foreach (var least in new[] { 0.005m, 0.001m })
            Assert.Equal(["splits"], (await office.Admin.PatchAsync(path,
                new { splits = new[] { Split(office.AdminId, least), Split(second, 100) } })).MustNameFields());
    }

    [Fact]
    public async Task Splits_that_miss_a_hundred_percent_or_name_strangers_are_refused()
    {
        var office = await server.NewOfficeAsync();
        var stranger = (await server.NewOfficeAsync()).AdminId;
        var path = $"{Path}/{(await office.NewDealAsync()).Id()}";
        foreach (var percent in new[] { 99.9999m, 50m })
            Assert.Equal(["splits"],
                (await office.Admin.PatchAsync(path, new { splits = new[] { Split(office.AdminId, percent) } })).MustNameFields());
        Assert.Equal(["splits"],
            (await office.Admin.PatchAsync(path,
                new { splits = new[] { Split(office.AdminId, 50), Split(office.AdminId, 50) } })).MustNameFields());
        Assert.Equal(["splits[0].user_id"],
            (await office.Admin.PatchAsync(path, new { splits = new[] { Split(stranger, 100) } })).MustNameFields());
        Assert.Empty((await office.Admin.GetAsync(path)).Must(200).At("splits").Items());
    }

    [Fact]
    public async Task Co_broker_fees_and_office_come_off_before_the_agents_share_and_all_parts_add_up()
    {
        var office = await server.NewOfficeAsync();
        var (_, second, _) = await office.NewUserAsync("agent");
        var path = $"{Path}/{(await office.NewDealAsync(members: [("value", 333_333.33m), ("commission_rate", 3)])).Id()}";
        var deal = (await office.Admin.PatchAsync(path, new
        {
            co_broker = "Palm Homes", co_broke_share = 33.3333m, house_share = 40,
            commission_fees = new[] { Fee("Transaction fee", 250), Fee("Desk fee", 99.99m) },
            splits = new[] { Split(office.AdminId, 50), Split(second, 50) },
        })).Must(200);
        Assert.Equal((3_333.33m, 349.99m, 2_526.67m, 3_790.01m), (deal.Number("co_broke_amount"), deal.Number("fees_amount"),
            deal.Number("house_amount"), deal.Number("agents_amount")));
        Assert.Equal(deal.Number("gross_commission"), deal.Number("co_broke_amount") + deal.Number("fees_amount")
            + deal.Number("house_amount") + deal.Number("agents_amount"));
        Assert.Equal([1_895.01m, 1_895.00m], deal.At("splits").Items().Select(s => s.Number("amount")));
        Assert.Equal("Desk fee", deal.At("commission_fees").Items()[1].Text("description"));
        var cleared = (await office.Admin.PatchAsync(path,
            new { commission_fees = Array.Empty<object>(), house_share = (decimal?)null, co_broke_share = (decimal?)null })).Must(200);
        Assert.Equal(cleared.Number("gross_commission"), cleared.Number("agents_amount"));
    }

    [Fact]
    public async Task Fees_that_take_more_than_there_is_or_say_nothing_are_refused()
    {
        var office = await server.NewOfficeAsync();
        var path = $"{Path}/{(await office.NewDealAsync(members: [("value", 100_000), ("commission_rate", 2)])).Id()}";
        Assert.Equal(["commission_fees"],
            (await office.Admin.PatchAsync(path, new { co_broke_share = 50, commission_fees = new[] { Fee("Desk fee", 1_000.01m) } }))
                .MustNameFields());
        (await office.Admin.PatchAsync(path, new { co_broke_share = 50, commission_fees = new[] { Fee("Desk fee", 1_000) } })).Must(200);
        Assert.Equal(["commission_fees"], (await office.Admin.PatchAsync(path, new { value = 99_000 })).MustNameFields());
        Assert.Equal(["commission_fees[0].amount"],
            (await office.Admin.PatchAsync(path, new { commission_fees = new[] { Fee("Desk fee", 0.001m) } })).MustNameFields());
        Assert.Equal(["co_broke_share", "commission_fees[0].amount", "commission_fees[0].description", "house_share"],
            (await office.Admin.PatchAsync(path, new { co_broke_share = 101, house_share = -1, commission_fees = new[] { Fee("", 0) } }))
                .MustNameFields().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Vat_is_a_line_of_its_own_that_the_organization_sets()
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(0, (await office.NewDealAsync(members: ("commission_rate", 2))).Number("vat_rate"));
        (await office.Admin.PatchAsync($"{Path}/settings", new { vat_rate = 5 })).Must(200);
        var deal = await office.NewDealAsync(members: [("value", 2_000_000), ("commission_rate", 2)]);
        Assert.Equal((40_000m, 2_000m, 42_000m),
            (deal.Number("gross_commission"), deal.Number("vat_amount"), deal.Number("commission_with_vat")));
        var (agent, _, _) = await office.NewUserAsync("agent");
        (await agent.PatchAsync($"{Path}/settings", new { vat_rate = 0 })).MustRefuse(403, "AUTH_003");
    }

    [Fact]
    public async Task Statistics_are_what_a_recount_of_the_list_gives()
    {
        var office = await server.NewOfficeAsync();
        var random = new Random(4711);
        string[] stages = ["lead", "qualified", "proposal", "negotiation", "contract", "inspection", "financing", "closing", "closed_won",
            "closed_lost"];
        string[] types = ["buy", "sell", "sale", "lease", "wholesale", "flip", "rental"];
        for (var i = 0; i < 60; i++)
        {
            var deal = await office.NewDealAsync(null, ("deal_type", types[random.Next(7)]), ("stage", stages[random.Next(10)]),
                ("value", random.Next(1, 100_000_000) / 100m));
            if (i % 10 == 0) (await office.Admin.DeleteAsync($"{Path}/{deal.Id()}")).Must(204);
        }
        var deals = (await office.Admin.GetAsync($"{Path}?limit=1000")).Must(200).Items();
        var stats = (await office.Admin.GetAsync($"{Path}/stats")).Must(200);
        Assert.Equal(54, stats.Long("total_deals"));
        Assert.Equal(deals.Sum(d => d.Number("value")), stats.Number("total_value"));
        Assert.Equal(Math.Round(deals.Average(d => d.Number("value")), 2), stats.Number("avg_deal_value"));
        var (won, lost) = (deals.Count(d => d.Text("status") == "won"), deals.Count(d => d.Text("status") == "lost"));
        Assert.Equal((won, lost), ((int)stats.Long("won_deals"), (int)stats.Long("lost_deals")));
        Assert.Equal(Math.Round((decimal)won / (won + lost), 4), stats.Number("win_rate"));
        foreach (var stage in stages) Assert.Equal(deals.Count(d => d.Text("stage") == stage), stats.Long($"by_stage.{stage}"));
        foreach (var type in types) Assert.Equal(deals.Count(d => d.Text("deal_type") == type), stats.Long($"by_type.{type}"));
    }

    private static object Fee(string description, decimal amount) => new { description, amount };

    private static object Split(long user, decimal percent) => new { user_id = user, percent };
}
