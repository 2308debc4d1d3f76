using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

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
        (await office.Admin.PostAsync("/api/v1/communications/suppressions",
            new { address = $"c0-{run}@example.com", reason = "unsubscribed" })).Must(200);
        var campaign = await NewCampaignAsync(office);

        var sent = (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send",
            new { lead_ids = leads.Append(refused).Select(l => $"lead_{l}"), send_now = true })).Must(202);
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

        await server.LeftLongAgoAsync(campaign);
        var click = await server.Anonymous.GetAsync($"/c/{token}/0", Reader.Person);
        Assert.Equal((302, "https://example.com/homes?a=1&b=2"), (click.Status, click.Header("Location")));
        Assert.Equal(404, (await server.Anonymous.GetAsync($"/c/{token}/1")).Status);
        Assert.Equal(404, (await server.Anonymous.GetAsync("/c/guessed/0")).Status);
        Assert.Equal("image/gif", (await server.Anonymous.GetAsync($"/o/{token}", Reader.Person)).Header("Content-Type"));
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
        var (asleep, awake) = (new[] { "+971501234567", "+12125550100" }.First(Sleeps),
            new[] { "+12125550100", "+447911123456", "+919812345678", "+971501234567" }.FirstOrDefault(n => !Sleeps(n)));
        var leads = new List<long>();
        foreach (var phone in new[] { asleep, awake }.OfType<string>())
            leads.Add((await office.Admin.PostAsync("/api/v1/leads",
                new { first_name = "Nina", last_name = "Night", phone, source = "website" })).Must(201).Id());
        var campaign = (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "By text", campaign_type = "sms", content = "Dear {{first_name}}" })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = leads })).Must(202);
        var states = await StatesAsync(s => s.Count == leads.Count && !s.ContainsValue("pending") && (awake is null || s[awake] == "sent"));
        Assert.Equal("queued", states[asleep]);

        await server.ExecuteAsync(
            "update platform.jobs set run_at = now() where kind = 'sms.send' and state = 'queued' and organization_id = $1",
            office.OrganizationId);
        JobSignal.Raise();
        await Eventually.UntilAsync(
            () =>
                server.CountAsync("platform.jobs where kind = 'sms.send' and error like 'It waits%' and run_at > now() + interval '10 "
                    + "minutes' and organization_id = $1", office.OrganizationId),
            waiting => waiting > 0);
        Assert.Equal("queued", (await StatesAsync(_ => true))[asleep]);
        Assert.Equal("in_progress", (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200).Text("status"));

        async Task<Dictionary<string, string>> StatesAsync(Func<Dictionary<string, string>, bool> enough)
        {
            Dictionary<string, string> States(System.Text.Json.JsonElement list) =>
        list.Items().ToDictionary(r => r.Text("address")!, r => r.Text("state")!);
            return States(await Eventually.UntilAsync(
                async () => (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}/recipients")).Must(200),
                list => enough(States(list))));
        }
    }

    [Fact]
    public async Task A_quick_pause_and_resume_leave_one_watch_and_the_campaign_still_ends()
    {
        var office = await server.NewOfficeAsync();
        var (address, campaign) = ($"watched-{Guid.NewGuid():n}@example.com", await NewCampaignAsync(office));
        var lead = await NewLeadAsync(office, address);
        const string watches = "platform.jobs where kind = 'campaign.watch' and state in ('queued', 'running') and organization_id = $1";
        // Somebody who is never done keeps the campaign, and its watch, going.
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = new[] { lead } })).Must(202);
        await server.ExecuteAsync(
            """
            insert into outreach.campaign_recipients (organization_id, campaign_id, lead_id, address, variables, token, state)
            values ($1, $2, (select max(id) + 1000000000 from leads.leads), 'never@example.com', '{}', gen_random_uuid()::text, 'queued')
            """, office.OrganizationId, campaign);
        for (var i = 0; i < 4; i++)
        {
            (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/pause")).Must(200);
            (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/resume")).Must(202);
        }
        await Eventually.UntilAsync(
            () => server.CountAsync("platform.jobs where kind = 'campaign.send' and state = 'completed' and organization_id = $1",
                office.OrganizationId), done => done == 5);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(await server.CountAsync(watches, office.OrganizationId) <= 1);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Equal("in_progress", (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200).Text("status"));
        await server.ExecuteAsync(
            "update outreach.campaign_recipients set state = 'failed' where campaign_id = $1 and address = 'never@example.com'", campaign);
        Assert.Equal((1, 1), ((await EndedAsync(office, campaign)) is var ended ? ended.Long("sent_count") : 0,
            ended.Long("failed_count")));
        Assert.Single(Outbox.Mails(server, address));
        await Eventually.UntilAsync(() => server.CountAsync(watches, office.OrganizationId), open => open == 0);
    }

    [Fact]
    public async Task Who_pauses_while_the_counters_change_is_not_told_to_try_again()
    {
        var office = await server.NewOfficeAsync();
        var campaign = await NewCampaignAsync(office);
        await server.ExecuteAsync("update outreach.campaigns set status = 'in_progress' where id = $1", campaign);
        await using var counting = await server.Services.GetRequiredService<DataSources>().System.OpenConnectionAsync(
            TestContext.Current.CancellationToken);
        await using var transaction = await counting.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var count = new Npgsql.NpgsqlCommand("update outreach.campaigns set opened_count = opened_count + 1 where id = $1",
            counting, transaction) { Parameters = { new() { Value = campaign } } })
            await count.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var paused = office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/pause");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        var answer = (await paused).Must(200);
        Assert.Equal(("paused", 1), (answer.Text("status"), answer.Long("opened_count")));
    }

    [Fact]
    public async Task Who_may_delete_only_own_campaigns_brings_only_own_ones_back()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync("/api/v1/roles",
            new { name = "junior", permissions = new[] { "campaigns:create", "campaigns:read:own", "campaigns:delete:own" } })).Must(201);
        var (junior, _, _) = await office.NewUserAsync("junior");
        var (theirs, own) = (await NewCampaignAsync(office),
            (await junior.PostAsync("/api/v1/campaigns", new { name = "Own", campaign_type = "sms", content = "Hello" })).Must(201).Id());
        (await junior.DeleteAsync($"/api/v1/campaigns/{theirs}")).Must(404);
        (await office.Admin.DeleteAsync($"/api/v1/campaigns/{theirs}")).Must(204);
        (await junior.DeleteAsync($"/api/v1/campaigns/{own}")).Must(204);
        (await junior.PostAsync($"/api/v1/campaigns/{theirs}/restore")).Must(404);
        (await junior.PostAsync($"/api/v1/campaigns/{own}/restore")).Must(200);
    }

    [Fact]
    public async Task A_message_that_was_asked_for_while_paused_leaves_when_the_campaign_has_been_resumed_meanwhile()
    {
        var office = await server.NewOfficeAsync();
        var campaign = await NewCampaignAsync(office);
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send",
            new { lead_ids = new[] { await NewLeadAsync(office, $"back-{Guid.NewGuid():n}@example.com") } })).Must(202);
        await EndedAsync(office, campaign);
        await server.ExecuteAsync("update outreach.campaigns set status = 'paused' where id = $1", campaign);
        await server.ExecuteAsync("update outreach.campaign_recipients set state = 'queued', message_id = 4711 where campaign_id = $1",
            campaign);
        var recipient = (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}/recipients")).Must(200).Items()[0];
        // Resumed by a transaction that commits only after the message was asked for.
        await using var resuming = await server.Services.GetRequiredService<DataSources>().System.OpenConnectionAsync(
            TestContext.Current.CancellationToken);
        await using var transaction = await resuming.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var resume = new Npgsql.NpgsqlCommand("update outreach.campaigns set status = 'in_progress' where id = $1", resuming,
            transaction) { Parameters = { new() { Value = campaign } } })
            await resume.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(
            new OrganizationId(office.OrganizationId));
        var owner = MessageOwners.Find(scope.ServiceProvider.GetServices<IMessageOwner>(), $"rcpt_{recipient.Id()}")!.Value;
        var asked = owner.Owner.WithholdAsync([new LeavingMessage(owner.Id, 4711, recipient.Text("address")!)],
            TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await asked);
        Assert.Equal("queued", (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}/recipients")).Must(200).Items()[0]
            .Text("state"));
    }

    [Fact]
    public async Task A_scheduled_campaign_can_be_cancelled_and_never_leaves()
    {
        var office = await server.NewOfficeAsync();
        var address = $"later-{Guid.NewGuid():n}@example.com";
        var lead = await NewLeadAsync(office, address);
        var campaign = await NewCampaignAsync(office);
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send",
            new { lead_ids = new[] { lead }, send_at = DateTimeOffset.Parse("2100-01-01T00:00:00Z", null) })).Must(202);
        Assert.Equal("scheduled", (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200).Text("status"));
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/pause")).MustRefuse(409, "RES_003");
        Assert.Equal("cancelled", (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/cancel")).Must(200).Text("status"));
        Assert.Empty(Outbox.Mails(server, address));
    }

    [Fact]
    public async Task Unknown_variables_leads_and_templates_are_refused()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "x", campaign_type = "email", subject = "{{nickname}}", content = "x" })).MustNameFields();
        Assert.Equal(["campaign_type", "content", "name"],
            (await office.Admin.PostAsync("/api/v1/campaigns", new { })).MustNameFields().Order());
        (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "x", campaign_type = "email", subject = "x", content = "x", template_id = 999999999 })).Must(422);
        var campaign = await NewCampaignAsync(office);
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = new[] { 999999999 } })).Must(422);
    }

    private static async Task<long> NewLeadAsync(Office office, string email, object? consent = null) =>
        (await office.Admin.PostAsync("/api/v1/leads",
            new { first_name = "Lina <b>", last_name = "Lead", email, source = "website", consent })).Must(201).Id();

    private static async Task<long> NewCampaignAsync(Office office) => (await office.Admin.PostAsync("/api/v1/campaigns", new
    {
        name = "Open house", campaign_type = "email", subject = "For {{first_name}}",
        content = "<p>Dear {{first_name}}, <a href=\"https://example.com/homes?a=1&amp;b=2\">see</a></p>",
    })).Must(201).Id();

    private static Task<System.Text.Json.JsonElement> EndedAsync(Office office, long campaign) => Eventually.UntilAsync(
        async () => (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200), c => c.Text("status") == "completed");

    [GeneratedRegex("/o/([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
