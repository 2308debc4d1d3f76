using System.Text.RegularExpressions;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.ApiTests.Campaigns;

public sealed partial class CampaignTests(Server server)
{
    [Fact]
    public async Task A_campaign_goes_once_to_everybody_who_may_be_written_to_and_ends()
    {
        var office = await server.NewOfficeAsync();
        var (run, leads) = (Guid.NewGuid().ToString("n"), new List<long>());
        for (var i = 0; i < 6; i++) leads.Add(await NewLeadAsync(office, $"c{i}-{run}@example.com"));
        var refused = await NewLeadAsync(office, $"no-{run}@example.com", new { email = false });
        (await office.Admin.PostAsync("/api/v1/communications/suppressions", new { address = $"c0-{run}@example.com", reason = "unsubscribed" })).Must(200);
        var campaign = await NewCampaignAsync(office);

        var sent = (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = leads.Append(refused).Select(l => $"lead_{l}"), send_now = true })).Must(202);
        Assert.StartsWith("job_", sent.Text("job_id"), StringComparison.Ordinal);
        var ended = await EndedAsync(office, campaign);
        Assert.Equal((7, 5, 2), (ended.Long("total_recipients"), ended.Long("sent_count"), ended.Long("suppressed_count")));
        for (var i = 1; i < 6; i++) Assert.Single(Outbox.Mails(server, $"c{i}-{run}@example.com"));
        Assert.Empty(Outbox.Mails(server, $"c0-{run}@example.com"));
        Assert.Empty(Outbox.Mails(server, $"no-{run}@example.com"));
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send")).MustRefuse(409, "RES_003");
        (await office.Admin.PatchAsync($"/api/v1/campaigns/{campaign}", new { subject = "Too late" })).MustRefuse(409, "RES_003");
        var stats = (await office.Admin.GetAsync("/api/v1/campaigns/stats")).Must(200);
        Assert.Equal((1, 5, 1), (stats.Long("total_campaigns"), stats.Long("total_sent"), stats.Long("by_status.completed")));
    }

    [Fact]
    public async Task Links_of_a_mail_count_lead_where_the_campaign_says_and_end_the_writing()
    {
        var office = await server.NewOfficeAsync();
        var address = $"click-{Guid.NewGuid():n}@example.com";
        var lead = await NewLeadAsync(office, address);
        var campaign = await NewCampaignAsync(office);
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = new[] { lead } })).Must(202);
        await EndedAsync(office, campaign);
        var mail = await Outbox.MailAsync(server, address);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", mail, StringComparison.OrdinalIgnoreCase);
        var html = Outbox.HtmlOf(mail);
        Assert.Contains("Dear Lina &lt;b&gt;", html, StringComparison.Ordinal);
        var token = Token().Match(html).Groups[1].Value;

        var click = await server.Anonymous.GetAsync($"/c/{token}/0");
        Assert.Equal((302, "https://example.com/homes?a=1&b=2"), (click.Status, click.Header("Location")));
        Assert.Equal(404, (await server.Anonymous.GetAsync($"/c/{token}/1")).Status);
        Assert.Equal(404, (await server.Anonymous.GetAsync("/c/guessed/0")).Status);
        Assert.Equal("image/gif", (await server.Anonymous.GetAsync($"/o/{token}")).Header("Content-Type"));
        Assert.Equal(200, (await server.Anonymous.GetAsync($"/u/{token}")).Status);
        Assert.Empty((await office.Admin.GetAsync($"/api/v1/communications/suppressions?address={address}")).Must(200).Items());
        Assert.Equal(200, (await server.Anonymous.PostAsync($"/u/{token}")).Status);
        Assert.Single((await office.Admin.GetAsync($"/api/v1/communications/suppressions?address={address}")).Must(200).Items());

        var counted = (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200);
        Assert.Equal((1, 1, 1), (counted.Long("opened_count"), counted.Long("clicked_count"), counted.Long("unsubscribed_count")));
        var next = await NewCampaignAsync(office);
        (await office.Admin.PostAsync($"/api/v1/campaigns/{next}/send", new { lead_ids = new[] { lead } })).Must(202);
        Assert.Equal(1, (await EndedAsync(office, next)).Long("suppressed_count"));
        Assert.Single(Outbox.Mails(server, address));
    }

    [Fact]
    public async Task Texts_wait_for_the_hours_on_the_recipients_clock_also_when_their_job_comes_early()
    {
        var office = await server.NewOfficeAsync();
        var now = TimeProvider.System.GetUtcNow();
        bool Sleeps(string number) => QuietHours.Next(number, now, "Asia/Dubai") > now;
        var (asleep, awake) = (new[] { "+971501234567", "+12125550100" }.First(Sleeps), new[] { "+12125550100", "+447911123456", "+919812345678", "+971501234567" }.FirstOrDefault(n => !Sleeps(n)));
        var leads = new List<long>();
        foreach (var phone in new[] { asleep, awake }.OfType<string>())
            leads.Add((await office.Admin.PostAsync("/api/v1/leads", new { first_name = "Nina", last_name = "Night", phone, source = "website" })).Must(201).Id());
        var campaign = (await office.Admin.PostAsync("/api/v1/campaigns", new { name = "By text", campaign_type = "sms", content = "Dear {{first_name}}" })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = leads })).Must(202);
        var states = await StatesAsync(s => s.Count == leads.Count && !s.ContainsValue("pending") && (awake is null || s[awake] == "sent"));
        Assert.Equal("queued", states[asleep]);

        await server.ExecuteAsync("update platform.jobs set run_at = now() where kind = 'sms.send' and state = 'queued' and organization_id = $1", office.OrganizationId);
        JobSignal.Raise();
        for (var i = 0; await server.CountAsync("platform.jobs where kind = 'sms.send' and error like 'It waits%' and run_at > now() + interval '10 minutes' and organization_id = $1", office.OrganizationId) == 0; i++)
        {
            Assert.True(i < 100, "The text did not go back to wait.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Equal("queued", (await StatesAsync(_ => true))[asleep]);
        Assert.Equal("in_progress", (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200).Text("status"));

        async Task<Dictionary<string, string>> StatesAsync(Func<Dictionary<string, string>, bool> enough)
        {
            Dictionary<string, string> States(System.Text.Json.JsonElement list) => list.Items().ToDictionary(r => r.Text("address")!, r => r.Text("state")!);
            return States(await Outbox.UntilAsync(async () => (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}/recipients")).Must(200), list => enough(States(list))));
        }
    }

    [Fact]
    public async Task A_scheduled_campaign_can_be_cancelled_and_never_leaves()
    {
        var office = await server.NewOfficeAsync();
        var address = $"later-{Guid.NewGuid():n}@example.com";
        var lead = await NewLeadAsync(office, address);
        var campaign = await NewCampaignAsync(office);
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = new[] { lead }, send_now = false })).MustNameFields();
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = new[] { lead }, send_at = DateTimeOffset.Parse("2100-01-01T00:00:00Z", null) })).Must(202);
        Assert.Equal("scheduled", (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200).Text("status"));
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/pause")).MustRefuse(409, "RES_003");
        Assert.Equal("cancelled", (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/cancel")).Must(200).Text("status"));
        Assert.Empty(Outbox.Mails(server, address));
    }

    [Fact]
    public async Task Unknown_variables_leads_and_templates_are_refused()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync("/api/v1/campaigns", new { name = "x", campaign_type = "email", subject = "{{nickname}}", content = "x" })).MustNameFields();
        Assert.Equal(["campaign_type", "content", "name"], (await office.Admin.PostAsync("/api/v1/campaigns", new { })).MustNameFields().Order());
        (await office.Admin.PostAsync("/api/v1/campaigns", new { name = "x", campaign_type = "email", subject = "x", content = "x", template_id = 999999999 })).Must(422);
        var campaign = await NewCampaignAsync(office);
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = new[] { 999999999 } })).Must(422);
    }

    private static async Task<long> NewLeadAsync(Office office, string email, object? consent = null) =>
        (await office.Admin.PostAsync("/api/v1/leads", new { first_name = "Lina <b>", last_name = "Lead", email, source = "website", consent })).Must(201).Id();

    private static async Task<long> NewCampaignAsync(Office office) => (await office.Admin.PostAsync("/api/v1/campaigns", new
    {
        name = "Open house", campaign_type = "email", subject = "For {{first_name}}", content = "<p>Dear {{first_name}}, <a href=\"https://example.com/homes?a=1&amp;b=2\">see</a></p>",
    })).Must(201).Id();

    private static Task<System.Text.Json.JsonElement> EndedAsync(Office office, long campaign) => Outbox.UntilAsync(
        async () => (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200), c => c.Text("status") == "completed");

    [GeneratedRegex("/o/([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
