using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

/// <summary>No figure adds or compares amounts of different currencies; each currency has its own decimals.</summary>
public sealed class CurrencyTests(Server server)
{
    [Fact]
    public async Task Sums_over_deals_are_of_the_offices_currency_and_others_stand_beside_them()
    {
        var office = await server.NewOfficeAsync();
        await office.NewDealAsync(members: [("value", 1_000_000), ("currency", "USD")]);
        await office.NewDealAsync(members: [("value", 3_000_000), ("currency", "USD"), ("stage", "closed_won")]);
        await office.NewDealAsync(members: [("value", 5_000_000), ("currency", "AED"), ("stage", "closed_won")]);
        var stats = (await office.Admin.GetAsync("/api/v1/deals/stats")).Must(200);
        Assert.Equal(("USD", 4_000_000m, 1_000_000m, 3_000_000m, 2_000_000m),
            (stats.Text("currency"), stats.Number("total_value"), stats.Number("open_value"), stats.Number("won_value"),
                stats.Number("avg_deal_value")));
        Assert.Equal((3L, 2L, 4_000_000m, 5_000_000m),
            (stats.Long("total_deals"), stats.Long("won_deals"), stats.Number("by_currency.USD"), stats.Number("by_currency.AED")));
        Assert.Contains("AED", Assert.Single(stats.At("notes").Items()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_office_whose_deals_are_all_in_one_other_currency_sees_them_in_that_one()
    {
        var office = await server.NewOfficeAsync();
        await office.NewDealAsync(members: [("value", 700_000), ("currency", "EUR")]);
        var stats = (await office.Admin.GetAsync("/api/v1/deals/stats")).Must(200);
        Assert.Equal(("EUR", 700_000m), (stats.Text("currency"), stats.Number("total_value")));
        Assert.Empty(stats.At("notes").Items());
    }

    [Fact]
    public async Task Bounds_of_amounts_are_in_the_currency_asked_for_else_in_the_offices()
    {
        var office = await server.NewOfficeAsync();
        foreach (var (currency, price) in new[] { ("USD", 1_000_000), ("AED", 3_000_000), ("AED", 1_000_000) })
            (await office.Admin.PostAsync("/api/v1/properties",
                new { address = $"{currency} {price}", city = "Dubai", price, currency })).Must(201);
        Assert.Equal(["USD 1000000"], await FoundAsync("max_price=2000000"));
        Assert.Equal(["AED 1000000"], await FoundAsync("max_price=2000000&currency=AED"));
        Assert.Equal(["AED 1000000", "AED 3000000"], await FoundAsync("price__gte=1&currency=AED"));
        Assert.Equal(3, (await FoundAsync("city=Dubai")).Length);

        async Task<string[]> FoundAsync(string query) =>
            [.. (await office.Admin.GetAsync($"/api/v1/properties?sort=price&{query}")).Must(200).Items().Select(p => p.Text("address")!)];
    }

    [Fact]
    public async Task A_portfolio_and_its_reconciliation_keep_currencies_apart()
    {
        var office = await server.NewOfficeAsync();
        var ids = new List<long>();
        foreach (var (currency, price) in new[] { ("USD", 1_000), ("AED", 4_000) })
            ids.Add((await office.Admin.PostAsync("/api/v1/properties", new { address = currency, city = "Dubai", price, currency })).Must(
                201).Id());
        var portfolio = (await office.Admin.PostAsync("/api/v1/portfolios", new { name = "Two", property_ids = ids })).Must(201);
        Assert.Equal(("USD", 1_000m, 4_000m),
            (portfolio.Text("currency"), portfolio.Number("total_value"), portfolio.Number("by_currency.AED")));
        var stats = (await office.Admin.GetAsync("/api/v1/portfolios/stats")).Must(200);
        Assert.Equal((1_000m, 4_000m), (stats.Number("total_value"), stats.Number("by_currency.AED")));
        // The sum in dollars is as expected; the one in dirhams is not, and a pass would hide it.
        (await office.Admin.PatchAsync($"/api/v1/properties/{ids[1]}", new { price = 5_000 })).Must(200);
        var result = (await office.Admin.PostAsync("/api/v1/portfolio/reconcile", new { portfolio_id = portfolio.Id() })).Must(200);
        Assert.Equal(("fail", "USD", 1_000m, 0m),
            (result.Text("validation_status"), result.Text("currency"), result.Number("total_value_actual"),
                result.Number("discrepancy_percentage")));
        Assert.Equal((4_000m, 5_000m, 25m),
            (result.Number("by_currency.AED.expected"), result.Number("by_currency.AED.actual"),
                result.Number("by_currency.AED.discrepancy_percentage")));
    }

    [Fact]
    public async Task A_budget_meets_only_prices_of_its_own_currency()
    {
        var office = await server.NewOfficeAsync();
        foreach (var currency in new[] { "USD", "AED" })
            (await office.Admin.PostAsync("/api/v1/properties",
                new { address = currency, city = "Dubai", price = 1_000_000, currency })).Must(201);
        Assert.Equal(["USD"], await MatchesAsync(new { areas = new[] { "Dubai" }, max_price = 1_100_000 }));
        Assert.Equal(["AED"], await MatchesAsync(new { areas = new[] { "Dubai" }, max_price = 1_100_000, currency = "AED" }));
        Assert.Equal(2, (await MatchesAsync(new { areas = new[] { "Dubai" } })).Length);

        async Task<string[]> MatchesAsync(object preferences)
        {
            var client = (await office.Admin.PostAsync("/api/v1/clients",
                new { first_name = "Mona", last_name = "Saleh", preferences })).Must(201).Id();
            return [.. (await office.Admin.GetAsync($"/api/v1/clients/{client}/matches")).Must(200).Items()
                .Select(m => m.Text("property.address")!)];
        }
    }

    [Fact]
    public async Task Amounts_have_the_decimals_of_their_currency()
    {
        var office = await server.NewOfficeAsync();
        var dinars = await office.NewDealAsync(members: [("value", 61.725m), ("currency", "OMR"), ("commission_rate", 2)]);
        Assert.Equal((61.725m, 1.235m), (dinars.Number("value"), dinars.Number("gross_commission")));
        var yen = await office.NewDealAsync(members: [("value", 50_000_050), ("currency", "JPY"), ("commission_rate", 2)]);
        Assert.Equal(1_000_001m, yen.Number("gross_commission"));
        var property = await office.NewPropertyAsync();
        Assert.Equal(["value"], (await office.Admin.PostAsync("/api/v1/deals",
            new { property_id = property, deal_type = "sale", value = 100.5, currency = "JPY" })).MustNameFields());
        Assert.Equal(["value"], (await office.Admin.PatchAsync($"/api/v1/deals/{yen.Id()}", new { value = 100.5 })).MustNameFields());
        Assert.Equal(["currency"],
            (await office.Admin.PostAsync("/api/v1/deals",
                new { property_id = property, deal_type = "sale", value = 100, currency = "QQQ" })).MustNameFields());
    }
}
