using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

public sealed class ReviewTests(Server server)
{
    [Fact]
    public async Task An_edited_text_keeps_its_difference_and_becomes_knowledge()
    {
        var office = await server.NewOfficeAsync();
        var (agent, _, _) = await office.NewUserAsync("agent");
        var review = (await agent.PostAsync("/api/v1/expertise/reviews",
            new { ai_output = "The Zanzibar fee is 3 %. It is paid by the buyer.", notes = "Is it 3 %?" })).Must(201).Id();
        var path = $"/api/v1/expertise/reviews/{review}";
        Assert.Equal(403, (await agent.PatchAsync(path, new { decision = "approved" })).Status);
        (await office.Admin.PatchAsync(path, new { decision = "edited" })).MustRefuse(422, "VAL_001");
        var decided = (await office.Admin.PatchAsync(path, new
        {
            decision = "edited", edited_content = "The Zanzibar fee is 4 %. It is paid by the buyer.", knowledge_title = "Zanzibar fee",
        })).Must(200);
        Assert.Equal("-The Zanzibar fee is 3 %.\n+The Zanzibar fee is 4 %.\n It is paid by the buyer.\n", decided.Text("diff"));
        Assert.Equal(("edited", "completed", office.AdminId),
            (decided.Text("decision"), decided.Text("status"), decided.Long("decided_by")));
        Assert.Contains("4 %", (await agent.AskAsync("What is the Zanzibar fee?")).Text("answer"), StringComparison.Ordinal);
        (await office.Admin.PatchAsync(path, new { decision = "rejected" })).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task The_queue_is_assigned_and_filtered()
    {
        var office = await server.NewOfficeAsync();
        var (manager, id, _) = await office.NewUserAsync("manager");
        var first = (await office.Admin.PostAsync("/api/v1/expertise/reviews", new { content = "One" })).Must(201).Id();
        (await office.Admin.PostAsync("/api/v1/expertise/reviews", new { content = "Two" })).Must(201);
        (await manager.PatchAsync($"/api/v1/expertise/reviews/{first}", new { status = "in_review", assigned_to = id })).Must(200);
        Assert.Equal([first], (await manager.GetAsync($"/api/v1/expertise/reviews?assigned_to={id}&status=in_review")).Must(200).Items()
            .Select(r => r.Id()));
    }

    [Fact]
    public async Task Knowledge_is_changed_by_its_title_and_answers_at_once()
    {
        var office = await server.NewOfficeAsync();
        var first = (await office.Admin.PostAsync("/api/v1/admin/knowledge",
            new { title = "Opening hours", content = "The office opens at 9:00." })).Must(201);
        var second = (await office.Admin.PostAsync("/api/v1/admin/knowledge",
            new { title = "opening hours", content = "The office opens at 8:30." })).Must(200);
        Assert.Equal(first.Id(), second.Id());
        var answer = await office.Admin.AskAsync("When does the office open?");
        Assert.Contains("8:30", answer.Text("answer"), StringComparison.Ordinal);
        Assert.DoesNotContain("9:00", answer.Text("answer"), StringComparison.Ordinal);
        var (manager, _, _) = await office.NewUserAsync("manager");
        (await manager.GetAsync("/api/v1/admin/knowledge")).MustRefuse(403, "AUTH_003");
    }

    [Fact]
    public async Task Feedback_leaves_as_a_file_that_runs_nothing()
    {
        var office = await server.NewOfficeAsync();
        var (viewer, _, _) = await office.NewUserAsync("viewer");
        (await viewer.PostAsync("/api/v1/feedback", new { rating = 2, comment = "=HYPERLINK(\"http://evil.example\")" })).Must(201);
        (await viewer.PostAsync("/api/v1/feedback", new { })).MustRefuse(422, "VAL_001");
        (await viewer.PostAsync("/api/v1/feedback", new { rating = 6 })).MustRefuse(422, "VAL_003");
        var export = await office.Admin.GetAsync("/api/v1/feedback/export");
        Assert.Equal(200, export.Status);
        Assert.StartsWith("text/csv", export.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("'=HYPERLINK", export.Text, StringComparison.Ordinal);
        Assert.Equal(403, (await viewer.GetAsync("/api/v1/feedback/export")).Status);
    }
}
