using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Marketing;

public sealed class SpendTests(Server server)
{
    [Fact]
    public async Task What_was_spent_is_summed_in_one_currency_and_told_of_each()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        await SpendAsync(office, property, 1_000);
        await SpendAsync(office, property, 500);
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { currency = "USD" })).Must(200);
        await SpendAsync(office, property, 70);
        var figures = (await office.Admin.GetAsync("/api/v1/marketing/analytics/summary")).Must(200);
        Assert.Equal((3, 1_500m, "AED"),
            (figures.Long("summary.total_campaigns"), figures.Number("summary.total_spend"), figures.Text("summary.currency")));
        Assert.Equal((1_500m, 70m), (figures.Number("summary.spend_by_currency.AED"), figures.Number("summary.spend_by_currency.USD")));
        Assert.Equal((3, 1_500m),
            (figures.Long("performance_by_channel.postcard.campaigns"), figures.Number("performance_by_channel.postcard.spend")));
        Assert.Contains("never added", figures.Text("summary.note"), StringComparison.Ordinal);
    }

    private static async Task SpendAsync(Office office, long property, decimal amount)
    {
        var campaign = (await office.Admin.PostAsync(MarketingDesk.Campaigns, new { name = $"Cards {amount}", campaign_type = "new_listing",
            property_id = property, channels = new[] { "postcard" } })).Must(201).Text("id");
        (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{campaign}/expenses",
            new { channel = "postcard", amount, spent_on = "2026-11-20" })).Must(201);
    }
}
