using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Auth;

/// <summary>Who names their country when they register needs to say nothing of currency, time zone and VAT.</summary>
public sealed class CountryTests(Server server)
{
    [Theory]
    [InlineData("AE", "AE", "AED", "Asia/Dubai", 5)]
    [InlineData("Saudi Arabia", "SA", "SAR", "Asia/Riyadh", 15)]
    [InlineData("us", "US", "USD", "America/New_York", 0)]
    [InlineData("UK", "GB", "GBP", "Europe/London", 20)]
    [InlineData("DE", "DE", "EUR", "Europe/Berlin", 19)]
    [InlineData("FI", "FI", "EUR", "Europe/Helsinki", 25.5)]
    [InlineData("SE", "SE", "SEK", "Europe/Stockholm", 25)]
    public async Task The_country_brings_currency_time_zone_and_vat(string named, string code, string currency, string zone, double vat)
    {
        var admin = await RegisterAsync(new() { ["country"] = named });
        var organization = (await admin.GetAsync("/api/v1/organization")).Must(200);
        Assert.Equal((code, currency, zone), (organization.Text("country"), organization.Text("currency"), organization.Text("time_zone")));
        Assert.Equal((decimal)vat, (await admin.GetAsync("/api/v1/deals/settings")).Must(200).Number("vat_rate"));
        var property = (await admin.PostAsync("/api/v1/properties", Samples.Property())).Must(201);
        Assert.Equal((code, currency), (property.Text("country"), property.Text("currency")));
    }

    [Fact]
    public async Task What_is_said_beside_the_country_wins_and_all_of_it_can_be_changed_later()
    {
        var admin = await RegisterAsync(new() { ["country"] = "US", ["time_zone"] = "America/Los_Angeles", ["currency"] = "AED" });
        var organization = (await admin.GetAsync("/api/v1/organization")).Must(200);
        Assert.Equal(("AED", "America/Los_Angeles"), (organization.Text("currency"), organization.Text("time_zone")));
        (await admin.PatchAsync("/api/v1/organization", new { currency = "USD", time_zone = "America/Denver" })).Must(200);
        (await admin.PatchAsync("/api/v1/deals/settings", new { vat_rate = 7 })).Must(200);
        Assert.Equal(7, (await admin.GetAsync("/api/v1/deals/settings")).Must(200).Number("vat_rate"));
    }

    [Fact]
    public async Task A_country_that_is_none_is_refused_and_one_without_known_facts_is_kept()
    {
        Assert.Equal(["country"], (await server.Anonymous.PostAsync("/api/v1/auth/register", Body(new() { ["country"] = "Atlantis" })))
            .MustNameFields());
        var organization = (await (await RegisterAsync(new() { ["country"] = "JP" })).GetAsync("/api/v1/organization")).Must(200);
        Assert.Equal(("JP", "USD", "UTC"), (organization.Text("country"), organization.Text("currency"), organization.Text("time_zone")));
    }

    private async Task<Actor> RegisterAsync(Dictionary<string, object?> members) =>
        new(server.Client, (await server.Anonymous.PostAsync("/api/v1/auth/register", Body(members))).Must(201).Text("access_token"));

    private static Dictionary<string, object?> Body(Dictionary<string, object?> members)
    {
        members["email"] = $"admin-{Guid.NewGuid():n}@example.com";
        members["password"] = Office.Password;
        (members["first_name"], members["last_name"], members["organization_name"]) = ("Ada", "Admin", "Abroad");
        return members;
    }
}
