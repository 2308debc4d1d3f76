using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Workflows;

public sealed class FailureTests(Server server)
{
    [Fact]
    public async Task What_fails_while_it_is_paused_fails_the_package_when_it_goes_on()
    {
        var office = await server.NewOfficeAsync();
        var execution = await office.Admin.ExecuteAsync(await office.NewPackageAsync(Packages.Approval("ask")));
        await office.Admin.UntilAsync(execution, e => e.Waits("ask"));
        await office.Admin.ControlAsync(execution, "pause");
        Assert.Equal("paused", (await office.Admin.ControlAsync(execution, "reject", new { reason = "Too dear" })).Text("status"));
        Assert.Equal("failed", (await office.Admin.ControlAsync(execution, "resume")).Text("status"));
        var failed = (await office.Admin.GetAsync($"{Packages.Path}/executions/{execution}")).Must(200);
        Assert.Equal(("WF_003", "Too dear", "ask"),
            (failed.Text("error.code"), failed.Text("error.message"), failed.Text("error.step_name")));
        await office.Admin.ControlAsync(execution, "retry");
        await office.Admin.UntilAsync(execution, e => e.Waits("ask"));
        Assert.Equal("completed", (await office.Admin.ControlAsync(execution, "approve")).Text("status"));
    }

    [Fact]
    public async Task An_optional_step_that_fails_does_not_fail_the_package_and_its_figures_say_so()
    {
        var office = await server.NewOfficeAsync();
        var (gone, property) = (await office.NewClientAsync(), await office.NewPropertyAsync());
        var execution = await office.Admin.ExecuteAsync(
            await office.NewPackageAsync(
                Packages.Approval("ask"),
                new { name = "call", kind = "client_task", optional = true, depends_on = new[] { "ask" },
                    inputs = new { client_id = "$parameters.client_id" } },
                new { name = "photos", kind = "photography_schedule", depends_on = new[] { "call" },
                    inputs = new { property_id = "$parameters.property_id" } }),
            new { client_id = gone, property_id = property });
        await office.Admin.UntilAsync(execution, e => e.Waits("ask"));
        (await office.Admin.DeleteAsync($"/api/v1/clients/{gone}")).Must(204);
        await office.Admin.ControlAsync(execution, "approve");
        var ended = await office.Admin.EndedAsync(execution);
        Assert.Equal(("completed", 0.6667m, 100), (ended.Text("status"), ended.Number("success_rate"), ended.Long("progress_percentage")));
        Assert.Equal(("call", true), (ended.At("failed_steps").Items().Single().Text("step_name"),
            ended.At("failed_steps").Items().Single().IsTrue("optional")));
        Assert.Matches(@"^\d+ (second|minute)s?$", ended.Step("photos").Text("duration"));
        var past = (await office.Admin.GetAsync($"{Packages.Path}/packages/history")).Must(200).At("executions").Items().Single();
        Assert.Equal(1, past.Long("deliverables_created"));
        var bars = (await office.Admin.GetAsync($"{Packages.Path}/executions/{execution}/timeline")).Must(200).At("steps").Items();
        Assert.Equal(["ask", "call", "photos"], bars.OrderBy(b => b.At("started_at").GetDateTimeOffset()).Select(b => b.Text("step_name")));
        Assert.All(bars, b => Assert.True(b.At("started_at").GetDateTimeOffset() <= b.At("finished_at").GetDateTimeOffset()));
        var health = (await office.Admin.GetAsync($"{Packages.Path}/health")).Must(200);
        Assert.Equal(("healthy", 1, 0, 0), (health.Text("status"), health.Long("completed_last_24_hours"),
            health.Long("active_executions"), health.Long("steps_in_flight")));
        var told = (await Outbox.OfAsync(server, office, "workflow.step_completed")).Select(e => (e.Payload.Text("step_name"),
            e.Payload.Text("status"), e.Payload.Long("progress_percentage")));
        Assert.Equal([("ask", "completed", 33), ("call", "failed", 66), ("photos", "completed", 100)], told);
    }

    [Fact]
    public async Task Whoever_started_it_is_told_by_name_and_reason_and_not_who_gave_the_command()
    {
        var office = await server.NewOfficeAsync();
        var package = await office.NewPackageAsync(Packages.Approval("ask"));
        var (agent, id) = await office.NewUserWhoMayAsync("workflows:read:own", "workflows:execute", "workflows:control:own");
        var execution = await agent.ExecuteAsync(package);
        await agent.UntilAsync(execution, e => e.Waits("ask"));
        var paused = await office.Admin.ControlAsync(execution, "pause",
            new { reason = "The price is not settled", notify_stakeholders = true });
        Assert.Equal([$"user_{id}"], paused.At("stakeholders_notified").Items().Select(s => s.GetString()));
        Assert.Contains(await Outbox.OfAsync(server, office, "notification"),
            e => e.Payload.Long("user_id") == id && e.Payload.Text("body") == "The price is not settled");
        var resumed = await agent.ControlAsync(execution, "resume", new { notify_stakeholders = true });
        Assert.Empty(resumed.At("stakeholders_notified").Items());
    }

    [Fact]
    public async Task A_report_of_a_package_is_waited_for_and_counts_against_the_offices_quota()
    {
        await using var own = await OwnInstallation.OpenAsync(server, ("Cma:SampleMarket", "true"), ("Cma:SampleSales", "1500"),
            ("Cma:SampleRents", "500"), ("RateLimits:Plans:standard:ReportsPerDay", "1"));
        await using var host = await own.StartAsync();
        var (_, admin) = await OwnInstallation.RegisterAsync(host);
        var property = (await admin.PostAsync("/api/v1/properties", Samples.Property(("community", "Dubai Marina"), ("bedrooms", 2),
            ("property_type", "apartment"), ("square_feet", 1200), ("currency", "AED"), ("price", 2_000_000)))).Must(201).Id();
        var inputs = new { property_id = "$parameters.property_id" };
        (await admin.PostAsync($"{Packages.Path}/packages", new
        {
            name = "reports", display_name = "Reports", parameters = new[] { new { name = "property_id", type = "property" } },
            steps = new object[]
            {
                new { name = "first", kind = "cma_report", inputs },
                new { name = "second", kind = "cma_report", optional = true, depends_on = new[] { "first" }, inputs },
            },
        })).Must(201);
        var ended = await Eventually.UntilAsync(
            async () => await admin.EndedAsync(await admin.ExecuteAsync("reports", new { property_id = property })),
            e => e.Text("status") == "completed"); // the sample market is read in a moment
        var report = ended.Step("first").Text("output.cma_report_id");
        Assert.Equal("completed", (await admin.GetAsync($"/api/v1/cma/reports/{report}")).Must(200).Text("status"));
        var refused = ended.Step("second");
        Assert.Equal((1, true), (refused.Long("attempts"), refused.Text("reason")!.Contains("quota of 1", StringComparison.Ordinal)));
        (await admin.PostAsync("/api/v1/cma/reports", new { property_id = property })).MustRefuse(429, "RATE_002");
    }
}
