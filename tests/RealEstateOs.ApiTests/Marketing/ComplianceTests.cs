using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Marketing;

public sealed class ComplianceTests(Server server)
{
    private const string Campaigns = MarketingDesk.Campaigns;

    [Fact]
    public async Task A_listing_with_its_permit_is_compliant()
    {
        var office = await server.NewOfficeAsync();
        var id = await NewCampaignAsync(office, await office.NewListingAsync());
        var found = (await office.Admin.GetAsync($"{Campaigns}/{id}/compliance")).Must(200);
        Assert.Equal("compliant", found.Text("status"));
        Assert.Contains(found.At("rules_applied").Items(), r => r.GetString() == "dubai.permit_missing@1");
    }

    [Fact]
    public async Task Without_permit_code_owner_and_registration_numbers_everything_is_named_at_once()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync(Samples.Property(("country", "AE"), ("currency", "AED")));
        var id = await NewCampaignAsync(office, property);
        Assert.Equal(["dubai.brn", "dubai.orn_missing", "dubai.owner_authority", "dubai.permit_missing"], await CodesAsync(office, id));
    }

    public static TheoryData<string, string, object?> PropertyFaults => new()
    {
        { "dubai.permit_invalid", "permit_expires_on", "2020-01-01" }, { "dubai.permit_invalid", "permit_expires_on", null },
        { "dubai.not_available", "status", "sold" },
        { "dubai.guaranteed_return", "description", "Enjoy a guaranteed 8% return on this flat." },
        { "dubai.guaranteed_return", "description", "عائد استثماري مضمون" },
    };

    [Theory]
    [MemberData(nameof(PropertyFaults))]
    public async Task A_fault_of_the_property_is_named_by_its_rule(string code, string member, object? value)
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new Dictionary<string, object?> { [member] = value })).Must(200);
        Assert.Equal([code], await CodesAsync(office, await NewCampaignAsync(office, property)));
    }

    public static TheoryData<string, string, object?> AdvertFaults => new()
    {
        { "dubai.permit_qr", "permit_url", null }, { "dubai.permit_mismatch", "permit_price", 2_500_000 },
        { "dubai.permit_mismatch", "permit_square_feet", 1300 },
        { "dubai.permit_mismatch", "permit_bedrooms", 3 }, { "dubai.permit_mismatch", "permit_property_type", "villa" },
        { "dubai.permit_invalid", "permit_starts_on", "2099-01-01" },
        { "dubai.owner_authority", "authority_expires_on", "2026-02-01" }, { "dubai.owner_authority", "purpose", "rent" },
    };

    [Theory]
    [MemberData(nameof(AdvertFaults))]
    public async Task A_fault_of_the_permit_is_named_by_its_rule(string code, string member, object? value)
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        (await office.Admin.PutAsync($"/api/v1/marketing/adverts/{property}", new Dictionary<string, object?> { [member] = value })).Must(
            200);
        Assert.Equal([code], await CodesAsync(office, await NewCampaignAsync(office, property)));
    }

    [Fact]
    public async Task A_free_zone_needs_no_permit()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync(("permit_number", null));
        var id = await NewCampaignAsync(office, property);
        Assert.Equal(["dubai.permit_missing"], await CodesAsync(office, id));
        (await office.Admin.PutAsync($"/api/v1/marketing/adverts/{property}", new { permit_exemption = "difc" })).Must(200);
        Assert.Empty(await CodesAsync(office, id));
    }

    [Fact]
    public async Task Just_sold_needs_a_closed_sale()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        var id = await NewCampaignAsync(office, property, "just_sold");
        Assert.Equal(["dubai.just_sold"], await CodesAsync(office, id));
        var deal = (await office.Admin.PostAsync("/api/v1/deals",
            new { property_id = property, deal_type = "sale", value = 2_450_000 })).Must(201).Id();
        (await office.Admin.PatchAsync($"/api/v1/deals/{deal}", new { stage = "closed_won" })).Must(200);
        Assert.Empty(await CodesAsync(office, id));
    }

    [Theory]
    [InlineData("A master bedroom, walking distance to the bus, a family room, white oak floors, "
        + "a mother-in-law apartment and great views.", null)]
    [InlineData("Qualified senior housing, 55+ community with wheelchair-accessible entry.", null)]
    [InlineData("No children, please.", "No children")]
    [InlineData("A quiet adults-only building.", "adults-only")]
    [InlineData("In a Christian family neighborhood.", "Christian family")]
    [InlineData("For able-bodied residents.", "able-bodied")]
    [InlineData("Females preferred.", "Females preferred")]
    public async Task Fair_housing_is_read_by_meaning_not_by_single_words(string description, string? span)
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization",
            new { currency = "USD", country = "US", address = "1 Main Street, Oakland" })).Must(200);
        var property = await office.NewPropertyAsync(
            Samples.Property(("city", "Oakland"), ("country", "US"), ("description", description)));
        var found = (await office.Admin.GetAsync($"{Campaigns}/{await NewCampaignAsync(office, property)}/compliance")).Must(200);
        var blocking = Findings(found).Where(f => f.Text("severity") == "block").ToArray();
        Assert.Equal(span is null ? [] : [span], blocking.Select(f => f.Text("span")).Distinct());
        Assert.All(blocking, f => Assert.False(string.IsNullOrEmpty(f.Text("remedy"))));
    }

    [Fact]
    public async Task A_mail_in_the_united_states_needs_a_postal_address()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { currency = "USD", country = "US" })).Must(200);
        var id = await NewCampaignAsync(office, await office.NewPropertyAsync(Samples.Property(("city", "Oakland"), ("country", "US"))));
        Assert.Equal(["us.postal_address"], await CodesAsync(office, id));
    }

    [Fact]
    public async Task A_violation_blocks_the_launch_and_its_repair_opens_it()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync(("permit_expires_on", "2020-01-01"));
        var (id, status) = await office.NewPackageAsync(property, ["email"]);
        await office.ApproveAsync(id);
        var blocked = (await office.Admin.PostAsync($"{Campaigns}/{id}/launch", new { })).Must(200);
        Assert.False(blocked.IsTrue("launched"));
        Assert.Equal("approved", blocked.Text("status"));
        Assert.All(blocked.At("channels").Items(), c => Assert.Equal("blocked", c.Text("outcome")));
        Assert.Contains("noindex", (await server.Anonymous.GetAsync(status.Asset("landing_page").Text("url")!)).Header("X-Robots-Tag"),
            StringComparison.Ordinal);
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { permit_expires_on = "2099-01-01" })).Must(200);
        var launched = (await office.Admin.PostAsync($"{Campaigns}/{id}/launch", new { })).Must(200);
        Assert.True(launched.IsTrue("launched"));
        Assert.Equal("in_progress", launched.Text("status"));
    }

    [Fact]
    public async Task Every_rule_names_its_source_and_its_day()
    {
        var office = await server.NewOfficeAsync();
        var rules = (await office.Admin.GetAsync("/api/v1/marketing/compliance/rules?market=dubai")).Must(200).Items();
        Assert.True(rules.Length >= 12, $"only {rules.Length} rules");
        Assert.All(rules, r => Assert.All(new[] { "code", "source", "explanation", "since", "severity" },
            m => Assert.False(string.IsNullOrEmpty(r.Text(m)))));
    }

    private static async Task<string> NewCampaignAsync(Office office, long property, string type = "new_listing") =>
        (await office.Admin.PostAsync(Campaigns,
            new { name = "Spring", campaign_type = type, property_id = property, channels = new[] { "email" } })).Must(201).Text("id")!;

    private static async Task<string[]> CodesAsync(Office office, string campaign) =>
        [.. Findings((await office.Admin.GetAsync($"{Campaigns}/{campaign}/compliance")).Must(200)).Select(f => f.Text("code")!)
            .Distinct().Order()];

    private static IEnumerable<JsonElement> Findings(JsonElement found) =>
        found.At("channels").EnumerateObject().SelectMany(c => c.Value.At("findings").Items());
}
