using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

/// <summary>One home is one sale, and one commission, until somebody who may do so takes it up again.</summary>
public sealed class WonOnceTests(Server server)
{
    private const string Path = "/api/v1/deals";

    [Fact]
    public async Task Of_six_deals_that_win_a_property_at_once_one_does_and_the_others_name_it()
    {
        var office = await server.NewOfficeAsync();
        for (var round = 0; round < 3; round++)
        {
            var property = await office.NewPropertyAsync();
            var deals = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => (await office.NewDealAsync(property)).Id()));
            var answers = await Task.WhenAll(deals.Select(deal => WinAsync(office, deal)));
            var won = Assert.Single(answers, a => a.Status == 200).Json.Id();
            Assert.All(answers.Where(a => a.Status != 200),
                a => Assert.Equal(won, a.MustRefuse(409, "RES_003").Long("error.details.won_by")));
            Assert.Single((await office.Admin.GetAsync($"{Path}?property_id={property}&status=won")).Must(200).Items());
        }
    }

    [Fact]
    public async Task A_property_is_not_won_again_by_a_new_deal_a_restored_one_or_a_change_of_property()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        var first = (await office.NewDealAsync(property, ("stage", "closed_won"))).Id();
        (await office.Admin.PostAsync(Path,
            new { property_id = property, deal_type = "sale", value = 1, stage = "closed_won" })).MustRefuse(409, "RES_003");
        Assert.Single((await office.Admin.GetAsync($"{Path}?property_id={property}")).Must(200).Items());
        var elsewhere = (await office.NewDealAsync(members: ("stage", "closed_won"))).Id();
        Assert.Equal(first, (await office.Admin.PatchAsync($"{Path}/{elsewhere}", new { property_id = property })).MustRefuse(409,
            "RES_003").Long("error.details.won_by"));

        (await office.Admin.DeleteAsync($"{Path}/{first}")).Must(204);
        var second = (await office.NewDealAsync(property, ("stage", "closed_won"))).Id();
        Assert.Equal(second, (await office.Admin.PostAsync($"{Path}/{first}/restore")).MustRefuse(409,
            "RES_003").Long("error.details.won_by"));
    }

    [Fact]
    public async Task A_sold_home_may_be_let_and_one_that_was_reopened_sold_again()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        await office.NewDealAsync(property, ("stage", "closed_won"));
        await office.NewDealAsync(property, ("deal_type", "lease"), ("stage", "closed_won"));
        var resale = (await office.NewDealAsync(property)).Id();
        (await WinAsync(office, resale)).MustRefuse(409, "RES_003");
        (await office.Admin.PostAsync($"/api/v1/properties/{property}/reopen", new { })).Must(200);
        (await WinAsync(office, resale)).Must(200);
    }

    [Fact]
    public async Task A_deal_that_was_reopened_gives_the_property_to_another_and_can_win_its_own_again()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        var (first, second) = ((await office.NewDealAsync(property, ("stage", "closed_won"))).Id(),
            (await office.NewDealAsync(property)).Id());
        (await office.Admin.PostAsync($"{Path}/{first}/reopen", new { })).Must(200);
        (await WinAsync(office, first)).Must(200);
        (await office.Admin.PostAsync($"{Path}/{first}/reopen", new { })).Must(200);
        (await WinAsync(office, second)).Must(200);
        Assert.Equal(second, (await WinAsync(office, first)).MustRefuse(409, "RES_003").Long("error.details.won_by"));
    }

    private static Task<Answer> WinAsync(Office office, long deal) =>
        office.Admin.PatchAsync($"{Path}/{deal}", new { stage = "closed_won" });
}
