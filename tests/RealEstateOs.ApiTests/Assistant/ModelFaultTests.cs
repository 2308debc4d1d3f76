using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

[Collection(ModelCollection.Name)]
public sealed class ModelFaultTests(Server server)
{
    private const string Rules = "The pool of Marina Heights closes at 22:00. Dogs are kept on a leash. Guests park on level B2.";

    /// <summary>Each with a host of its own breaker: many faults in a row would leave the model alone.</summary>
    [Fact]
    public async Task Whatever_the_endpoint_does_the_answer_comes_from_the_documents_and_says_why()
    {
        var office = await server.NewOfficeAsync();
        await office.Admin.AddDocumentAsync(Rules, "rules.txt");
        await using var model = await FakeModel.StartAsync();
        await using var host = await HostProcess.StartAsync(
            [.. server.Settings(), ("Jobs:Run", "false"), .. ModelHost.SettingsOf(model), ("Assistant:Model:Silence", "00:00:10")],
            TestContext.Current.CancellationToken);
        var admin = new Actor(host.Client, office.Admin.Token);
        (string Word, Func<FakeModel.Reply, Task> Do, string Why)[] faults =
        [
            ("Faultbusy", reply => reply.FailAsync(429), "answered 429"),
            ("Faultserver", reply => reply.FailAsync(500), "answered 500"),
            ("Faultkey", reply => reply.FailAsync(401), "answered 401"),
            ("Faultmalformed", reply => reply.RawAsync("data: {\"choices\": [{]\n\n"), "could not be read"),
            ("Faulthtml", reply => reply.RawAsync("<html>maintenance</html>"), "broke off"),
            ("Faultcut", reply => reply.PieceAsync("It closes at 22:00 [1]."), "broke off"),
            ("Faultlong", async reply => { await reply.PieceAsync("It closes [1]"); await reply.EndAsync("length");
            }, "longer than it may be"),
        ];
        foreach (var (word, act, why) in faults)
        {
            model.On(word, (_, reply) => act(reply));
            var answer = await admin.AskAsync($"When does the pool close? {word}");
            Assert.Equal("extract", answer.Text("mode"));
            Assert.Contains("22:00", answer.Text("answer"), StringComparison.Ordinal);
            Assert.True(answer.Text("note")!.Contains(why, StringComparison.Ordinal), $"{word}: {answer.Text("note")}");
        }
        // Refused requests took nothing; the others count as what was set aside for them, unless the endpoint said.
        Assert.Equal(7, await server.CountAsync("assistant.model_calls where organization_id = $1 and outcome in ('refused', 'failed')",
            office.OrganizationId));
        Assert.Equal(3, await server.CountAsync("assistant.model_calls where organization_id = $1 and outcome = 'refused' and tokens = 0",
            office.OrganizationId));
        Assert.Equal(1, await server.CountAsync("assistant.model_calls where organization_id = $1 and outcome = 'failed' and tokens = 150",
            office.OrganizationId));
        Assert.Equal(3, await server.CountAsync("assistant.model_calls where organization_id = $1 and outcome = 'failed' and tokens > 1000",
            office.OrganizationId));

        model.On("Faultstall", async (_, reply) =>
        {
            await reply.PieceAsync("It closes ");
            await Task.Delay(Timeout.Infinite, reply.Aborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        Assert.Contains("took too long", (await admin.AskAsync("When does the pool close? Faultstall")).Text("note"),
            StringComparison.Ordinal);
        // Eight in a row: it is not asked for a while.
        model.On("Faultrest", (_, reply) => reply.SayAsync("It closes at 22:00 [1]."));
        Assert.Contains("left alone", (await admin.AskAsync("When does the pool close? Faultrest")).Text("note"), StringComparison.Ordinal);
        Assert.Empty(model.Of("Faultrest"));
    }

    [Fact]
    public async Task A_task_in_the_background_is_answered_by_the_model_as_who_asked()
    {
        await using var model = await FakeModel.StartAsync();
        await using var own = await OwnInstallation.OpenAsync(server, [.. ModelHost.SettingsOf(model), ("Cma:SampleMarket", "false")]);
        await using var host = await own.StartAsync();
        var (registered, admin) = await OwnInstallation.RegisterAsync(host);
        model.On("Background", (_, reply) => reply.SayAsync("It closes at 22:00 [1]."));
        await admin.AddDocumentAsync(Rules, "rules.txt");
        var task = (await admin.PostAsync("/api/v1/ai/assist/task", new { message = "When does the pool close? Background" })).Must(202);
        var done = await admin.UntilAsync(task.Text("progress_url")!, job => job.Text("status") == "completed");
        Assert.Equal(("model", "It closes at 22:00 [1]."), (done.Text("result.mode"), done.Text("result.answer")));
        Assert.Equal(registered.Long("user.id"), (await admin.GetAsync("/api/v1/ai/usage")).Must(200).At("people")[0].Long("user_id"));
    }

    [Fact]
    public async Task What_a_killed_host_had_set_aside_stays_counted()
    {
        var office = await server.NewOfficeAsync();
        await using var model = await FakeModel.StartAsync();
        await using var host = await HostProcess.StartAsync(
            [.. server.Settings(), ("Jobs:Run", "false"), .. ModelHost.SettingsOf(model), ("Assistant:Model:Silence", "00:01:00")],
            TestContext.Current.CancellationToken);
        var asked = new TaskCompletionSource();
        model.On("Kill", async (_, reply) =>
        {
            await reply.PieceAsync("It closes ");
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, reply.Aborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var asking = new Actor(host.Client, office.Admin.Token).PostAsync("/api/v1/ai/assist", new { message = "Kill" });
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        host.Kill();
        await Assert.ThrowsAsync<HttpRequestException>(() => asking);
        Assert.Equal(1, await server.CountAsync(
            "assistant.model_calls as c join assistant.model_months as m using (organization_id, tokens)"
                + " where c.organization_id = $1 and c.outcome is null and c.tokens > 1000",
            office.OrganizationId));
    }
}
