using System.Net.WebSockets;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

public sealed class ChatTests(Server server)
{
    private const string Rules = "The pool of Marina Heights closes at 22:00. Dogs are kept on a leash. Guests park on level B2.";

    [Theory]
    [InlineData("header")]
    [InlineData("query")]
    [InlineData("protocol")]
    public async Task A_question_is_answered_in_pieces_and_kept(string tokenBy)
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        var session = await NewSessionAsync(office.Admin);
        await using var chat = await ChatClient.OpenAsync(server, office.Admin.Token, Stream(session), tokenBy);
        Assert.Equal(tokenBy == "protocol" ? "bearer" : null, chat.Protocol);
        await chat.SendAsync(new { type = "message", content = "When does the pool close?" });
        var frames = await chat.UntilAsync("done");
        Assert.Equal(["ready", "received", "typing"], frames.Take(3).Select(f => f.Text("type")));
        var told = string.Concat(frames.Where(f => f.Text("type") == "delta").Select(f => f.Text("content")));
        var message = frames[^1].At("message");
        Assert.Equal(message.Text("content"), told);
        Assert.Contains("22:00", told, StringComparison.Ordinal);
        Assert.Equal(["rules.txt"], message.At("answer").Sources());
        var transcript = (await office.Admin.GetAsync($"/api/v1/chat/sessions/{session}")).Must(200).At("messages").Items();
        Assert.Equal([("user", "When does the pool close?"), ("assistant", told)],
            transcript.Select(m => (m.Text("role"), m.Text("content"))));
    }

    [Fact]
    public async Task Who_comes_back_gets_what_was_missed_and_a_message_sent_twice_is_asked_once()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        var session = await NewSessionAsync(office.Admin);
        var lost = await ChatClient.OpenAsync(server, office.Admin.Token, Stream(session));
        await lost.SendAsync(new { type = "message", content = "Where do guests park?", client_id = "m-1" });
        await lost.UntilAsync("received");
        lost.Abort();
        await using var back = await ChatClient.OpenAsync(server, office.Admin.Token, $"{Stream(session)}?after=1");
        await back.SendAsync(new { type = "message", content = "Where do guests park?", client_id = "m-1" });
        var frames = new List<System.Text.Json.JsonElement>();
        while (!frames.Any(f => f.Text("type") == "received")) frames.Add(await back.NextAsync());
        frames.AddRange(await back.UntilAsync("done"));
        var answers = frames.Where(f => f.Text("type") is "done" or "message").Select(f => f.At("message").Text("content")).ToList();
        Assert.All(answers, a => Assert.Contains("level B2", a, StringComparison.Ordinal));
        Assert.Equal(2, (await office.Admin.GetAsync($"/api/v1/chat/sessions/{session}")).Must(200).Long("last_sequence"));
    }

    [Fact]
    public async Task Odd_letters_and_places_end_no_conversation()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        var session = await NewSessionAsync(office.Admin);
        await using var chat = await ChatClient.OpenAsync(server, office.Admin.Token, $"{Stream(session)}?after=0&offset=-5");
        await chat.SendAsync(new { type = "message", content = "When does\0 the pool close?", client_id = "m\0" });
        Assert.Equal("VAL_003", (await chat.UntilAsync("error"))[^1].Text("code"));
        await chat.SendAsync(new { type = "message", content = "When does\0 the pool close?" });
        Assert.Contains("22:00", (await chat.UntilAsync("done"))[^1].At("message").Text("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_whose_host_went_away_is_interrupted_and_the_conversation_goes_on()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        var session = await NewSessionAsync(office.Admin);
        await using var chat = await ChatClient.OpenAsync(server, office.Admin.Token, Stream(session));
        await chat.SendAsync(new { type = "message", content = "Where do guests park?" });
        await chat.UntilAsync("done");
        await server.ExecuteAsync(
            "update assistant.chat_messages set state = 'streaming', updated_at = now() - interval '1 hour'"
                + " where session_id = $1 and sequence = 2",
            session);
        await chat.SendAsync(new { type = "message", content = "When does the pool close?" });
        Assert.Equal(4, (await chat.UntilAsync("done"))[^1].Long("sequence"));
        Assert.Equal("interrupted",
            (await office.Admin.GetAsync($"/api/v1/chat/sessions/{session}")).Must(200).At("messages")[1].Text("state"));
    }

    [Fact]
    public async Task What_is_no_message_is_refused_and_the_connection_stays()
    {
        var office = await server.NewOfficeAsync();
        await using var chat = await ChatClient.OpenAsync(server, office.Admin.Token, Stream(await NewSessionAsync(office.Admin)));
        foreach (var bad in new[] { "{", "[]", "\"x\"", "{\"type\":5}", "{}", "{\"type\":\"message\"}",
            "{\"type\":\"message\",\"content\":\"\"}", $"{{\"type\":\"message\",\"content\":\"{new string('x', 5000)}\"}}" })
        {
            await chat.SendAsync(bad);
            await chat.UntilAsync("error");
        }
        await chat.SendAsync(new { type = "ping" });
        await chat.UntilAsync("pong");
    }

    [Fact]
    public async Task A_conversation_is_its_authors_alone()
    {
        var (office, stranger) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var (agent, _, _) = await office.NewUserAsync("agent");
        var session = await NewSessionAsync(agent);
        foreach (var other in new[] { office.Admin, stranger.Admin })
        {
            Assert.Equal(404, (await other.GetAsync($"/api/v1/chat/sessions/{session}")).Status);
            Assert.Equal(404, (await other.GetAsync(Stream(session))).Status);
        }
        Assert.Equal(426, (await agent.GetAsync(Stream(session))).Status);
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ChatClient.OpenAsync(server, null, Stream(session)));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_ends_ends_its_connection_with_the_next_question()
    {
        var office = await server.NewOfficeAsync();
        var (_, _, email) = await office.NewUserAsync("agent");
        var agent = await office.SignInAsync(email);
        await using var chat = await ChatClient.OpenAsync(server, agent.Token, Stream(await NewSessionAsync(agent)));
        (await agent.PostAsync("/api/v1/auth/logout")).Must(204);
        await chat.SendAsync(new { type = "message", content = "Still here?" });
        Assert.Equal("AUTH_004", (await chat.UntilAsync("error"))[^1].Text("code"));
        await chat.UntilAsync("closed");
    }

    [Fact]
    public async Task Jobs_of_the_asker_are_told_as_they_go()
    {
        var office = await server.NewOfficeAsync();
        await using var jobs = await ChatClient.OpenAsync(server, office.Admin.Token, "/api/v1/ml/stream");
        await jobs.UntilAsync("ready");
        var task = (await office.Admin.PostAsync("/api/v1/ai/assist/task", new { message = "What stands here?" })).Must(202)
            .Text("task_id");
        var frame = await jobs.NextAsync();
        while (frame.Text("job_id") != task || frame.Text("state") != "completed") frame = await jobs.NextAsync();
        var status = (await office.Admin.GetAsync(frame.Text("progress_url")!)).Must(200);
        Assert.Equal("not_found", status.Text("result.mode"));
    }

    [Fact]
    public async Task More_chats_than_there_are_connections_to_the_database_are_all_answered()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        await using var host = await HostProcess.StartAsync(
            [.. server.Settings(), ("Jobs:Run", "false"), ("Assistant:Embeddings", "false"), ("Database:MaxPoolSize", "4")],
            TestContext.Current.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var chat = await ChatClient.OpenAsync(host.Client.BaseAddress!, office.Admin.Token,
                Stream(await NewSessionAsync(office.Admin)));
            for (var i = 0; i < 3; i++)
            {
                await chat.SendAsync(new { type = "message", content = "When does the pool close?" });
                var message = (await chat.UntilAsync("done"))[^1].At("message");
                Assert.Equal("done", message.Text("state"));
                Assert.Contains("22:00", message.Text("content"), StringComparison.Ordinal);
            }
        }));
    }

    private static string Stream(long session) => $"/api/v1/chat/stream/{session}";

    private static async Task<long> NewSessionAsync(Actor actor) =>
        (await actor.PostAsync("/api/v1/chat/sessions", new { title = "Test" })).Must(201).Id();
}
