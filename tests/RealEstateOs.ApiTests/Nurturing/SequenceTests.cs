using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Marketing.Nurturing;
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
        Assert.False((await office.Admin.PatchAsync($"/api/v1/leads/{lead}/activities/{task.Id()}", new { completed_at = "2026-01-01T00:00:00Z" })).Must(200).IsNull("completed_at"));
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
                new { type = "email", content = "Dear {{nickname}}" }, new { type = "condition", condition = new { on = "score" }, then = "nowhere" }, new { type = "wait" }, new { },
            },
        })).MustNameFields();
        Assert.Equal(["name", "steps[0].content", "steps[0].subject", "steps[1].condition.min_score", "steps[1].then", "steps[2].delay_days", "steps[3].type"], fields.Order(StringComparer.Ordinal));
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
        Assert.Equal("paused", (await office.Admin.PostAsync($"{Path}/{sequence}/pause", new { action = "pause" })).Must(200).Text("status"));
        await EnrollAsync(office, sequence, lead);
        await RunAsync(office);
        Assert.Equal("active", (await OnlyAsync(office, sequence)).Text("status"));
        Assert.Equal(2, (await office.Admin.PatchAsync($"{Path}/{sequence}", new { steps = new[] { new { type = "task", subject = "Other" } } })).Must(200).Long("steps_version"));
        Assert.Equal("active", (await office.Admin.PostAsync($"{Path}/{sequence}/pause", new { action = "resume" })).Must(200).Text("status"));
        await Outbox.MailAsync(server, address);
        Assert.Empty((await office.Admin.GetAsync($"/api/v1/leads/{lead}/activities")).Must(200).Items());
    }

    [Fact]
    public async Task Who_answers_or_is_lost_leaves_and_who_may_not_be_written_to_gets_nothing()
    {
        var (office, suppressed) = (await server.NewOfficeAsync(), NewAddress());
        var (answers, lost, quiet) = ((await office.NewLeadAsync()).Id(), (await office.NewLeadAsync()).Id(), (await office.NewLeadAsync(("email", suppressed))).Id());
        (await office.Admin.PostAsync("/api/v1/communications/suppressions", new { address = suppressed })).Must(200);
        var later = await NewSequenceAsync(office, new { type = "wait", delay_days = 3 });
        await EnrollAsync(office, later, answers, lost);
        (await office.Admin.PostAsync($"/api/v1/leads/{answers}/activities", new { activity_type = "call", direction = "inbound", description = "Rang" })).Must(201);
        (await office.Admin.PatchAsync($"/api/v1/leads/{lost}", new { status = "lost" })).Must(200);
        var left = await Outbox.UntilAsync(async () => (await office.Admin.GetAsync($"{Enrollments}?sequence_id={later}&status=exited")).Must(200), e => e.Items().Length == 2);
        Assert.Equal(["replied", "status_changed"], left.Items().Select(e => e.Text("exit_reason")!).Order());
        var now = await NewSequenceAsync(office, Mail());
        await EnrollAsync(office, now, quiet);
        await Outbox.UntilAsync(async () => (await office.Admin.GetAsync($"{Path}/{now}/stats")).Must(200), s => s.At("steps").Items()[0].Long("suppressed") == 1);
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
            await server.ExecuteAsync("update marketing.enrollments set next_run_at = now() - interval '1 minute' where id = $1", e.Id());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(office)));
        foreach (var lead in leads) Assert.Single((await office.Admin.GetAsync($"/api/v1/leads/{lead}/activities")).Must(200).Items());
        Assert.All((await EndedAsync(office, sequence)), e => Assert.Equal("completed", e.Text("status")));
    }

    private async Task RunAsync(Office office)
    {
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(new OrganizationId(office.OrganizationId));
        while (await scope.ServiceProvider.GetRequiredService<StepRunner>().RunBatchAsync(TestContext.Current.CancellationToken) > 0) { }
    }

    private static async Task<long> NewSequenceAsync(Office office, params object[] steps) => (await office.Admin.PostAsync(Path, new { name = "Newcomers", steps })).Must(201).Id();

    private static async Task<JsonElement> EnrollAsync(Office office, long sequence, params long[] leads) => (await office.Admin.PostAsync($"{Path}/{sequence}/enroll", new { lead_ids = leads })).Must(200);

    private static async Task<JsonElement> OnlyAsync(Office office, long sequence) => Assert.Single((await office.Admin.GetAsync($"{Enrollments}?sequence_id={sequence}")).Must(200).Items());

    private static async Task<JsonElement[]> EndedAsync(Office office, long sequence) => (await Outbox.UntilAsync(
        async () => (await office.Admin.GetAsync($"{Enrollments}?sequence_id={sequence}")).Must(200), all => all.Items().All(e => e.Text("status") == "completed"))).Items();

    private static object Mail() => new { type = "email", subject = "For {{first_name}}", content = "Dear {{first_name}}" };

    private static string NewAddress() => $"n-{Guid.NewGuid():n}@example.com";
}
