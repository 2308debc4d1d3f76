using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

/// <summary>An embedding model of an endpoint in place of the one that comes along; on a database whose jobs no other host takes.</summary>
public sealed class EmbeddingModelTests(Server server)
{
    private const string Rules = "Whoever wants to swim does so until 22:00.";

    [Fact]
    public async Task A_question_in_one_language_finds_what_a_document_says_in_another_and_what_it_took_is_counted()
    {
        await using var model = await FakeModel.StartAsync();
        await using var own = await OwnInstallation.OpenAsync(server, SettingsOf(model, "fake-embed"));
        await using var host = await own.StartAsync();
        var (_, admin) = await OwnInstallation.RegisterAsync(host);
        await admin.AddDocumentAsync(Rules, "rules.txt");
        await admin.AddDocumentAsync("يسمح بكلب واحد صغير.", "pets.txt");
        await EmbeddedAsync(own, "fake-embed", 2);

        var answer = await Eventually.UntilAsync(() => admin.AskAsync("متى تغلق السباحة في مسبح البرج؟"),
            a => a.Text("retrieval") == "hybrid");
        Assert.Equal("rules.txt", answer.Sources()[0]);
        Assert.Equal("pets.txt", (await admin.AskAsync("May I keep a pet here?")).Sources()[0]);
        Assert.All(model.Embedded, name => Assert.Equal("fake-embed", name));
        var usage = (await admin.GetAsync("/api/v1/ai/usage")).Must(200);
        Assert.Equal(10 * model.Embedded.Count, usage.Long("tokens"));
        Assert.Equal(0.00002m * model.Embedded.Count, usage.Number("cost"));
    }

    [Fact]
    public async Task While_the_endpoint_is_away_words_find_what_they_can_and_the_answer_says_so()
    {
        await using var model = await FakeModel.StartAsync();
        await using var own = await OwnInstallation.OpenAsync(server, SettingsOf(model, "fake-embed"));
        await using var host = await own.StartAsync();
        var (_, admin) = await OwnInstallation.RegisterAsync(host);
        await admin.AddDocumentAsync(Rules, "rules.txt");
        await EmbeddedAsync(own, "fake-embed", 1);
        await Eventually.UntilAsync(() => admin.AskAsync("Until when may we swim?"), a => a.Text("retrieval") == "hybrid");

        model.RefusesEmbeddings = true;
        var answer = await admin.AskAsync("Who wants to swim?");
        Assert.Equal(("full_text", "rules.txt"), (answer.Text("retrieval"), answer.Sources()[0]));
        Assert.Contains("words alone", answer.Text("note"), StringComparison.Ordinal);
        // After several faults it is not asked for a while; neither those nor these take anything of the budget.
        for (var i = 0; i < 12; i++) await admin.AskAsync("Who wants to swim?");
        Assert.Equal(0, await own.CountAsync("assistant.model_calls where outcome is distinct from 'answered' and tokens > 0"));
    }

    [Fact]
    public async Task What_another_model_embedded_is_embedded_anew()
    {
        await using var model = await FakeModel.StartAsync();
        await using var own = await OwnInstallation.OpenAsync(server, SettingsOf(model, "fake-embed"));
        Actor admin;
        await using (var before = await own.StartAsync())
        {
            (_, admin) = await OwnInstallation.RegisterAsync(before);
            await admin.AddDocumentAsync(Rules, "rules.txt");
            await EmbeddedAsync(own, "fake-embed", 1);
        }
        await using var host = await HostProcess.StartAsync(
            [.. own.Settings, ("Assistant:EmbeddingModel:Name", "fake-embed-2")], TestContext.Current.CancellationToken);
        await EmbeddedAsync(own, "fake-embed-2", 1);
        var asking = new Actor(host.Client, admin.Token);
        await Eventually.UntilAsync(() => asking.AskAsync("Until when may we swim?"), a => a.Text("retrieval") == "hybrid");
    }

    private static (string, string)[] SettingsOf(FakeModel model, string name) =>
    [
        ("Assistant:EmbeddingModel:Endpoint", model.Endpoint), ("Assistant:EmbeddingModel:Name", name),
        ("Assistant:EmbeddingModel:Patience", "00:00:30"), ("Assistant:EmbeddingModel:Price", "2"),
        ("Assistant:EmbeddingSchedule", "*/5 * * * * ?"), ("Cma:SampleMarket", "false"),
    ];

    private static Task EmbeddedAsync(OwnInstallation own, string name, int passages) => Eventually.UntilAsync(
        () => own.CountAsync($"assistant.passages where embedded_by = '{name}'"), count => count == passages, TimeSpan.FromMinutes(2));
}
