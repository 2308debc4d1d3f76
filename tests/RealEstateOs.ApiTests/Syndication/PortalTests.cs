using System.Text.Json;
using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Syndication;

public sealed class PortalTests(Server server)
{
    private const string Portal = "/api/v1/marketing/portals/property_finder";

    [Fact]
    public async Task A_listing_becomes_a_draft_is_asked_to_be_published_and_is_live_when_the_portal_says_so()
    {
        var (office, property, portal) = await ReadyAsync();
        Assert.Equal("queued", (await PublishAsync(office, property)).Text("status"));
        var live = await UntilAsync(office, property, "live");
        var entry = portal.Only;
        Assert.Equal((entry.Id, "live", $"REOS{property}"), (live.Text("portal_id"), live.Text("portal_state"), live.Text("reference")));
        Assert.Equal(1, entry.Publishes);
        var body = JsonSerializer.SerializeToElement(entry.Body);
        foreach (var (path, value) in new[]
        {
            ("category", "residential"), ("type", "apartment"), ("furnishingType", "unfurnished"), ("uaeEmirate", "dubai"),
            ("price.type", "sale"), ("bedrooms", "2"), ("bathrooms", "3"), ("compliance.type", "rera"),
            ("compliance.listingAdvertisementNumber", "0071158760954"), ("compliance.issuingClientLicenseNumber", "CN-1"),
            ("title.en", "Two bedrooms above the marina"),
        })
            Assert.Equal(value, body.Text(path));
        foreach (var (path, value) in new[] { ("price.amounts.sale", 2_450_000), ("price.downPayment", 0), ("location.id", 50),
            ("assignedTo.id", 216582), ("createdBy.id", 216582), ("size", 1180) })
            Assert.Equal(value, body.Long(path));
        Assert.False(body.At("title").TryGetProperty("ar", out _), "what is not known is left out");
        Assert.Equal(["shared-pool", "balcony"], body.At("amenities").Items().Select(a => a.GetString()));
        var photo = new Uri(body.At("media.images").Items()[0].Text("original.url")!);
        Assert.Equal("image/jpeg", (await server.Anonymous.GetAsync(photo.PathAndQuery)).Header("Content-Type"));
        Assert.Equal(1, portal.TokensIssued);
        Assert.Equal(["submitted", "live"], (await Outbox.OfAsync(server, office, "marketing.portal_listing_changed"))
            .Select(e => e.Payload.Text("status")).Distinct().TakeLast(2));
    }

    [Theory]
    [InlineData("create", "lost-after")]
    [InlineData("create", "lost-before")]
    [InlineData("create", "500-after")]
    [InlineData("publish", "lost-after")]
    [InlineData("publish", "lost-before")]
    [InlineData("publish", "500-after")]
    [InlineData("publish", "429")]
    [InlineData("find", "429")]
    [InlineData("find", "500")]
    [InlineData("find", "401")]
    public async Task A_lost_answer_or_a_refusal_for_now_publishes_once_all_the_same(string call, string fate)
    {
        var (office, property, portal) = await ReadyAsync();
        portal.Meets(call, fate);
        await PublishAsync(office, property);
        await UntilAsync(office, property, "live");
        Assert.Equal(1, portal.Only.Publishes);
        Assert.Single(portal.Listings);
    }

    [Fact]
    public async Task Accepted_is_not_live_until_the_portal_tells()
    {
        var (office, property, portal) = await ReadyAsync();
        portal.AfterPublish = "pending_publishing";
        await PublishAsync(office, property);
        await UntilAsync(office, property, "submitted");
        await Eventually.UntilAsync(() => portal.Only.Publishes == 1);
        foreach (var secret in new[] { "", "guessed" })
            Assert.Equal(401, await portal.TellAsync(server.Client, "listing.published", new { id = portal.Only.Id, type = "listing" },
                secret: secret));
        Assert.Equal("submitted", (await StateAsync(office, property)).Text("status"));
        Assert.Equal(204, await portal.TellAsync(server.Client, "listing.published", new { id = "of-somebody-else", type = "listing" }));
        Assert.Equal(204, await portal.TellAsync(server.Client, "listing.published", new { id = portal.Only.Id, type = "listing" }));
        Assert.Equal("live", (await StateAsync(office, property)).Text("status"));
        Assert.Equal(204, await portal.TellAsync(server.Client, "listing.action", new { id = portal.Only.Id, type = "listing" },
            new { actionType = "listing_price_issue", status = "pending", expiresAt = "2026-12-01T10:00:00Z" }));
        Assert.Equal("listing_price_issue", (await StateAsync(office, property)).Text("action"));
        Assert.Equal(204, await portal.TellAsync(server.Client, "listing.unpublished", new { id = portal.Only.Id, type = "listing" }));
        Assert.Equal("taken_down", (await StateAsync(office, property)).Text("status"));
    }

    [Fact]
    public async Task What_the_portal_objects_to_is_told_in_its_words()
    {
        var (office, property, portal) = await ReadyAsync();
        portal.Meets("publish", "422");
        await PublishAsync(office, property);
        Assert.Contains("permit is not valid", (await UntilAsync(office, property, "failed")).At("problems").Items()[0].GetString(),
            StringComparison.Ordinal);
        (portal.AfterPublish, portal.Reason) = ("rejected", "The price is too low.");
        await PublishAsync(office, property);
        Assert.Equal("The price is too low.", (await Eventually.UntilAsync(() => StateAsync(office, property),
            s => s.Text("status") == "failed" && s.Text("portal_state") == "rejected")).At("problems").Items()[0].GetString());
    }

    [Fact]
    public async Task What_is_missing_is_named_at_once_and_nothing_reaches_the_portal()
    {
        var (office, property, portal) = await ReadyAsync();
        (await office.Admin.PutAsync($"/api/v1/marketing/adverts/{property}",
            new { property_finder_location_id = (long?)null, furnishing = (string?)null, down_payment = (int?)null })).Must(200);
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { permit_expires_on = "2020-01-01" })).Must(200);
        await PublishAsync(office, property);
        var problems = string.Join('\n', (await UntilAsync(office, property, "failed")).At("problems").Items().Select(p => p.GetString()));
        foreach (var told in new[] { "permit expired", "property_finder_location_id", "furnishing", "down_payment" })
            Assert.Contains(told, problems, StringComparison.Ordinal);
        Assert.Empty(portal.Listings);
    }

    [Fact]
    public async Task A_change_follows_and_what_must_not_be_advertised_any_more_is_taken_off()
    {
        var (office, property, portal) = await ReadyAsync();
        await PublishAsync(office, property);
        await UntilAsync(office, property, "live");
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { price = 2_300_000 })).Must(200);
        await Eventually.UntilAsync(() => (int?)portal.Only.Body["price"]!["amounts"]!["sale"] == 2_300_000);
        Assert.Equal(1, portal.Only.Publishes);
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { status = "sold" })).Must(200);
        var gone = await UntilAsync(office, property, "withdrawn");
        Assert.Contains("not available", gone.At("problems").Items()[0].GetString(), StringComparison.Ordinal);
        Assert.Equal((1, "draft"), (portal.Only.Unpublishes, portal.Only.Stage));
    }

    [Fact]
    public async Task A_listing_is_withdrawn_once_and_may_come_back()
    {
        var (office, property, portal) = await ReadyAsync();
        await PublishAsync(office, property);
        await UntilAsync(office, property, "live");
        (await office.Admin.PostAsync($"{Portal}/listings/{property}/unpublish")).Must(202);
        await UntilAsync(office, property, "withdrawn");
        Assert.Equal(1, portal.Only.Unpublishes);
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { price = 2_200_000 })).Must(200);
        await PublishAsync(office, property);
        await UntilAsync(office, property, "live");
        Assert.Equal(2, portal.Only.Publishes);
        Assert.Single(portal.Listings);
    }

    [Fact]
    public async Task Key_and_secret_are_sealed_and_a_refused_one_is_told_until_a_new_one_comes()
    {
        var (office, property, portal) = await ReadyAsync();
        portal.Secret = "another";
        await PublishAsync(office, property);
        await UntilAsync(office, property, "failed");
        var account = (await office.Admin.GetAsync($"{Portal}/account")).Must(200);
        Assert.Equal("reconnect_needed", account.Text("status"));
        Assert.DoesNotContain(portal.Key, account.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await server.CountAsync("""
            syndication.portal_accounts where organization_id = $1
                and position(convert_to($2, 'UTF8') in api_key || api_secret || webhook_secret) > 0
            """, office.OrganizationId, portal.Key));
        Assert.Equal(0, await server.CountAsync(
            "platform.audit_logs where organization_id = $1 and position($2 in changes::text) > 0", office.OrganizationId, portal.Key));
        (await office.Admin.PutAsync($"{Portal}/account", new { api_key = portal.Key, api_secret = "another" })).Must(200);
        await UntilAsync(office, property, "live");
    }

    [Fact]
    public async Task Places_are_looked_up_and_a_stranger_meets_nothing()
    {
        var (office, property, _) = await ReadyAsync();
        var place = (await office.Admin.GetAsync($"{Portal}/locations?search=Marina")).Must(200).Items().Single();
        Assert.Equal((50, "Dubai, Dubai Marina"), (place.Long("id"), place.Text("path")));
        Assert.Equal(["search"], (await office.Admin.GetAsync($"{Portal}/locations?search=M")).MustNameFields());
        var stranger = await server.NewOfficeAsync();
        (await stranger.Admin.GetAsync($"{Portal}/account")).MustRefuse(404, "RES_001");
        (await stranger.Admin.PostAsync($"{Portal}/listings/{property}/publish")).MustRefuse(404, "RES_001");
        (await stranger.Admin.PostAsync($"{Portal}/listings/{await stranger.NewPropertyAsync()}/publish")).MustRefuse(409, "RES_003");
        Assert.Equal(["api_key", "api_secret"], (await stranger.Admin.PutAsync($"{Portal}/account",
            new { api_key = "with blank", api_secret = "" })).MustNameFields().Order());
        var (agent, _, _) = await office.NewUserAsync("agent");
        (await agent.PostAsync($"{Portal}/listings/{property}/publish")).MustRefuse(403, "AUTH_003");
    }

    private static async Task<JsonElement> PublishAsync(Office office, long property) =>
        (await office.Admin.PostAsync($"{Portal}/listings/{property}/publish")).Must(202);

    private static async Task<JsonElement> StateAsync(Office office, long property) =>
        (await office.Admin.GetAsync($"{Portal}/listings/{property}")).Must(200);

    private static Task<JsonElement> UntilAsync(Office office, long property, string status) =>
        Eventually.UntilAsync(() => StateAsync(office, property), s => s.Text("status") == status);

    private async Task<(Office Office, long Property, PortalClient Portal)> ReadyAsync()
    {
        var office = await server.NewOfficeAsync("Harbour Realty");
        var (property, portal) = await office.Admin.ReadyForPortalAsync(office.AdminId);
        return (office, property, portal);
    }
}
