using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

[Collection(ModelCollection.Name)]
public sealed class ModelTests(Server server, ModelHost host)
{
    private const string Rules = "The pool of Marina Heights closes at 22:00. Dogs are kept on a leash. Guests park on level B2.";

    [Fact]
    public async Task A_model_writes_the_answer_from_the_passages_and_what_it_took_is_counted()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        host.Model.On("Wordone", (_, reply) => reply.SayAsync("It closes ", "at 22:00 [", "1].", "\n\nI think it is lovely there."));
        var answer = await host.As(office.Admin).AskAsync("When does the pool close? Wordone");
        Assert.Equal(("model", "It closes at 22:00 [1]."), (answer.Text("mode"), answer.Text("answer")));
        Assert.Contains(FakeModel.Name, answer.Text("label"), StringComparison.Ordinal);
        Assert.Contains("left out", answer.Text("note"), StringComparison.Ordinal);
        Assert.Contains("closes at 22:00", answer.At("citations")[0].Text("quote"), StringComparison.Ordinal);
        var request = Assert.Single(host.Model.Of("Wordone"));
        Assert.Equal(($"Bearer {FakeModel.Key}", FakeModel.Name, true),
            (request.Authorization, request.Body.Text("model"), request.Body.IsTrue("stream")));
        Assert.Contains("closes at 22:00", request.Question, StringComparison.Ordinal);

        var usage = (await host.As(office.Admin).GetAsync("/api/v1/ai/usage")).Must(200);
        Assert.Equal((1, 0, 120, 30, 150),
            (usage.Long("calls"), usage.Long("failed"), usage.Long("input_tokens"), usage.Long("output_tokens"), usage.Long("tokens")));
        Assert.Equal(0.0006m, usage.Number("cost"));
        Assert.Equal(office.AdminId, usage.At("people")[0].Long("user_id"));
        Assert.Equal(1, await server.CountAsync("assistant.model_months where organization_id = $1 and tokens = 150",
            office.OrganizationId));
        var (viewer, _, _) = await office.NewUserAsync("viewer");
        (await host.As(viewer).GetAsync("/api/v1/ai/usage")).MustRefuse(403, "AUTH_003");
    }

    [Fact]
    public async Task Pieces_reach_a_chat_while_the_model_still_writes()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        var goOn = new TaskCompletionSource();
        host.Model.On("Wordtwo", async (_, reply) =>
        {
            await reply.PieceAsync("It closes at 22:00 [1]. ");
            await goOn.Task;
            await reply.SayAsync("Guests park on level B2 [1].");
        });
        await using var chat = await host.OpenChatAsync(office.Admin, await NewSessionAsync(office.Admin));
        await chat.SendAsync(new { type = "message", content = "When does the pool close, and where do guests park? Wordtwo" });
        Assert.Equal("It closes at 22:00 [1]", (await chat.UntilAsync("delta"))[^1].Text("content"));
        goOn.SetResult();
        var frames = await chat.UntilAsync("done");
        Assert.Equal(". Guests park on level B2 [1].",
            string.Concat(frames.Where(f => f.Text("type") == "delta").Select(f => f.Text("content"))));
        Assert.Equal("It closes at 22:00 [1]. Guests park on level B2 [1].",
            frames[^1].Text("message.content") ?? frames[^1].At("message").Text("content"));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_gives_way_to_what_the_documents_say()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        host.Model.On("Wordthree", async (_, reply) =>
        {
            await reply.PieceAsync("It closes when everybody has left the place for good and all [1]. ");
            await reply.RawAsync("data: {\"error\": {\"message\": \"overloaded\"}}\n\n");
        });
        await using var chat = await host.OpenChatAsync(office.Admin, await NewSessionAsync(office.Admin));
        await chat.SendAsync(new { type = "message", content = "When does the pool close? Wordthree" });
        var frames = await chat.UntilAsync("done");
        // As a client puts the pieces together: one from before what it has begins anew from there.
        var text = frames.Where(f => f.Text("type") == "delta").Aggregate("", (had, f) => had[..(int)f.Long("offset")] + f.Text("content"));
        var message = frames[^1].At("message");
        Assert.Equal(message.Text("content"), text);
        Assert.Equal("extract", message.At("answer").Text("mode"));
        Assert.DoesNotContain("everybody has left", text, StringComparison.Ordinal);
        Assert.Contains("broke off", message.At("answer").Text("note"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_tells_the_model_what_was_said_before_and_finds_passages_for_a_question_that_leans_on_it()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        host.Model.On("The pool, when", (_, reply) => reply.SayAsync("It closes at 22:00 [1]."));
        host.Model.On("Really then", (_, reply) => reply.SayAsync("Yes, at 22:00 [1]."));
        await using var chat = await host.OpenChatAsync(office.Admin, await NewSessionAsync(office.Admin));
        await chat.SendAsync(new { type = "message", content = "The pool, when does it close?" });
        await chat.UntilAsync("done");
        await chat.SendAsync(new { type = "message", content = "Really then?" });
        Assert.Equal("Yes, at 22:00 [1].", (await chat.UntilAsync("done"))[^1].At("message").Text("content"));
        var request = host.Model.Of("Really then").Single();
        Assert.Equal(["system", "user", "assistant", "user"], request.Messages.Select(m => m.Text("role")));
        Assert.Contains("closes at 22:00", request.Question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_there_is_not_and_a_figure_that_no_source_has_are_told()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        host.Model.On("Wordfive", (_, reply) => reply.SayAsync("It closes at 23:45 [1].\nIt has been open since 1987 [7]."));
        var answer = await host.As(office.Admin).AskAsync("When does the pool close? Wordfive");
        Assert.Equal("It closes at 23:45 [1].", answer.Text("answer"));
        Assert.Contains("left out", answer.Text("note"), StringComparison.Ordinal);
        Assert.Contains("23, 45", answer.Text("note"), StringComparison.Ordinal);
        host.Model.On("Wordsix", (_, reply) => reply.SayAsync("Sorry, none of this says who built it."));
        Assert.Equal("not_found", (await host.As(office.Admin).AskAsync("Who built the pool? Wordsix")).Text("mode"));
    }

    [Fact]
    public async Task The_months_budget_of_an_office_is_its_own_and_ends()
    {
        var (spent, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        foreach (var office in new[] { spent, other }) await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        host.Model.On("Wordseven", (_, reply) => reply.SayAsync("It closes at 22:00 [1]."));
        await server.ExecuteAsync(
            "insert into assistant.model_months values ($1, date_trunc('month', now() at time zone 'UTC')::date, 99500)",
            spent.OrganizationId);
        var answer = await host.As(spent.Admin).AskAsync("When does the pool close? Wordseven");
        Assert.Equal("extract", answer.Text("mode"));
        Assert.Contains("budget", answer.Text("note"), StringComparison.Ordinal);
        Assert.Empty(host.Model.Of("Wordseven"));
        Assert.Equal("model", (await host.As(other.Admin).AskAsync("When does the pool close? Wordseven")).Text("mode"));
    }

    [Fact]
    public async Task A_preview_shows_what_the_model_would_be_told_and_cost_and_asks_nobody()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        var preview = (await host.As(office.Admin).PostAsync("/api/v1/ai/assist/preview",
            new { message = "When does the pool close? Wordeight" })).Must(200);
        Assert.Equal((FakeModel.Name, "USD"), (preview.Text("model"), preview.Text("currency")));
        Assert.Equal(((preview.Long("estimated_input_tokens") * 2.5m) + (1000 * 10)) / 1_000_000m, preview.Number("estimated_cost"));
        Assert.Contains("closes at 22:00", preview.Text("prompt"), StringComparison.Ordinal);
        Assert.Empty(host.Model.Of("Wordeight"));
    }

    private static async Task<long> NewSessionAsync(Actor actor) =>
        (await actor.PostAsync("/api/v1/chat/sessions", new { title = "Test" })).Must(201).Id();
}
