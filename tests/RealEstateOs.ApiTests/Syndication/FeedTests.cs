using System.Xml.Linq;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Marketing;

namespace RealEstateOs.ApiTests.Syndication;

public sealed class FeedTests(Server server)
{
    private static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Property_finder_gets_its_elements_with_longitude_first_and_whole_numbers()
    {
        var (office, property) = await ListedAsync(("title", "Two bedrooms above the marina ☀"),
            ("description", "Bright ]]> and <b>wide</b>. \u000B"));
        var list = XDocument.Parse((await server.Anonymous.GetAsync(await FeedAsync(office, "property_finder"))).Text).Root!;
        Assert.Equal(("list", "1"), (list.Name.LocalName, list.Attribute("listing_count")!.Value));
        var listing = list.Element("property")!;
        foreach (var (name, value) in new[]
        {
            ("reference_number", $"REOS{property}"), ("permit_number", "0071158760954"), ("offering_type", "RS"), ("property_type", "AP"),
            ("price", "2450000"), ("city", "Dubai"), ("community", "Dubai Marina"),
            ("title_en", "Two bedrooms above the marina"), ("description_en", "Bright ]]> and wide."), ("size", "1180"), ("bedroom", "2"),
            ("bathroom", "2.5"), ("geopoints", "55.1403,25.0805"), ("private_amenities", "SP,BA"),
        })
            Assert.Equal(value, listing.Element(name)?.Value);
        Assert.Equal("48213", listing.Element("agent")!.Element("license_no")!.Value);
        Assert.Equal("971501234567", listing.Element("agent")!.Element("phone")!.Value);
        var photo = new Uri(listing.Element("photo")!.Element("url")!.Value);
        Assert.Equal("image/jpeg", (await server.Anonymous.GetAsync(photo.PathAndQuery)).Header("Content-Type"));
    }

    [Fact]
    public async Task Portals_are_told_that_a_property_is_for_rent_and_for_how_long_its_price_is()
    {
        var (office, property) = await ListedAsync(("authority", "landlord_noc"), ("permit_price", null));
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { purpose = "rent", price = 145_000 })).Must(200);
        var yearly = XDocument.Parse((await server.Anonymous.GetAsync(await FeedAsync(office, "property_finder"))).Text).Root!
            .Element("property")!;
        Assert.Equal(("RR", "145000"), (yearly.Element("offering_type")!.Value, yearly.Element("price")!.Element("yearly")!.Value));
        var told = (await office.Admin.PutAsync($"/api/v1/marketing/adverts/{property}", new { rent_period = "month" })).Must(200);
        Assert.Equal(("rent", "month"), (told.Text("purpose"), told.Text("rent_period")));
        Assert.Equal("month", (await office.Admin.GetAsync($"/api/v1/properties/{property}")).Must(200).Text("rent_period"));
        var monthly = XDocument.Parse((await server.Anonymous.GetAsync(await FeedAsync(office, "bayut"))).Text).Root!.Element("Property")!;
        Assert.Equal(("Rent", "Monthly"), (monthly.Element("Property_purpose")!.Value, monthly.Element("Rent_Frequency")!.Value));
    }

    [Fact]
    public async Task Bayut_is_told_that_a_listing_is_gone()
    {
        var (office, property) = await ListedAsync();
        var feed = await FeedAsync(office, "bayut");
        var live = XDocument.Parse((await server.Anonymous.GetAsync(feed)).Text).Root!.Element("Property")!;
        Assert.Equal(("live", "Buy", "Apartment", "2"),
            (live.Element("Property_Status")!.Value, live.Element("Property_purpose")!.Value, live.Element("Property_Type")!.Value,
                live.Element("Bedrooms")!.Value));
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { status = "sold" })).Must(200);
        var gone = XDocument.Parse((await server.Anonymous.GetAsync(feed)).Text).Root!.Element("Property")!;
        Assert.Equal(("deleted", $"REOS{property}"), (gone.Element("Property_Status")!.Value, gone.Element("Property_Ref_No")!.Value));
        Assert.Null(gone.Element("Price"));
    }

    [Fact]
    public async Task Only_what_the_rules_allow_is_listed_and_the_report_says_why_the_rest_is_not()
    {
        var (office, property) = await ListedAsync();
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}",
            new { permit_expires_on = "2020-01-01", bathrooms = (decimal?)null })).Must(200);
        Assert.Empty(XDocument.Parse((await server.Anonymous.GetAsync(await FeedAsync(office, "property_finder"))).Text).Root!
            .Elements("property"));
        var reject = (await office.Admin.GetAsync("/api/v1/marketing/feeds/property_finder/rejects")).Must(200).Items().Single();
        Assert.Equal($"prop_{property}", reject.Text("property_id"));
        Assert.False(reject.IsTrue("is_listed"));
        var blocking = reject.At("faults").Items().Where(f => f.IsTrue("is_blocking")).Select(f => f.Text("code")).ToArray();
        Assert.Equal(["dubai.permit_invalid", "missing"], blocking.Order());
        Assert.Contains(reject.At("faults").Items(), f => f.Text("code") == "photos" && !f.IsTrue("is_blocking"));
    }

    [Fact]
    public async Task A_price_in_another_currency_is_not_told_to_a_portal_whose_file_names_none()
    {
        var (office, property) = await ListedAsync();
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { currency = "USD" })).Must(200);
        foreach (var portal in (string[])["property_finder", "bayut"])
        {
            await FeedAsync(office, portal);
            var reject = (await office.Admin.GetAsync($"/api/v1/marketing/feeds/{portal}/rejects")).Must(200).Items().Single();
            Assert.Contains(reject.At("faults").Items(),
                f => f.IsTrue("is_blocking") && f.Text("message")!.Contains("would be read as AED", StringComparison.Ordinal));
        }
        Assert.Contains("USD", (await server.Anonymous.GetAsync(await FeedAsync(office, "website"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_website_reads_json_and_rss()
    {
        var (office, property) = await ListedAsync();
        var feed = await FeedAsync(office, "website");
        var listing = (await server.Anonymous.GetAsync(feed)).Must(200).Items().Single();
        Assert.Equal($"REOS{property}", listing.Text("reference"));
        Assert.Equal(2_450_000m, listing.Number("price"));
        var rss = XDocument.Parse((await server.Anonymous.GetAsync(feed.Replace(".json", ".rss", StringComparison.Ordinal))).Text).Root!;
        Assert.Equal(("rss", $"REOS{property}"), (rss.Name.LocalName, rss.Element("channel")!.Element("item")!.Element("guid")!.Value));
    }

    [Fact]
    public async Task A_revoked_feed_answers_no_more_and_no_list_shows_a_secret()
    {
        var (office, _) = await ListedAsync();
        var made = (await office.Admin.PostAsync("/api/v1/marketing/feeds", new { portal = "website" })).Must(201);
        var path = new Uri(made.Text("url")!).PathAndQuery;
        Assert.Equal(200, (await server.Anonymous.GetAsync(path)).Status);
        Assert.All((await office.Admin.GetAsync("/api/v1/marketing/feeds")).Must(200).Items(), f => Assert.True(f.IsNull("url")));
        (await office.Admin.DeleteAsync($"/api/v1/marketing/feeds/{made.Text("id")}")).Must(204);
        Assert.Equal(404, (await server.Anonymous.GetAsync(path)).Status);
    }

    private async Task<string> FeedAsync(Office office, string portal) =>
        new Uri((await office.Admin.PostAsync("/api/v1/marketing/feeds", new { portal })).Must(201).Text("url")!).PathAndQuery;

    private async Task<(Office Office, long Property)> ListedAsync(params (string Name, object? Value)[] advert)
    {
        var office = await server.NewOfficeAsync("Harbour Realty");
        (await office.Admin.PatchAsync($"/api/v1/users/{office.AdminId}", new { phone = "+971 50 123 4567" })).Must(200);
        var property = await office.NewListingAsync(("latitude", 25.0805), ("longitude", 55.1403));
        var upload = new MultipartFormDataContent { { new ByteArrayContent(Pixel), "file", "hall.png" } };
        (await office.Admin.PostAsync($"/api/v1/properties/{property}/images", upload)).Must(201);
        var body = new Dictionary<string, object?> { ["portals"] = new[] { "property_finder", "bayut", "website" } };
        foreach (var (name, value) in advert) body[name] = value;
        (await office.Admin.PutAsync($"/api/v1/marketing/adverts/{property}", body)).Must(200);
        return (office, property);
    }
}
