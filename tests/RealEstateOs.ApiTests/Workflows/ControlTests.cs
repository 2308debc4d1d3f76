using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Workflows;

public sealed class ControlTests(Server server)
{
    [Fact]
    public async Task A_step_waits_for_a_person_and_a_rejection_fails_the_package_as_WF_003()
    {
        var office = await server.NewOfficeAsync();
        var package = await office.NewPackageAsync(Packages.Approval("ask"));
        var (approved, rejected) = (await office.Admin.ExecuteAsync(package), await office.Admin.ExecuteAsync(package));
        await office.Admin.UntilAsync(approved, e => e.Waits("ask"));
        await office.Admin.UntilAsync(rejected, e => e.Waits("ask"));
        Assert.Equal("completed", (await office.Admin.ControlAsync(approved, "approve", new { reason = "Fine" })).Text("status"));
        Assert.Equal("failed", (await office.Admin.ControlAsync(rejected, "reject", new { reason = "Too dear" })).Text("status"));
        var failed = (await office.Admin.GetAsync($"{Packages.Path}/executions/{rejected}")).Must(200);
        Assert.Equal(("WF_003", "Too dear", "ask"),
            (failed.Text("error.code"), failed.Text("error.message"), failed.Text("error.step_name")));
    }

    [Fact]
    public async Task Paused_it_goes_no_further_and_takes_other_parameters()
    {
        var office = await server.NewOfficeAsync();
        var (first, second) = (await office.NewClientAsync(), await office.NewClientAsync());
        var execution = await office.Admin.ExecuteAsync(
            await office.NewPackageAsync(Packages.Approval("ask"), Packages.Task("call", "ask")), new { client_id = first });
        await office.Admin.UntilAsync(execution, e => e.Waits("ask"));
        var paused = await office.Admin.ControlAsync(execution, "pause", new { reason = "Wait", notify_stakeholders = true });
        Assert.Equal(("paused", "ask", true),
            (paused.Text("status"), paused.Text("current_step_preserved"), paused.At("resume_capability").GetBoolean()));
        Assert.Equal("paused", (await office.Admin.ControlAsync(execution, "approve")).Text("status"));
        Assert.Equal("WF_002", (await office.Admin.PostAsync($"{Packages.Path}/executions/{execution}/control",
            new { action = "modify_parameters", parameters = new { client_id = "x" } })).Must(422).Text("code"));
        await office.Admin.ControlAsync(execution, "modify_parameters", new { parameters = new { client_id = second } });
        var stale = (await office.Admin.PostAsync($"{Packages.Path}/executions/{execution}/control",
            new { action = "resume", revision = 1 })).Must(409);
        Assert.Equal(3, stale.Long("error.details.revision"));
        Assert.Equal("running", (await office.Admin.ControlAsync(execution, "resume", new { revision = 3 })).Text("status"));
        Assert.Equal("completed", (await office.Admin.EndedAsync(execution)).Text("status"));
        Assert.Equal((0, 1), (await office.Admin.ActivitiesAsync(first), await office.Admin.ActivitiesAsync(second)));
        var journal = (await office.Admin.GetAsync($"{Packages.Path}/executions/{execution}/timeline")).Must(200).At("journal").Items();
        Assert.Equal(["pause", "approve", "modify_parameters", "resume"], journal.Select(j => j.Text("action")));
    }

    [Fact]
    public async Task Nobody_does_by_anothers_execution_what_they_may_not_do_themselves()
    {
        var office = await server.NewOfficeAsync();
        var (first, second) = (await office.NewClientAsync(), await office.NewClientAsync());
        var execution = await office.Admin.ExecuteAsync(
            await office.NewPackageAsync(Packages.Approval("ask"), Packages.Task("call", "ask")), new { client_id = first });
        await office.Admin.UntilAsync(execution, e => e.Waits("ask"));
        await office.Admin.ControlAsync(execution, "pause");
        var change = Packages.Merged("modify_parameters", new { parameters = new { client_id = second } });
        var (other, _) = await office.NewUserWhoMayAsync("workflows:read", "workflows:control", "clients:read");
        (await other.PostAsync($"{Packages.Path}/executions/{execution}/control", change)).MustRefuse(403, "AUTH_003");
        var (able, _) = await office.NewUserWhoMayAsync("workflows:control", "workflows:execute", "clients:read", "clients:update");
        (await able.PostAsync($"{Packages.Path}/executions/{execution}/control", change)).Must(200);
    }

    [Fact]
    public async Task Cancelled_what_was_done_is_undone_and_nothing_resumes()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewPropertyAsync();
        var package = await office.NewPackageAsync(
            new { name = "photos", kind = "photography_schedule", inputs = new { property_id = "$parameters.property_id" } },
            Packages.Approval("ask", "photos"));
        var execution = await office.Admin.ExecuteAsync(package, new { property_id = property });
        await office.Admin.UntilAsync(execution, e => e.Waits("ask"));
        Assert.Single((await office.Admin.GetAsync($"/api/v1/properties/{property}/activities")).Must(200).Items());
        Assert.Equal("cancelled", (await office.Admin.ControlAsync(execution, "cancel")).Text("status"));
        var undone = await office.Admin.UntilAsync(execution, e => e.At("undone").Items().Count() > 0);
        Assert.True(undone.At("undone").Items().First().IsNull("problem"));
        Assert.Empty((await office.Admin.GetAsync($"/api/v1/properties/{property}/activities")).Must(200).Items());
        Assert.Equal("RES_003", (await office.Admin.PostAsync($"{Packages.Path}/executions/{execution}/control",
            new { action = "resume" })).Must(409).Text("code"));
    }

    [Fact]
    public async Task What_always_fails_is_tried_as_often_as_it_may_and_goes_on_from_there_when_mended()
    {
        var office = await server.NewOfficeAsync();
        var (gone, stays) = (await office.NewClientAsync(), await office.NewClientAsync());
        var execution = await office.Admin.ExecuteAsync(
            await office.NewPackageAsync(Packages.Approval("ask"), Packages.Task("call", "ask"), Packages.Task("write", "call")),
            new { client_id = gone });
        await office.Admin.UntilAsync(execution, e => e.Waits("ask"));
        (await office.Admin.DeleteAsync($"/api/v1/clients/{gone}")).Must(204);
        await office.Admin.ControlAsync(execution, "approve");
        var failed = await office.Admin.EndedAsync(execution);
        Assert.Equal(("failed", "WF_003", "call"), (failed.Text("status"), failed.Text("error.code"), failed.Text("error.step_name")));
        Assert.Equal(["retry", "skip_step", "cancel"], failed.At("next_actions").Items().Select(a => a.GetString()));
        Assert.Equal(0.5m, failed.Number("success_rate"));
        (await office.Admin.PostAsync($"/api/v1/clients/{gone}/restore")).Must(200);
        await office.Admin.ControlAsync(execution, "retry");
        Assert.Equal("completed", (await office.Admin.EndedAsync(execution)).Text("status"));
        Assert.Equal((2, 0), (await office.Admin.ActivitiesAsync(gone), await office.Admin.ActivitiesAsync(stays)));
        var summary = (await office.Admin.GetAsync($"{Packages.Path}/packages/history")).Must(200).At("summary");
        Assert.Equal((1, 1m), (summary.Long("total_executions"), summary.Number("success_rate")));
    }

    [Fact]
    public async Task A_hundred_quick_commands_leave_nothing_stuck_and_do_nothing_twice()
    {
        var office = await server.NewOfficeAsync();
        var client = await office.NewClientAsync();
        var steps = Enumerable.Range(1, 8).Select(i => Packages.Task($"call_{i}", i > 2 ? [$"call_{i - 2}"] : [])).ToArray();
        var execution = await office.Admin.ExecuteAsync(await office.NewPackageAsync(steps), new { client_id = client });
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            var answer = await office.Admin.PostAsync($"{Packages.Path}/executions/{execution}/control",
                new { action = i % 2 == 0 ? "pause" : "resume" });
            Assert.True(answer.Status is 200 or 409, answer.Text);
        });
        await office.Admin.PostAsync($"{Packages.Path}/executions/{execution}/control", new { action = "resume" });
        var ended = await office.Admin.EndedAsync(execution);
        Assert.Equal(("completed", 8), (ended.Text("status"), ended.At("completed_steps").Items().Count()));
        Assert.Equal(8, await office.Admin.ActivitiesAsync(client));
    }

    [Fact]
    public async Task A_wait_ends_at_its_time_and_a_job_that_a_step_waits_for_ends_it()
    {
        var office = await server.NewOfficeAsync();
        var package = await office.NewPackageAsync(new { name = "pause", kind = "wait", inputs = new { minutes = 0.02 } },
            new { name = "later", kind = "wait", inputs = new { days = 3 } });
        var execution = await office.Admin.ExecuteAsync(package);
        var waiting = await office.Admin.UntilAsync(execution, e => e.At("completed_steps").Items().Count() == 1 && e.Waits("later"));
        Assert.Equal("pause", waiting.At("completed_steps").Items().First().Text("step_name"));
        await office.Admin.ControlAsync(execution, "pause");
        await office.Admin.ControlAsync(execution, "skip_step", new { step_name = "later" });
        await office.Admin.ControlAsync(execution, "resume");
        Assert.Equal("completed", (await office.Admin.EndedAsync(execution)).Text("status"));
    }

    [Fact]
    public async Task A_person_has_so_many_executions_at_a_time_as_the_plan_allows_and_sees_own_ones_only_where_the_role_says_so()
    {
        var office = await server.NewOfficeAsync();
        var package = await office.NewPackageAsync(Packages.Approval("ask"));
        var (agent, _) = await office.NewUserWhoMayAsync("workflows:read:own", "workflows:execute", "workflows:control:own");
        var mine = new List<string>();
        for (var i = 0; i < 10; i++) mine.Add(await agent.ExecuteAsync(package));
        await agent.UntilAsync(mine[0], e => e.Waits("ask"));
        var refused = await agent.PostAsync($"{Packages.Path}/execute", new { package_name = package });
        Assert.Equal("RATE_002", refused.Must(429).Text("code"));
        var others = await office.Admin.ExecuteAsync(package);
        (await agent.GetAsync($"{Packages.Path}/executions/{others}")).Must(404);
        (await agent.PostAsync($"{Packages.Path}/executions/{others}/control", new { action = "cancel" })).Must(404);
        Assert.Equal(10, (await agent.GetAsync($"{Packages.Path}/packages/history?limit=100")).Must(200).At("executions").Items().Count());
        var newest = (await agent.GetAsync($"{Packages.Path}/packages/history?limit=6")).Must(200);
        var oldest = (await agent.GetAsync($"{Packages.Path}/packages/history?limit=6&cursor={newest.Text("next")}")).Must(200);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, oldest.At("next").ValueKind);
        Assert.Equal(10, newest.At("executions").Items().Concat(oldest.At("executions").Items()).Select(e => e.Text("execution_id"))
            .Distinct().Count());
        await agent.ControlAsync(mine[0], "reject");
        mine.Add(await agent.ExecuteAsync(package));
        Assert.Equal("RATE_002", (await agent.PostAsync($"{Packages.Path}/executions/{mine[0]}/control", new { action = "retry" }))
            .Must(429).Text("code"));
        await agent.ControlAsync(mine[1], "cancel");
        Assert.Equal("running", (await agent.ControlAsync(mine[0], "retry")).Text("status"));
    }

    [Fact]
    public async Task A_step_does_only_what_its_user_may_do()
    {
        var office = await server.NewOfficeAsync();
        var client = await office.NewClientAsync();
        var package = await office.NewPackageAsync(Packages.Task("call"));
        var (agent, _) = await office.NewUserWhoMayAsync("workflows:read", "workflows:execute", "clients:read");
        var failed = await agent.EndedAsync(await agent.ExecuteAsync(package, new { client_id = client }));
        Assert.Equal(("failed", true),
            (failed.Text("status"), failed.Text("error.message")!.Contains("clients:update", StringComparison.Ordinal)));
        Assert.Equal(0, await office.Admin.ActivitiesAsync(client));
    }
}
