using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Campaigns;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Outreach.Nurturing;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Nurturing;

public sealed class SequenceTests(Server server)
{
    private const string Path = "/api/v1/nurturing/sequences", Enrollments = "/api/v1/nurturing/enrollments";

    [Fact]
    public async Task A_lead_gets_its_mail_once_its_task_is_seen_and_the_figures_count_them()
    {
        var (office, address) = (await server.NewOfficeAsync(), NewAddress());
        var lead = (await office.NewLeadAsync(("email", address))).Id();
        var sequence = await NewSequenceAsync(office, Mail(), new { type = "task", subject = "Call {{first_name}}", task_type = "call" });
        Assert.Equal(1, (await EnrollAsync(office, sequence, lead)).Long("enrolled"));
        Assert.Single(await EndedAsync(office, sequence));
        await Outbox.MailAsync(server, address);
        var task = Assert.Single((await office.Admin.GetAsync($"/api/v1/leads/{lead}/activities?activity_type=call")).Must(200).Items());
        Assert.Equal("Call Sara", task.Text("subject"));
        Assert.False((await office.Admin.PatchAsync($"/api/v1/leads/{lead}/activities/{task.Id()}",
            new { completed_at = "2026-01-01T00:00:00Z" })).Must(200).IsNull("completed_at"));
        var stats = (await office.Admin.GetAsync($"{Path}/{sequence}/stats")).Must(200);
        Assert.True(stats.At("steps").Items()[0].Long("done") >= 1);
        Assert.True(stats.At("steps").Items()[1].IsNull("opened"));
    }

    [Fact]
    public async Task Every_fault_of_the_steps_is_named()
    {
        var office = await server.NewOfficeAsync();
        var fields = (await office.Admin.PostAsync(Path, new
        {
            steps = new object[]
            {
                new { type = "email", content = "Dear {{nickname}}" },
                new { type = "condition", condition = new { on = "score" }, then = "nowhere" }, new { type = "wait" }, new { },
            },
        })).MustNameFields();
        Assert.Equal(["name", "steps[0].content", "steps[0].subject", "steps[1].condition.min_score", "steps[1].then",
            "steps[2].delay_days", "steps[3].type"], fields.Order(StringComparer.Ordinal));
        (await office.Admin.PostAsync(Path, new { name = "x", steps = Array.Empty<object>() })).MustNameFields();
        var sequence = await NewSequenceAsync(office, Mail());
        (await office.Admin.PostAsync($"{Path}/{sequence}/enroll", new { lead_ids = new[] { 999999999 } })).MustNameFields();
        (await office.Admin.PostAsync($"{Path}/{sequence}/enroll", new { })).MustNameFields();
    }

    [Fact]
    public async Task Nobody_moves_while_a_sequence_is_paused_and_new_steps_are_for_newcomers()
    {
        var (office, address) = (await server.NewOfficeAsync(), NewAddress());
        var lead = (await office.NewLeadAsync(("email", address))).Id();
        var sequence = await NewSequenceAsync(office, Mail());
        Assert.Equal("paused", (await office.Admin.PostAsync($"{Path}/{sequence}/pause", new { action = "pause" })).Must(200)
            .Text("status"));
        await EnrollAsync(office, sequence, lead);
        await RunAsync(office);
        Assert.Equal("active", (await OnlyAsync(office, sequence)).Text("status"));
        Assert.Equal(2, (await office.Admin.PatchAsync($"{Path}/{sequence}",
            new { steps = new[] { new { type = "task", subject = "Other" } } })).Must(200).Long("steps_version"));
        Assert.Equal("active", (await office.Admin.PostAsync($"{Path}/{sequence}/pause", new { action = "resume" })).Must(200)
            .Text("status"));
        await Outbox.MailAsync(server, address);
        Assert.Empty((await office.Admin.GetAsync($"/api/v1/leads/{lead}/activities")).Must(200).Items());
    }

    [Fact]
    public async Task Who_answers_or_is_lost_leaves_and_who_may_not_be_written_to_gets_nothing()
    {
        var (office, suppressed) = (await server.NewOfficeAsync(), NewAddress());
        var (answers, lost, quiet) = ((await office.NewLeadAsync()).Id(), (await office.NewLeadAsync()).Id(),
            (await office.NewLeadAsync(("email", suppressed))).Id());
        (await office.Admin.PostAsync("/api/v1/communications/suppressions", new { address = suppressed })).Must(200);
        var later = await NewSequenceAsync(office, new { type = "wait", delay_days = 3 });
        await EnrollAsync(office, later, answers, lost);
        (await office.Admin.PostAsync($"/api/v1/leads/{answers}/activities",
            new { activity_type = "call", direction = "inbound", description = "Rang" })).Must(201);
        (await office.Admin.PatchAsync($"/api/v1/leads/{lost}", new { status = "lost" })).Must(200);
        var left = await Eventually.UntilAsync(
            async () => (await office.Admin.GetAsync($"{Enrollments}?sequence_id={later}&status=exited")).Must(200),
            e => e.Items().Length == 2);
        Assert.Equal(["replied", "status_changed"], left.Items().Select(e => e.Text("exit_reason")!).Order());
        var now = await NewSequenceAsync(office, Mail());
        await EnrollAsync(office, now, quiet);
        await Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"{Path}/{now}/stats")).Must(200),
            s => s.At("steps").Items()[0].Long("suppressed") == 1);
        Assert.Empty(Outbox.Mails(server, suppressed));
    }

    [Fact]
    public async Task Two_hosts_at_once_do_no_step_twice()
    {
        var office = await server.NewOfficeAsync();
        var sequence = await NewSequenceAsync(office, new { type = "task", subject = "Once", delay_days = 1 });
        var leads = new List<long>();
        for (var i = 0; i < 12; i++) leads.Add((await office.NewLeadAsync()).Id());
        await EnrollAsync(office, sequence, [.. leads]);
        foreach (var e in (await office.Admin.GetAsync($"{Enrollments}?sequence_id={sequence}")).Must(200).Items())
            await server.ExecuteAsync("update outreach.enrollments set next_run_at = now() - interval '1 minute' where id = $1", e.Id());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(office)));
        foreach (var lead in leads) Assert.Single((await office.Admin.GetAsync($"/api/v1/leads/{lead}/activities")).Must(200).Items());
        Assert.All((await EndedAsync(office, sequence)), e => Assert.Equal("completed", e.Text("status")));
    }

    [Theory]
    [InlineData(true, "Call")]
    [InlineData(false, "Write again")]
    public async Task A_condition_goes_by_what_became_of_an_earlier_mail(bool opens, string next)
    {
        var (office, address) = (await server.NewOfficeAsync(), NewAddress());
        var lead = (await office.NewLeadAsync(("email", address))).Id();
        var sequence = await NewSequenceAsync(office,
            new { type = "email", key = "hello", subject = "Hello", content = "<p>Dear {{first_name}}</p>" },
            new { type = "condition", delay_days = 2, condition = new { on = "opened", step = "hello" }, then = "call", @else = "again" },
            new { type = "task", key = "call", subject = "Call", next = "end" },
            new { type = "task", key = "again", subject = "Write again" });
        await EnrollAsync(office, sequence, lead);
        var mail = await Outbox.MailAsync(server, address);
        var pixel = "/o/" + System.Text.RegularExpressions.Regex.Match(Outbox.HtmlOf(mail), "/o/([A-Za-z0-9_-]+)").Groups[1].Value;
        Assert.Equal(200, (await server.Anonymous.GetAsync(pixel, ("User-Agent", "Mozilla/5.0"))).Status); // a program, which says nothing
        await Eventually.UntilAsync(() => server.CountAsync("outreach.step_runs where sequence_id = $1 and sent_at is not null", sequence),
            sent => sent == 1);
        await server.ExecuteAsync("update outreach.step_runs set sent_at = sent_at - interval '1 hour' where sequence_id = $1 and step = 0",
            sequence);
        if (opens) Assert.Equal(200, (await server.Anonymous.GetAsync(pixel, Reader.Person)).Status);
        await Eventually.UntilAsync(async () => await OnlyAsync(office, sequence), e => e.Long("step") == 1);
        await server.ExecuteAsync("update outreach.enrollments set next_run_at = now() - interval '1 minute' where sequence_id = $1",
            sequence);
        await RunAsync(office);
        await DoneAsync(office, lead);
        Assert.Equal(next, (await office.Admin.GetAsync($"/api/v1/leads/{lead}/activities")).Must(200).Items()[0].Text("subject"));
    }

    [Fact]
    public async Task Triggers_enroll_who_fits_once_and_filters_only_newcomers()
    {
        var office = await server.NewOfficeAsync();
        var before = (await office.NewLeadAsync(("source", "referral"))).Id();
        var arriving = (await office.Admin.PostAsync(Path,
            new { name = "Arriving", trigger = "lead_created", trigger_filters = new { source = new[] { "portal" } },
                steps = new[] { new { type = "wait", delay_days = 1 } } })).Must(201).Id();
        var tagged = (await office.Admin.PostAsync(Path,
            new { name = "Tagged", trigger = "tag_added", trigger_filters = new { tags = new[] { "vip" } },
                steps = new[] { new { type = "wait", delay_days = 1 } } })).Must(201).Id();
        var portal = (await office.NewLeadAsync(("source", "portal"))).Id();
        await office.NewLeadAsync(("source", "walk_in"));
        foreach (var tags in (string[][])[["vip"], [], ["vip"]])
            (await office.Admin.PatchAsync($"/api/v1/leads/{before}", new { tags })).Must(200);
        var (byArrival, byTag) = (await Eventually.UntilAsync(() => OfAsync(office, arriving), e => e.Length == 1),
            await Eventually.UntilAsync(() => OfAsync(office, tagged), e => e.Length == 1));
        Assert.Equal([(portal, "lead_created")], byArrival.Select(e => (e.Long("lead_id"), e.Text("source")!)));
        Assert.Equal([(before, "tag_added")], byTag.Select(e => (e.Long("lead_id"), e.Text("source")!)));
        var all = await NewSequenceAsync(office, new { type = "wait", delay_days = 1 });
        await EnrollAsync(office, all, portal);
        (await office.Admin.PostAsync($"{Path}/{all}/enroll", new { filters = new { source = new[] { "portal", "referral" } } })).Must(202);
        var filtered = await Eventually.UntilAsync(() => OfAsync(office, all), e => e.Length == 2);
        Assert.Equal([(before, "filter"), (portal, "manual")], filtered.Select(e => (e.Long("lead_id"), e.Text("source")!)).Order());
    }

    [Fact]
    public async Task One_enrollment_is_held_while_the_others_go_on_and_who_sees_only_own_ones_sees_neither()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync("/api/v1/roles",
            new { name = "junior", permissions = new[] { "leads:read:own", "nurturing:read:own" } })).Must(201);
        var (held, other) = ((await office.NewLeadAsync()).Id(), (await office.NewLeadAsync()).Id());
        var sequence = await NewSequenceAsync(office, new { type = "task", subject = "Now", delay_days = 1 });
        await EnrollAsync(office, sequence, held, other);
        var enrollment = (await OfAsync(office, sequence)).Single(e => e.Long("lead_id") == held).Id();
        Assert.Equal("paused", (await office.Admin.PostAsync($"{Enrollments}/{enrollment}/pause", new { action = "pause" })).Must(200)
            .Text("status"));
        await server.ExecuteAsync("update outreach.enrollments set next_run_at = now() - interval '1 minute' where id = $1", enrollment);
        await server.ExecuteAsync("update outreach.enrollments set next_run_at = now() - interval '1 minute' where lead_id = $1", other);
        await RunAsync(office);
        await DoneAsync(office, other);
        Assert.Empty((await office.Admin.GetAsync($"/api/v1/leads/{held}/activities")).Must(200).Items());
        (await office.Admin.PostAsync($"{Enrollments}/{enrollment}/pause", new { action = "resume" })).Must(200);
        await server.ExecuteAsync("update outreach.enrollments set next_run_at = now() - interval '1 minute' where id = $1", enrollment);
        await RunAsync(office);
        await DoneAsync(office, held);
        var (junior, _, _) = await office.NewUserAsync("junior");
        Assert.Empty((await junior.GetAsync(Path)).Must(200).Items());
        (await junior.GetAsync($"{Path}/{sequence}")).Must(404);
    }

    [Fact]
    public async Task A_text_of_a_sequence_waits_for_the_hours_on_the_recipients_clock_also_when_its_job_comes_early()
    {
        var office = await server.NewOfficeAsync();
        var phone = new[] { "+971501234567", "+12125550100" }.First(
            n => QuietHours.Next(n, TimeProvider.System.GetUtcNow(), "Asia/Dubai") > TimeProvider.System.GetUtcNow());
        var lead = (await office.NewLeadAsync(("phone", phone))).Id();
        var sequence = await NewSequenceAsync(office, new { type = "sms", content = "Dear {{first_name}}" },
            new { type = "task", subject = "Call", delay_days = 30 });
        await EnrollAsync(office, sequence, lead);
        const string jobs = "platform.jobs where kind = 'sms.send' and state = 'queued' and organization_id = $1";
        await Eventually.UntilAsync(() => server.CountAsync(jobs + " and run_at > now() + interval '10 minutes'", office.OrganizationId),
            waiting => waiting == 1);
        await server.ExecuteAsync("update platform.jobs set run_at = now() where kind = 'sms.send' and organization_id = $1",
            office.OrganizationId);
        JobSignal.Raise();
        await Eventually.UntilAsync(
            () => server.CountAsync(jobs + " and attempts = 0 and error like 'It waits%' and run_at > now() + interval '10 minutes'",
                office.OrganizationId), back => back == 1);
        var enrollment = (await OfAsync(office, sequence))[0];
        var step = (await office.Admin.GetAsync($"{Enrollments}/{enrollment.Id()}")).Must(200).At("steps").Items()[0];
        Assert.Equal(("queued", true), (step.Text("state"), step.IsNull("sent_at")));
        // What was paused meanwhile is put back, and waits for the hours anew when it is done again.
        (await office.Admin.PostAsync($"{Path}/{sequence}/pause", new { action = "pause" })).Must(200);
        await server.ExecuteAsync(
            "update platform.jobs set run_at = now() where kind = 'sms.send' and state = 'queued' and organization_id = $1",
            office.OrganizationId);
        JobSignal.Raise();
        await Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"{Enrollments}/{enrollment.Id()}")).Must(200),
            e => e.At("steps").Items().Length == 0);
        (await office.Admin.PostAsync($"{Path}/{sequence}/pause", new { action = "resume" })).Must(200);
        await Eventually.UntilAsync(() => server.CountAsync(jobs + " and run_at > now() + interval '10 minutes'", office.OrganizationId),
            waiting => waiting == 1);
        Assert.Equal(0, await server.CountAsync("platform.messages where sent_at is not null and recipient = $1 and organization_id = $2",
            phone, office.OrganizationId));
    }

    [Fact]
    public async Task A_sequence_that_somebody_else_has_changed_is_not_overwritten_and_each_change_is_in_the_audit_log()
    {
        var office = await server.NewOfficeAsync();
        var sequence = await NewSequenceAsync(office, Mail());
        var first = (await office.Admin.GetAsync($"{Path}/{sequence}")).Header("ETag")!;
        Assert.Equal(304, (await office.Admin.GetAsync($"{Path}/{sequence}", ("If-None-Match", first))).Status);
        var renamed = await office.Admin.PatchAsync($"{Path}/{sequence}", new { name = "Renamed" }, ("If-Match", first));
        renamed.Must(200);
        var second = (await office.Admin.GetAsync($"{Path}/{sequence}", ("If-None-Match", first))).Header("ETag")!;
        Assert.NotEqual(first, second);
        Assert.Equal(second, renamed.Header("ETag"));
        (await office.Admin.PatchAsync($"{Path}/{sequence}", new { name = "Too late" }, ("If-Match", first))).MustRefuse(412, "RES_004");
        (await office.Admin.DeleteAsync($"{Path}/{sequence}", ("If-Match", first))).MustRefuse(412, "RES_004");
        (await office.Admin.PatchAsync($"{Path}/{sequence}", new { steps = new[] { new { type = "task", subject = "Call" } } },
            ("If-Match", second))).Must(200);
        (await office.Admin.PostAsync($"{Path}/{sequence}/pause", new { action = "pause" })).Must(200);
        (await office.Admin.PostAsync($"{Path}/{sequence}/pause", new { action = "pause" })).Must(200);
        (await office.Admin.DeleteAsync($"{Path}/{sequence}")).Must(204);
        (await office.Admin.PostAsync($"{Path}/{sequence}/restore")).Must(200);

        var audit = (await office.Admin.GetAsync($"/api/v1/audit-logs?resource_type=sequence&resource_id={sequence}&sort=created_at")).Must(
            200).Items();
        Assert.Equal(["created", "updated", "updated", "updated", "deleted", "restored"], audit.Select(a => a.Text("action")!));
        Assert.All(audit, a => Assert.Equal(office.AdminId, a.Long("user_id")));
        Assert.Equal(["Newcomers", "Renamed"], audit[1].At("changes.name").Items().Select(v => v.GetString()));
        Assert.Contains("Call", audit[2].At("changes.steps").Items()[1].GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["active", "paused"], audit[3].At("changes.status").Items().Select(v => v.GetString()));
    }

    // The host's own run may have the row at the moment: then it does the step.
    private static Task DoneAsync(Office office, long lead) =>
        Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"/api/v1/leads/{lead}/activities")).Must(200),
            a => a.Items().Length == 1);

    private static async Task<JsonElement[]> OfAsync(Office office, long sequence) =>
        (await office.Admin.GetAsync($"{Enrollments}?sequence_id={sequence}")).Must(200).Items();

    private async Task RunAsync(Office office)
    {
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(
            new OrganizationId(office.OrganizationId));
        while (await scope.ServiceProvider.GetRequiredService<StepRunner>().RunBatchAsync(TestContext.Current.CancellationToken) > 0) { }
    }

    private static async Task<long> NewSequenceAsync(Office office, params object[] steps) =>
        (await office.Admin.PostAsync(Path, new { name = "Newcomers", steps })).Must(201).Id();

    private static async Task<JsonElement> EnrollAsync(Office office, long sequence, params long[] leads) =>
        (await office.Admin.PostAsync($"{Path}/{sequence}/enroll", new { lead_ids = leads })).Must(200);

    private static async Task<JsonElement> OnlyAsync(Office office, long sequence) =>
        Assert.Single((await office.Admin.GetAsync($"{Enrollments}?sequence_id={sequence}")).Must(200).Items());

    private static async Task<JsonElement[]> EndedAsync(Office office, long sequence) => (await Eventually.UntilAsync(
        async () => (await office.Admin.GetAsync($"{Enrollments}?sequence_id={sequence}")).Must(200),
        all => all.Items().All(e => e.Text("status") == "completed"))).Items();

    private static object Mail() => new { type = "email", subject = "For {{first_name}}", content = "Dear {{first_name}}" };

    private static string NewAddress() => $"n-{Guid.NewGuid():n}@example.com";
}
