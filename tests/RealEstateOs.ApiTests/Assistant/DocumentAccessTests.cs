using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

public sealed class DocumentAccessTests(Server server)
{
    private const string Question = "What does the Zanzibar clause say?", Text = "The Zanzibar clause says that the buyer pays in pearls.";

    [Fact]
    public async Task A_private_document_answers_its_author_alone()
    {
        var office = await server.NewOfficeAsync();
        var (agent, _, _) = await office.NewUserAsync("agent");
        var document = await agent.AddDocumentAsync(Text, "own.txt", ("access", "private"));
        Assert.Equal("extract", (await agent.AskAsync(Question)).Text("mode"));
        Assert.Equal("not_found", (await office.Admin.AskAsync(Question)).Text("mode"));
        Assert.Equal(404, (await office.Admin.GetAsync($"/api/v1/documents/{document.Id()}")).Status);
        Assert.Equal(404, (await office.Admin.GetAsync($"/api/v1/documents/{document.Id()}/passages")).Status);
        Assert.Empty((await office.Admin.GetAsync("/api/v1/documents")).Must(200).Items());
    }

    [Fact]
    public async Task A_document_of_a_team_answers_its_members()
    {
        var office = await server.NewOfficeAsync();
        var other = (await office.Admin.PostAsync("/api/v1/teams", new { name = "Others" })).Must(201).Id();
        await office.Admin.AddDocumentAsync(Text, "team.txt", ("access", "team"), ("team_id", $"{other}"));
        var (outsider, _, _) = await office.NewUserAsync("agent");
        var (_, id, email) = await office.NewUserAsync("agent");
        (await office.Admin.PutAsync($"/api/v1/users/{id}", new { team_id = other })).Must(200);
        var member = await office.SignInAsync(email);
        Assert.Equal("not_found", (await outsider.AskAsync(Question)).Text("mode"));
        Assert.Equal("extract", (await member.AskAsync(Question)).Text("mode"));
    }

    [Fact]
    public async Task A_document_about_clients_answers_nobody_without_the_permission_to_see_clients()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync("Client Fatima Zanzibari has a budget of 4321765 dirhams.", "clients.txt",
            ("required_permission", "clients:read"));
        var (without, _) = await office.NewUserWhoMayAsync("assistant:use", "documents:read");
        var (with, _) = await office.NewUserWhoMayAsync("assistant:use", "documents:read", "clients:read");
        var refused = await without.PostAsync("/api/v1/ai/assist", new { message = "What is the budget of Fatima Zanzibari?" });
        Assert.Equal("not_found", refused.Must(200).Text("mode"));
        Assert.DoesNotContain("4321765", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4321765",
            (await without.PostAsync("/api/v1/ai/assist/preview", new { message = "What is the budget of Fatima Zanzibari?" })).Text,
            StringComparison.Ordinal);
        Assert.Contains("4321765", (await with.AskAsync("What is the budget of Fatima Zanzibari?")).Text("answer"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_stays_closed_to_whom_it_was_closed_when_its_words_are_changed()
    {
        var office = await server.NewOfficeAsync();
        const string path = "/api/v1/admin/knowledge";
        (await office.Admin.PostAsync(path, new { title = "Zanzibar", content = "Old.", required_permission = "clients:read" })).Must(201);
        (await office.Admin.PostAsync(path, new { title = "Zanzibar", content = Text })).Must(200);
        var (without, _) = await office.NewUserWhoMayAsync("assistant:use", "documents:read");
        Assert.Equal("not_found", (await without.AskAsync(Question)).Text("mode"));
        (await office.Admin.PostAsync(path, new { title = "Zanzibar", content = Text, required_permission = (string?)null })).Must(200);
        Assert.Equal("extract", (await without.AskAsync(Question)).Text("mode"));
    }

    [Fact]
    public async Task Who_may_use_the_assistant_but_read_no_documents_is_answered_from_none()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Text, "office.txt");
        var (asker, _) = await office.NewUserWhoMayAsync("assistant:use");
        Assert.Equal("not_found", (await asker.AskAsync(Question)).Text("mode"));
    }

    [Fact]
    public async Task Another_office_finds_nothing()
    {
        var (mine, theirs) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        await mine.Admin.AddDocumentAsync(Text, "office.txt");
        await theirs.Admin.AddDocumentAsync("Nothing of interest stands here, not even a clause.", "other.txt");
        Assert.DoesNotContain("pearls", (await theirs.Admin.AskAsync(Question)).Text("answer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listings_are_looked_up_among_those_that_the_asker_may_see()
    {
        var office = await server.NewOfficeAsync();
        var flat = await office.NewPropertyAsync(Samples.Property(("community", "Dubai Marina"), ("property_type", "apartment"),
            ("bedrooms", 2), ("price", 1800000)));
        await office.NewPropertyAsync(Samples.Property(("community", "Dubai Marina"), ("property_type", "apartment"), ("bedrooms", 3)));
        await office.NewPropertyAsync(Samples.Property(("community", "Dubai Marina"), ("property_type", "villa"), ("bedrooms", 2)));
        var answer = await office.Admin.AskAsync("Which flats in Dubai Marina have two bedrooms?");
        Assert.Equal("look_up", answer.Text("mode"));
        Assert.Equal([$"prop_{flat}"], answer.At("records").EnumerateArray().Select(r => r.Text("reference")));
        Assert.DoesNotContain((await office.Admin.AskAsync("Show flats in Dubai Marina under 1.5 million")).At("records").EnumerateArray(),
            r => r.Text("reference") == $"prop_{flat}");
        var (blind, _) = await office.NewUserWhoMayAsync("assistant:use");
        Assert.Empty((await blind.AskAsync("Which flats in Dubai Marina have two bedrooms?")).At("records").EnumerateArray());
    }
}
