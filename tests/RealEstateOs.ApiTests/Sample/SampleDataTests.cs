using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Sample;

/// <summary>What a first start shows.</summary>
public sealed class SampleDataTests(Server server)
{
    [Fact]
    public async Task A_first_start_has_the_documented_people_listings_leads_deals_and_portfolio_and_a_second_adds_nothing()
    {
        await using var own = await OwnInstallation.OpenAsync(server, ("SampleData", "true"));
        // Two at once, then another.
        var starting = (First: own.StartAsync(), Second: own.StartAsync());
        await using (var first = await starting.First)
        await using (var second = await starting.Second)
        {
            await LookAsync(first);
            await LookAsync(second);
        }
        await using var again = await own.StartAsync();
        await LookAsync(again);
    }

    private static async Task LookAsync(HostProcess host)
    {
        await SignInAsync(host, "manager@acme-realestate.com", "Manager123!");
        await SignInAsync(host, "mike@acme-realestate.com", "Agent123!");
        var other = await SignInAsync(host, "admin@premium-properties.com", "Admin123!");
        var admin = await SignInAsync(host, "admin@acme-realestate.com", "Admin123!");
        foreach (var (list, rows) in new[] { ("users", 4), ("properties", 5), ("leads", 5), ("clients", 2), ("deals", 3),
            ("transactions", 3), ("portfolios", 1), ("campaigns", 1), ("campaigns/templates", 1) })
            Assert.Equal((list, rows), (list, (await admin.GetAsync($"/api/v1/{list}")).Must(200).Items().Length));
        Assert.Equal(2, (await other.GetAsync("/api/v1/properties")).Must(200).Items().Length);
        foreach (var property in (await admin.GetAsync("/api/v1/properties")).Must(200).Items())
        {
            var path = $"/api/v1/properties/{property.Id()}";
            Assert.Equal(2, (await admin.GetAsync($"{path}/valuations")).Must(200).Items().Length);
            var image = Assert.Single((await admin.GetAsync($"{path}/images")).Must(200).Items());
            Assert.Equal("image/png", (await new Actor(host.Client, null).GetAsync(image.Text("url")!)).Header("Content-Type"));
            Assert.NotEmpty((await admin.GetAsync($"{path}/timeline")).Must(200).Items());
        }
        var deal = (await admin.GetAsync("/api/v1/deals?sort=created_at")).Must(200).Items()[0];
        Assert.Equal(("Marina Heights, Apt 1204", "Layla Nasser"), (deal.Text("property.address"), deal.Text("lead.name")));
        Assert.Equal(100, deal.At("splits").Items().Sum(s => s.Number("percent")));
        var reconciled = Assert.Single((await admin.GetAsync("/api/v1/portfolio/reconciliations")).Must(200).Items());
        Assert.Equal((3, reconciled.Number("total_value_actual") - reconciled.Number("total_value_expected")),
            (reconciled.Long("properties_checked"), reconciled.Number("discrepancy_amount")));
        Assert.NotEmpty(reconciled.At("discrepancies").EnumerateArray());
    }

    private static async Task<Actor> SignInAsync(HostProcess host, string email, string password) =>
        new(host.Client, (await new Actor(host.Client, null).PostAsync("/api/v1/auth/login", new { email, password })).Must(200)
            .Text("access_token"));
}
