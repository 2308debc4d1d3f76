using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Jobs;

public sealed class OperationsTests(Server server)
{
    [Fact]
    public async Task A_job_is_followed_to_its_end_by_its_own_organization_only()
    {
        var (office, stranger) = (await server.NewOperatorAsync(), await server.NewOfficeAsync());
        var url = (await office.Admin.PostAsync("/api/v1/search/reindex", new { })).Must(202).Text("progress_url")!;
        (await stranger.Admin.GetAsync(url)).MustRefuse(404, "RES_001");
        var job = await Eventually.UntilAsync(async () => (await office.Admin.GetAsync(url)).Must(200),
            seen => seen.Text("state") is not ("queued" or "running"));
        Assert.Equal("completed", job.Text("state"));
        Assert.Equal(100, job.Long("progress"));
        Assert.NotEmpty(job.At("result.rebuilt").Items());
    }

    [Fact]
    public async Task Failed_jobs_are_listed_counted_tried_dry_replayed_and_deleted_by_their_own_organization_only()
    {
        var (office, stranger) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        // A job that fails whenever it runs: its subscription does not exist.
        for (var i = 0; i < 3; i++)
            await server.ExecuteAsync(
                """
                insert into platform.jobs (organization_id, kind, queue, input, state, error, attempts, finished_at)
                values ($1, 'event.deliver', 'events', '{"subscription": "gone", "event_type": "lead.created", "position": 1}', 'failed',
                    'It could not be handled.', 8, now())
                """, office.OrganizationId);
        var stats = (await office.Admin.GetAsync("/api/v1/admin/dlq/stats")).Must(200);
        Assert.Equal((3, 3), (stats.Long("total_failed"), stats.Long("by_queue.events")));
        var letters = (await office.Admin.GetAsync("/api/v1/admin/dlq?queue=events")).Must(200).Items();
        Assert.Equal(("event.deliver", "It could not be handled.", "gone"),
            (letters[0].Text("kind"), letters[0].Text("error"), letters[0].Text("input.subscription")));
        var dry = (await office.Admin.PostAsync("/api/v1/admin/dlq/replay-bulk",
            new { queue = "events", max_tasks = 2, dry_run = true })).Must(200);
        Assert.Equal((2, 0), (dry.Long("matched"), dry.Long("replayed")));
        Assert.Equal(3, (await office.Admin.GetAsync("/api/v1/admin/dlq/stats")).Must(200).Long("total_failed"));

        var (replayed, deleted) = (letters[0].Text("job_id"), letters[1].Text("job_id"));
        Assert.Equal(0, (await stranger.Admin.PostAsync("/api/v1/admin/dlq/replay-bulk", new { })).Must(200).Long("matched"));
        (await stranger.Admin.PostAsync($"/api/v1/admin/dlq/{replayed}/replay")).MustRefuse(404, "RES_001");
        (await office.Admin.PostAsync($"/api/v1/admin/dlq/{replayed}/replay")).Must(202);
        (await office.Admin.DeleteAsync($"/api/v1/admin/dlq/{deleted}")).Must(204);
        var again = await Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"/api/v1/status/{replayed}")).Must(200),
            job => job.Text("state") == "failed");
        Assert.Equal("This version has no subscription 'gone'.", again.Text("error"));
        Assert.Equal(2, (await office.Admin.GetAsync("/api/v1/admin/dlq")).Must(200).Items().Length);
    }

    [Fact]
    public async Task Of_failed_twins_with_one_key_a_replay_in_bulk_takes_the_first()
    {
        var office = await server.NewOfficeAsync();
        for (var i = 0; i < 2; i++)
            await server.ExecuteAsync(
                "insert into platform.jobs (organization_id, kind, queue, input, state, attempts, finished_at, unique_key) "
                    + "values ($1, 'nurturing.run', 'nurturing', '{}', 'failed', 8, now(), 'due')", office.OrganizationId);
        var replayed = (await office.Admin.PostAsync("/api/v1/admin/dlq/replay-bulk", new { })).Must(200);
        Assert.Equal((1, 1), (replayed.Long("matched"), replayed.Long("replayed")));
        Assert.Equal(1, (await office.Admin.GetAsync("/api/v1/admin/dlq/stats")).Must(200).Long("total_failed"));
    }

    [Fact]
    public async Task The_description_of_the_api_names_what_operators_use()
    {
        var paths = (await server.Anonymous.GetAsync("/openapi.json")).Must(200).At("paths").EnumerateObject().Select(p => p.Name).ToList();
        Assert.Contains("/api/v1/admin/dlq/replay-bulk", paths);
        Assert.Contains("/api/v1/performance/runtime", paths);
        Assert.Contains("/api/v1/status/{id}", paths);
        Assert.DoesNotContain("/hangfire/login", paths);
    }
}
