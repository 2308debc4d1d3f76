using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Cma;

public sealed class ComparableTests(Server server)
{
    private const string Comparables = "/api/v1/cma/comparables", Quick = "/api/v1/cma/valuation/quick";

    [Fact]
    public async Task The_nearest_in_kind_come_first_and_the_adjustments_add_up()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var answer = (await office.Admin.PostAsync(Comparables, Ask("Northbank", project: "Northbank Two", count: 8, months: 12))).Must(
            200);
        var found = answer.At("comparables").Items();
        Assert.Equal(8, found.Length);
        Assert.Equal(8, answer.Long("comparable_count"));
        Assert.All(found, c => Assert.Equal(("Northbank Two", "project"), (c.Text("project"), c.Text("match"))));
        Assert.Equal(found.Select(c => c.Number("similarity")).OrderDescending(), found.Select(c => c.Number("similarity")));
        foreach (var c in found)
        {
            Assert.Equal(c.Number("adjusted_price"), c.Number("price") + c.At("adjustments").Items().Sum(a => a.Number("amount")));
            var parts = c.At("similarity_parts").Items();
            Assert.Equal((double)c.Number("similarity"),
                parts.Sum(p => (double)(p.Number("score") * p.Number("weight"))) / parts.Sum(p => (double)p.Number("weight")), 0.002);
            var sold = Town.Sales.Single(s => c.Text("transaction_number")!.StartsWith($"{s.Number}@", StringComparison.Ordinal));
            Assert.Equal(((decimal)sold.Price, sold.Bedrooms, sold.Sqft),
                (c.Number("price"), (int)c.Long("bedrooms"), (int)c.Number("area_sqft")));
        }
    }

    [Fact]
    public async Task Count_time_frame_and_radius_are_kept_to()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var days = TimeProvider.System.GetUtcNow().AddMonths(-3).AddDays(-2);
        var recent = (await office.Admin.PostAsync(Comparables, Ask("Old Mill", count: 50, months: 3))).Must(200).At("comparables").Items();
        Assert.NotEmpty(recent);
        Assert.All(recent, c => Assert.True(DateTimeOffset.Parse(c.Text("sold_on")!, null) >= days, c.ToString()));
        var near = (await office.Admin.PostAsync(Comparables, Ask("Northbank", count: 100, months: 24, latitude: 25.1, radius: 0.3))).Must(
            200).At("comparables").Items();
        Assert.NotEmpty(near);
        Assert.All(near, c => Assert.InRange(c.Number("distance_km"), 0, 0.3m));
        var wide = (await office.Admin.PostAsync(Comparables, Ask("Northbank", count: 100, months: 24, latitude: 25.1, radius: 5))).Must(
            200).At("comparables").Items();
        Assert.Contains(wide, c => c.Number("distance_km") > 0.3m);
        var faults = await office.Admin.PostAsync(Comparables,
            new { property = new { location = "Northbank", area_sqft = 900 }, radius_km = 0, comparable_count = 0, time_frame_months = 0 });
        Assert.Equal(["comparable_count", "radius_km", "time_frame_months"], faults.MustNameFields().Order());
    }

    [Fact]
    public async Task A_property_of_the_office_is_described_by_itself()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var id = await office.NewPropertyAsync(Home("Harbourside"));
        var answer = (await office.Admin.GetAsync($"{Comparables}/prop_{id}?market={Town.Market}&comparable_count=5")).Must(200);
        Assert.Equal(("Harbourside", id), (answer.Text("neighborhood"), answer.Long("property_id")));
        Assert.Equal(5, answer.At("comparables").Items().Length);
        var bare = await office.NewPropertyAsync();
        Assert.Equal(["property.area_sqft"], (await office.Admin.GetAsync($"{Comparables}/{bare}?market={Town.Market}")).MustNameFields());
    }

    [Fact]
    public async Task Own_closed_deals_join_the_own_comparables_and_nobody_elses()
    {
        await Town.OpenAsync(server);
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var property = await office.NewPropertyAsync(Home("Palm Row"));
        var deal = (await office.Admin.PostAsync("/api/v1/deals",
            new { property_id = property, deal_type = "sale", value = 2_400_000, currency = "AED" })).Must(201).Id();
        var before = (await office.Admin.PostAsync(Quick, Ask("Palm Row"))).Must(200).Number("valuation.estimated_value");
        (await office.Admin.PatchAsync($"/api/v1/deals/{deal}", new { stage = "closed_won" })).Must(200);
        var own = Assert.Single((await office.Admin.PostAsync(Comparables, Ask("Palm Row", count: 20))).Must(200).At("comparables").Items(),
            c => c.IsTrue("own_deal"));
        Assert.Equal(($"deal_{deal}", 2_400_000m), (own.Text("transaction_number"), own.Number("price")));
        Assert.DoesNotContain((await other.Admin.PostAsync(Comparables, Ask("Palm Row", count: 100, months: 60))).Must(200)
            .At("comparables").Items(), c => c.IsTrue("own_deal"));
        Assert.Equal(before, (await office.Admin.PostAsync(Quick, Ask("Palm Row"))).Must(200).Number("valuation.estimated_value"));
    }

    [Fact]
    public async Task A_place_without_sales_is_refused_with_the_nearest_that_have_some()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        foreach (var path in new[] { Comparables, Quick })
        {
            var refusal = (await office.Admin.PostAsync(path, Ask("Northbnk Hills"))).MustRefuse(422, "VAL_003");
            Assert.Contains("Nearest covered areas", refusal.Text("detail"), StringComparison.Ordinal);
            Assert.Contains(refusal.At("error.details.nearest_areas").Items(), a => a.Text("area") == "Northbank");
            Assert.Equal("imported", refusal.Text("error.details.market_data"));
        }
    }

    [Fact]
    public async Task Three_sales_say_how_little_they_are()
    {
        await Town.OpenAsync(server);
        var office = await server.NewOfficeAsync();
        var answer = (await office.Admin.PostAsync(Quick, Ask(Town.Quiet, project: "Quietcove House"))).Must(200);
        Assert.Equal((3, 3), (answer.Long("valuation.evidence.same_area"), answer.Long("valuation.evidence.same_project")));
        Assert.Contains(answer.At("notes").Items(),
            n =>
                n.GetString() == "Only 3 comparable sales in the time frame: that is very little. "
                    + "Read the range, not the estimate, and ask for an inspection.");
    }

    internal static object Ask(string location, string? project = null, int? count = null, int? months = null, double? latitude = null,
        double? radius = null) => new
        {
            market = Town.Market, comparable_count = count, time_frame_months = months, radius_km = radius,
            property = new { location, project, property_type = "apartment", bedrooms = 2, area_sqft = 960, latitude,
                longitude = latitude is null ? (double?)null : 55.2 },
        };

    private static Dictionary<string, object?> Home(string area) =>
        Samples.Property(("community", area), ("property_type", "apartment"), ("bedrooms", 2), ("square_feet", 960), ("currency", "AED"));
}
