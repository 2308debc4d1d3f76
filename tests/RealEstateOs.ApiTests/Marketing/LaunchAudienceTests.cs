using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Marketing;

/// <summary>A launch mails those who were named, and nobody whom its user may not see.</summary>
public sealed class LaunchAudienceTests(Server server)
{
    [Theory]
    [InlineData("""{"audience": {}}""", "audience")]
    [InlineData("""{"audience": {"lead_ids": []}}""", "audience.lead_ids")]
    [InlineData("""{"audience": {"lead_ids": null, "status": [], "source": null}}""", "audience.status")]
    [InlineData("""{"audience": {"status": ["new"], "tagz": ["x"]}}""", "audience.tagz")]
    [InlineData("""{"audience": {"min_budget": 1, "tags": []}}""", "audience.tags")]
    public async Task An_audience_that_names_nobody_is_refused_instead_of_reaching_everybody(string body, string field)
    {
        var office = await server.NewOfficeAsync();
        await NewLeadAsync(office.Admin);
        var id = await ApprovedAsync(office);
        var refused = (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{id}/launch",
            JsonDocument.Parse(body).RootElement)).Must(422);
        Assert.Contains(refused.At("errors").Items(), e => e.Text("field") == field);
        Assert.Empty((await office.Admin.GetAsync("/api/v1/campaigns")).Must(200).Items());
    }

    [Fact]
    public async Task Who_sees_only_own_leads_reaches_only_those()
    {
        var office = await server.NewOfficeAsync();
        var (agent, _) = await office.NewUserWhoMayAsync("marketing:read", "marketing:launch", "leads:create", "leads:read:own");
        await NewLeadAsync(office.Admin);
        var own = await NewLeadAsync(agent);
        var id = await ApprovedAsync(office);
        (await agent.PostAsync($"{MarketingDesk.Campaigns}/{id}/launch", new { audience = new { status = new[] { "new" } } })).Must(200);
        var mail = Assert.Single((await office.Admin.GetAsync("/api/v1/campaigns")).Must(200).Items()).Id();
        await Eventually.UntilAsync(() => server.CountAsync("outreach.campaigns where id = $1 and audience_complete", mail),
            complete => complete == 1);
        var reached = (await office.Admin.GetAsync($"/api/v1/campaigns/{mail}/recipients")).Must(200).Items();
        Assert.Equal([own], reached.Select(r => r.Long("lead_id")));
    }

    [Fact]
    public async Task Who_sees_no_leads_reaches_none()
    {
        var office = await server.NewOfficeAsync();
        await NewLeadAsync(office.Admin);
        var (actor, _) = await office.NewUserWhoMayAsync("marketing:read", "marketing:launch");
        var id = await ApprovedAsync(office);
        (await actor.PostAsync($"{MarketingDesk.Campaigns}/{id}/launch", new { audience = new { status = new[] { "new" } } })).MustRefuse(
            403, "AUTH_003");
        Assert.Empty((await office.Admin.GetAsync("/api/v1/campaigns")).Must(200).Items());
    }

    private static async Task<string> ApprovedAsync(Office office)
    {
        var (id, _) = await office.NewPackageAsync(await office.NewListingAsync(), ["email"]);
        await office.ApproveAsync(id);
        return id;
    }

    private static async Task<long> NewLeadAsync(Actor by) => (await by.PostAsync("/api/v1/leads", new
    {
        first_name = "Lea", last_name = "Lead", email = $"lea-{Guid.NewGuid():n}@example.com", consent = new { email = true },
    })).Must(201).Id();
}
