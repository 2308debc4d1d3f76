using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Assistant;

/// <summary>A second host on the run's database that has a language model; offices, documents and jobs are the first one's.</summary>
public sealed class ModelHost(Server server) : IAsyncLifetime
{
    private HostProcess host = null!;

    internal FakeModel Model { get; private set; } = null!;

    internal Uri Address => host.Client.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        Model = await FakeModel.StartAsync();
        host = await HostProcess.StartAsync([.. server.Settings(), ("Jobs:Run", "false"), .. SettingsOf(Model)],
            TestContext.Current.CancellationToken);
    }

    internal static IEnumerable<(string, string)> SettingsOf(FakeModel model) =>
    [
        ("Assistant:Embeddings", "false"), ("Assistant:Model:Endpoint", model.Endpoint), ("Assistant:Model:Name", FakeModel.Name),
        ("Assistant:Model:ApiKey", FakeModel.Key), ("Assistant:Model:Silence", "00:01:00"), ("Assistant:Model:Timeout", "00:02:00"),
        ("Assistant:Model:InputPrice", "2.5"), ("Assistant:Model:OutputPrice", "10"), ("Assistant:Model:MonthlyTokens", "100000"),
    ];

    /// <summary>Somebody of the first host at this one.</summary>
    internal Actor As(Actor actor) => new(host.Client, actor.Token);

    internal Task<ChatClient> OpenChatAsync(Actor actor, long session) =>
        ChatClient.OpenAsync(Address, actor.Token, $"/api/v1/chat/stream/{session}");

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await Model.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class ModelCollection : ICollectionFixture<ModelHost>
{
    public const string Name = "A host with a language model";
}
