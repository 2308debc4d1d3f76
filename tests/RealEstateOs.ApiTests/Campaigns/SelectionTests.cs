using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Campaigns;

/// <summary>Nobody is not everybody, and what is over is not now.</summary>
public sealed class SelectionTests(Server server)
{
    [Theory]
    [InlineData("""{"lead_ids": []}""", "lead_ids")]
    [InlineData("""{"lead_ids": null}""", "lead_ids")]
    [InlineData("""{"lead_id": [1]}""", "lead_id")]
    [InlineData("""{"leads": []}""", "leads")]
    [InlineData("""{"filters": {}}""", "filters")]
    [InlineData("""{"filters": null}""", "filters")]
    [InlineData("""{"filters": {"status": null}}""", "filters")]
    [InlineData("""{"filters": {"status": []}}""", "filters.status")]
    [InlineData("""{"filters": {"tags": []}, "lead_ids": [1]}""", "filters.tags")]
    [InlineData("""{"filters": {"source": []}}""", "filters.source")]
    [InlineData("""{"filters": {"statsu": ["new"]}}""", "filters.statsu")]
    [InlineData("""{"filter": {"status": ["new"]}}""", "filter")]
    [InlineData("""{"send_at": "01/12/2026 09:00"}""", "send_at")]
    [InlineData("""{"send_at": "2020-01-01T09:00:00Z"}""", "send_at")]
    [InlineData("""{"send_at": 1893456000}""", "send_at")]
    public async Task A_selection_that_is_empty_unknown_or_over_sends_to_nobody(string body, string field)
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync("/api/v1/leads",
            new { first_name = "Lina", last_name = "Lead", email = $"{Guid.NewGuid():n}@example.com" })).Must(201);
        var campaign = (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "Nobody", campaign_type = "email", subject = "s", content = "x" })).Must(201).Id();
        Assert.Contains(field, (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", body)).MustNameFields());
        var after = (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200);
        Assert.Equal(("draft", 0), (after.Text("status"), after.Long("total_recipients")));
    }

    [Fact]
    public async Task A_body_that_selects_nothing_goes_to_everybody_and_a_time_that_was_now_is_now()
    {
        var office = await server.NewOfficeAsync();
        var campaign = (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "All", campaign_type = "email", subject = "s", content = "x" })).Must(201).Id();
        var sent = (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send",
            new { send_at = TimeProvider.System.GetUtcNow().AddSeconds(-20) })).Must(202);
        Assert.Equal("in_progress", sent.Text("campaign_status"));
    }

    [Fact]
    public async Task Not_now_keeps_a_draft_with_its_selection_and_the_day_it_is_sent_it_goes_to_those()
    {
        var (office, run) = (await server.NewOfficeAsync(), Guid.NewGuid().ToString("n"));
        async Task<long> LeadAsync(string name) => (await office.Admin.PostAsync("/api/v1/leads",
            new { first_name = name, email = $"{name}-{run}@example.com" })).Must(201).Id();
        var (chosen, other) = (await LeadAsync("chosen"), await LeadAsync("other"));
        var path = $"/api/v1/campaigns/{(await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "Later", campaign_type = "email", subject = "s", content = "x" })).Must(201).Id()}";
        var kept = (await office.Admin.PostAsync($"{path}/send", new { send_now = false, lead_ids = new[] { chosen } })).Must(200);
        Assert.Equal(("draft", chosen), (kept.Text("status"), kept.At("audience.lead_ids").Items().Single().GetInt64()));
        Assert.Equal(0, (await office.Admin.GetAsync(path)).Must(200).Long("total_recipients"));
        Assert.Equal(["lead_ids"],
            (await office.Admin.PostAsync($"{path}/send", new { send_now = false, lead_ids = Array.Empty<long>() })).MustNameFields());

        (await office.Admin.PostAsync($"{path}/send", new { })).Must(202);
        await Eventually.UntilAsync(async () => (await office.Admin.GetAsync(path)).Must(200), c => c.Text("status") == "completed");
        Assert.Equal([chosen], (await office.Admin.GetAsync($"{path}/recipients")).Must(200).Items().Select(r => r.Long("lead_id")));
        (await office.Admin.PostAsync($"{path}/send", new { send_now = false, lead_ids = new[] { other } })).MustRefuse(409, "RES_003");
    }

    [Theory]
    [InlineData("""{"lead_ids": []}""", "lead_ids")]
    [InlineData("""{"filters": {}}""", "filters")]
    [InlineData("""{"filters": {"tags": []}}""", "filters.tags")]
    [InlineData("""{"filters": {"min_scor": 5}}""", "filters.min_scor")]
    [InlineData("""{"lead_ids": null, "filters": null}""", "lead_ids")]
    [InlineData("""{"filtres": {"tags": ["x"]}}""", "filtres")]
    public async Task An_empty_or_unknown_selection_enrolls_nobody(string body, string field)
    {
        var office = await server.NewOfficeAsync();
        var sequence = (await office.Admin.PostAsync("/api/v1/nurturing/sequences",
            new { name = "s", steps = new[] { new { type = "wait", delay_days = 1 } } })).Must(201).Id();
        Assert.Contains(field, (await office.Admin.PostAsync($"/api/v1/nurturing/sequences/{sequence}/enroll", body)).MustNameFields());
        Assert.Contains("trigger_filters.tags",
            (await office.Admin.PatchAsync($"/api/v1/nurturing/sequences/{sequence}",
                new { trigger = "lead_created", trigger_filters = new { tags = Array.Empty<string>() } })).MustNameFields());
    }

    [Theory]
    [InlineData("01/12/2026 10:00")]
    [InlineData("1 Dec 2026")]
    public async Task Times_that_must_be_guessed_are_refused_everywhere(string time)
    {
        var office = await server.NewOfficeAsync();
        var lead = (await office.Admin.PostAsync("/api/v1/leads", new { first_name = "Lina", last_name = "Lead" })).Must(201).Id();
        Assert.Equal(["scheduled_at"],
            (await office.Admin.PostAsync($"/api/v1/leads/{lead}/activities",
                new { activity_type = "viewing", subject = "s", description = "d", scheduled_at = time })).MustNameFields());
        Assert.Equal(["scheduled_at"],
            (await office.Admin.PostAsync("/api/v1/campaigns",
                new { name = "x", campaign_type = "email", subject = "s", content = "x", scheduled_at = time })).MustNameFields());
        Assert.Equal(["created_at__gte"], (await office.Admin.GetAsync($"/api/v1/leads?created_at__gte={time}")).MustNameFields());
        Assert.Equal(["scheduled_at"],
            (await office.Admin.PostAsync("/api/v1/campaigns", new { name = "x", campaign_type = "email", subject = "s", content = "x",
                scheduled_at = "2020-01-01T00:00:00Z" })).MustNameFields());
    }
}
